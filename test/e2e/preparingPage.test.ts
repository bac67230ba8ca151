// What the page has taken and not attached yet: its order, its chips, and the prompt that waits for it.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { PendingView } from '../../src/protocol/attachments';
import type { ReplyToWebview } from '../../src/protocol/reply';
import { until } from '../limits';
import { twoColours } from '../pictures';
import { composerView, strings } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';
import { holdPictures, paste } from './transfers';

const small = twoColours(40, 20, [255, 0, 0], [0, 0, 255]);
const png = (name: string, bytes = small) => ({ name, type: 'image/png', bytes });
const text = { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('Some text.') };

const waiting = (name: string) => `${name}${strings.preparing}×`;
const chipsOf = (page: Page) =>
  page.locator('.chip').evaluateAll((all) => all.map((chip) => chip.textContent));
/** What the host says about the composer. */
const composerOf = (names: readonly string[], preparing: readonly PendingView[] = []): ReplyToWebview => ({
  ...{ type: 'composer', conversation: 'one' },
  view: {
    ...{ ...composerView, preparing },
    attachments: names.map((name) => ({ id: name, name, kind: 'document', facts: '', detail: '' })),
  },
});

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

  it('tells the host about 25 pictures at once, and posts them in their order', () =>
    onPage(async (alone) => {
      const pictures = Array.from({ length: 25 }, (_, at) =>
        png(`${at}.png`, twoColours(4 + at, 4, [0, 0, 0], [0, 0, 0])),
      );
      await paste(alone.page, pictures);
      const names = pictures.map(({ name }) => name);
      assert.deepEqual(
        alone.posted('attachFiles').map(({ files }) => files.map(({ name }) => name)),
        [names],
      );
      assert.deepEqual(namesOf(await alone.attached()), names);
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
      await page.locator('#composer p', { hasText: strings.notReady }).waitFor();
      await letGo();
      const [taken] = await alone.attached();
      // Neither something else that is attached, nor that the host is done with another file, is an answer.
      await alone.tell(composerOf(['other']), { type: 'attachDone', files: ['another'] });
      await page.keyboard.press('Enter');
      assert.deepEqual(alone.posted('submit'), []);
      // The host refuses it, and says so.
      await alone.tell({ type: 'attachDone', files: taken!.ids });
      await page.locator('#composer p', { hasText: strings.notReady }).waitFor({ state: 'detached' });
      assert.equal(await page.locator('textarea').inputValue(), 'Go');
      await page.keyboard.press('Enter');
      assert.deepEqual(alone.posted('submit'), [{ type: 'submit', conversation: 'one', text: 'Go' }]);
      await page.locator('.chip.preparing').waitFor({ state: 'detached' });
    }));

  it('sends no prompt before what the host attaches is attached, and shows it', () =>
    onPage(async (alone) => {
      const { page } = alone;
      await page.keyboard.type('Go');
      await alone.tell(composerOf([], [{ id: 'x', name: 'slow.pdf' }]));
      assert.deepEqual(await chipsOf(page), [waiting('slow.pdf')]);
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.primary').isDisabled(), true);
      assert.deepEqual(alone.posted('submit'), []);
      assert.match(await page.locator('.unseen').innerText(), new RegExp(strings.notReady));
      await page.getByRole('button', { name: `${strings.remove}: slow.pdf` }).click();
      assert.deepEqual(alone.posted('cancelAttach'), [{ type: 'cancelAttach', id: 'x' }]);
      await alone.tell(composerOf(['slow.pdf']));
      await page.locator('textarea').press('Enter');
      assert.deepEqual(alone.posted('submit'), [{ type: 'submit', conversation: 'one', text: 'Go' }]);
    }));

  it('shows each file from the paste on, then what the host says about it', () =>
    onPage(async (alone) => {
      const { page } = alone;
      await paste(page, [png('a.png'), text, png('c.png')]);
      const [first] = await alone.attached();
      await paste(page, [png('d.png')]);
      await alone.attached(2);
      assert.deepEqual(await chipsOf(page), ['a.png', 'a.txt', 'c.png', 'd.png'].map(waiting));
      const pending = (...names: readonly string[]) =>
        names.map((name) => ({ name, id: first!.ids[['a.png', 'a.txt', 'c.png'].indexOf(name)] ?? 'x' }));
      // Something that the host reads was there first.
      await alone.tell(composerOf([], [...pending('z.pdf'), ...pending('a.png', 'a.txt', 'c.png')]));
      assert.deepEqual(await chipsOf(page), ['z.pdf', 'a.png', 'a.txt', 'c.png', 'd.png'].map(waiting));
      // The third is refused.
      await alone.tell(composerOf(['z.pdf', 'a.png'], pending('a.txt')));
      assert.deepEqual((await chipsOf(page)).slice(2), ['a.txt', 'd.png'].map(waiting));
      await alone.tell(composerOf(['z.pdf', 'a.png', 'a.txt']), { type: 'attachDone', files: first!.ids });
      assert.deepEqual((await chipsOf(page)).slice(3), ['d.png'].map(waiting));
    }));

  it('does not post a file that is removed before it is ready', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const letGo = await holdPictures(page);
      await paste(page, [png('a.png'), png('b.png')]);
      await page.getByRole('button', { name: `${strings.remove}: b.png` }).click();
      await page.locator('textarea:focus').waitFor();
      await letGo();
      await until(() => alone.posted('fileRead').length > 0, 'the other one is posted');
      // It is posted, and the host may not have attached it yet.
      await page.getByRole('button', { name: `${strings.remove}: a.png` }).click();
      const { files } = alone.posted('attachFiles')[0]!;
      assert.deepEqual(
        alone.posted('cancelAttach').map(({ id }) => id),
        [files[1]?.id, files[0]?.id],
      );
      assert.deepEqual(
        alone.posted('fileRead').map(({ file }) => file.name),
        ['a.png'],
      );
    }));

  it('stays the same while a reply is written', () =>
    onPage(async (alone) => {
      await paste(alone.page, [text]);
      await alone.tell(snapshotOf([runningTurn('turn')]));
      assert.equal((await alone.attached())[0]?.conversation, 'one');
    }));
});
