// What the page has taken and not attached yet: its order, its chips, and the prompt that waits for it.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { until } from '../limits';
import { twoColours } from '../pictures';
import { composerView, strings } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';
import { holdPictures, paste } from './transfers';

const small = twoColours(40, 20, [255, 0, 0], [0, 0, 255]);
const png = (name: string, bytes = small) => ({ name, type: 'image/png', bytes });
const text = { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('Some text.') };

describe('what is being attached on the page', () => {
  let browser: Browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());

  const onPage = async (test: (alone: ReplyPageAlone) => Promise<void>) => {
    const alone = await ReplyPageAlone.open(browser, snapshotOf([]));
    await alone.page.locator('textarea').focus();
    await test(alone);
    assert.deepEqual(alone.posted('broken'), []);
    await alone.close();
  };
  const namesOf = (messages: Awaited<ReturnType<ReplyPageAlone['attached']>>) =>
    messages.flatMap(({ files }) => files.map(({ name }) => name));

  it('posts 25 pictures in their order, and tells the host all of them at once', () =>
    onPage(async (alone) => {
      const pictures = Array.from({ length: 25 }, (_, at) =>
        png(`${at}.png`, twoColours(4 + at, 4, [0, 0, 0], [0, 0, 0])),
      );
      await paste(alone.page, pictures);
      const [message] = await alone.attached();
      assert.deepEqual(
        namesOf([message!]),
        pictures.map(({ name }) => name),
      );
    }));

  it('attaches to the conversation that was shown, and holds no prompt of another back', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const letGo = await holdPictures(page);
      await paste(page, [png('a.png')]);
      await page.locator('.chip.preparing').waitFor();
      await alone.tell(snapshotOf([], { conversation: 'two', draft: 'Another' }));
      assert.equal(await page.locator('.chip').count(), 0);
      await page.locator('textarea').press('Enter');
      assert.deepEqual(alone.posted('submit'), [{ type: 'submit', conversation: 'two', text: 'Another' }]);
      await letGo();
      const [message] = await alone.attached();
      assert.equal(message?.conversation, 'one');
    }));

  it('sends no prompt before its picture is attached, and keeps what is typed', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const letGo = await holdPictures(page);
      await paste(page, [png('a.png')]);
      await page.locator('.chip.preparing').waitFor();
      await page.keyboard.type('Go');
      await page.keyboard.press('Enter');
      assert.deepEqual(alone.posted('submit'), []);
      assert.match(await page.locator('.unseen').innerText(), new RegExp(strings.notReady));
      await letGo();
      await alone.attached();
      // The host refuses it, and says so.
      await page.keyboard.press('Enter');
      assert.deepEqual(alone.posted('submit'), []);
      await alone.tell({ type: 'attachDone' });
      assert.equal(await page.locator('textarea').inputValue(), 'Go');
      await page.keyboard.press('Enter');
      assert.deepEqual(alone.posted('submit'), [{ type: 'submit', conversation: 'one', text: 'Go' }]);
      await page.locator('.chip').waitFor({ state: 'detached' });
    }));

  it('shows each file as it is attached, and all of a drop until then', () =>
    onPage(async (alone) => {
      const { page } = alone;
      await paste(page, [png('a.png'), text, png('c.png')]);
      await alone.attached();
      await paste(page, [png('d.png')]);
      await alone.attached(2);
      const chips = () => page.locator('.chip').evaluateAll((all) => all.map((chip) => chip.textContent));
      const waiting = (name: string) => `${name}${strings.preparing}×`;
      assert.deepEqual(await chips(), ['a.png', 'a.txt', 'c.png', 'd.png'].map(waiting));
      const view = (...names: string[]) =>
        alone.tell({
          ...{ type: 'composer', conversation: 'one' },
          view: {
            ...composerView,
            attachments: names.map((name) => ({ id: name, name, kind: 'document', facts: '', detail: '' })),
          },
        });
      await view('a.png');
      assert.deepEqual((await chips()).slice(1), ['a.txt', 'c.png', 'd.png'].map(waiting));
      // The last one of the first three is refused.
      await view('a.png', 'a.txt');
      await alone.tell({ type: 'attachDone' });
      await until(async () => (await chips()).length === 3, 'the refused one is gone');
      assert.deepEqual((await chips()).slice(2), [waiting('d.png')]);
      await alone.tell({ type: 'attachDone' });
      // Until the host shows it, it keeps its place.
      assert.deepEqual((await chips()).slice(2), [waiting('d.png')]);
      await view('a.png', 'a.txt', 'd.png');
      assert.deepEqual((await chips()).slice(2), ['pngd.png×']);
    }));

  it('does not post a file that is removed before it is ready', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const letGo = await holdPictures(page);
      await paste(page, [png('a.png'), png('b.png')]);
      await page.getByRole('button', { name: `${strings.remove}: b.png` }).click();
      await page.locator('textarea:focus').waitFor();
      await letGo();
      assert.deepEqual(namesOf(await alone.attached()), ['a.png']);
      // It is posted: only the host can remove it now, which shows it in a moment.
      await page.getByRole('button', { name: `${strings.remove}: a.png` }).click();
      await page.locator('.chip.preparing').waitFor();
    }));

  it('stays the same while a reply is written', () =>
    onPage(async (alone) => {
      await paste(alone.page, [text]);
      await alone.tell(snapshotOf([runningTurn('turn')]));
      assert.equal((await alone.attached())[0]?.conversation, 'one');
    }));
});
