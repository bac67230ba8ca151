// The area of the chips above the text field: that it scrolls can be seen, and nothing in it is cut for good.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { AttachmentView } from '../../src/protocol/attachments';
import { composerView } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, snapshotOf } from './replyPageAlone';

const facts = {
  en: '1.2 MB · about 18,000 tokens · $0.0500',
  ja: '1.2 MB · 約 18,000 トークン · $0.0500',
};
const chips = (count: number, language: keyof typeof facts): readonly AttachmentView[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ id: `${at}`, name: `src/folder/a-long-name-${at}.ts`, kind: 'text' },
    ...{ facts: facts[language], detail: '' },
  }));

describe('the area of the chips', () => {
  let browser: Browser;
  let alone: ReplyPageAlone;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());
  afterEach(() => alone.close());

  const open = async (width: number, attachments: readonly AttachmentView[]) => {
    alone = await ReplyPageAlone.open(browser, snapshotOf([]));
    await alone.page.setViewportSize({ width, height: 700 });
    await alone.tell({ type: 'composer', conversation: 'one', view: { ...composerView, attachments } });
  };
  /** Whether each end of it fades, because there is more, and whether the last chip ends 6 px above the field. */
  const look = (scrollTo: 'top' | 'middle' | 'end') =>
    alone.page.locator('#composer > .above').evaluate(async (area, to) => {
      const places = { top: 0, middle: (area.scrollHeight - area.clientHeight) / 2, end: area.scrollHeight };
      area.scrollTop = places[to];
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      const style = getComputedStyle(area);
      const fades = (name: string) => parseFloat(style.getPropertyValue(name)) > 0;
      const field = area.nextElementSibling!.getBoundingClientRect();
      const last = [...area.querySelectorAll('.chip')].at(-1)!.getBoundingClientRect();
      return {
        ...{ above: fades('--more-above'), below: fades('--more-below') },
        isApart: field.top - last.bottom > 5.5 && field.top - last.bottom < 7.5,
      };
    }, scrollTo);

  for (const width of [302, 600])
    for (const language of ['en', 'ja'] as const) {
      it(`fades where there is more of it, and ends above the field (${width} px, ${language})`, async () => {
        await open(width, chips(20, language));
        const top = await look('top');
        assert.deepEqual([top.above, top.below], [false, true]);
        const middle = await look('middle');
        assert.deepEqual([middle.above, middle.below], [true, true]);
        assert.deepEqual(await look('end'), { above: true, below: false, isApart: true });
      });

      it(`does not fade if all of it is in sight, and shows prices whole (${width} px, ${language})`, async () => {
        await open(width, chips(1, language));
        assert.deepEqual(await look('top'), { above: false, below: false, isApart: true });
        const [hidden, needed] = await alone.page
          .locator('.info')
          .evaluate((info) => [info.clientWidth, info.scrollWidth]);
        assert.equal(needed, hidden);
      });
    }
});
