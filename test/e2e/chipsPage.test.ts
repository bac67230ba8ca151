// The chips of attachments on the page, in a real browser: their pictures, the focus, and their place.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { AttachmentView } from '../../src/protocol/attachments';
import { until } from '../limits';
import { twoColours } from '../pictures';
import { composerView, strings } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';
import { paste } from './transfers';

const bytes = new Uint8Array(twoColours(400, 300, [255, 0, 0], [0, 0, 255]));

function picture(id: string, sha256 = id): AttachmentView {
  return { id, name: `${id}.png`, kind: 'image', facts: '1 KB · $0.001', detail: '', sha256 };
}

const document: AttachmentView = {
  ...{ id: 'pdf', name: `${'A long name '.repeat(20)}at its end.pdf`, kind: 'document' },
  ...{ facts: '2 MB · 12 pages · about 18,000 tokens · $0.05', detail: '' },
};

describe('the chips on the page', () => {
  let browser: Browser;
  let alone: ReplyPageAlone;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());
  afterEach(async () => {
    assert.deepEqual(alone.posted('broken'), []);
    await alone.close();
  });

  const open = async (...attachments: readonly AttachmentView[]) => {
    alone = await ReplyPageAlone.open(browser, snapshotOf([]));
    await show(...attachments);
  };
  const show = (...attachments: readonly AttachmentView[]) =>
    alone.tell({ type: 'composer', conversation: 'one', view: { ...composerView, attachments } });
  /** The host reads what the page asks for. */
  const answer = async (count: number) => {
    await until(() => alone.posted('readPicture').length >= count, `the page asks for ${count} pictures`);
    const { sha256 } = alone.posted('readPicture')[count - 1]!;
    await alone.tell({ type: 'picture', sha256, mimeType: 'image/png', bytes });
    return sha256;
  };
  const thumbnails = () => alone.page.locator('.sign img[src^="data:image/"]');

  it('show a picture that the page has seen, without asking for it', async () => {
    await open();
    await paste(alone.page, [{ name: 'a.png', type: 'image/png', bytes }]);
    await alone.attached();
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    await show(picture('a', Buffer.from(digest).toString('hex')));
    await thumbnails().waitFor();
    assert.deepEqual(alone.posted('readPicture'), []);
    assert.equal(
      await thumbnails().evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
      192,
    );
  });

  it('ask for the pictures that are in sight, one at a time, and nothing moves when they come', async () => {
    await open(...Array.from({ length: 40 }, (_, at) => picture(`p${at}`)));
    const { page } = alone;
    const places = () =>
      page
        .locator('.chip')
        .evaluateAll((chips) => chips.map((chip) => chip.getBoundingClientRect().toJSON() as unknown));
    const before = await places();
    assert.equal(await answer(1), 'p0');
    assert.equal(await answer(2), 'p1');
    await thumbnails().nth(1).waitFor();
    assert.deepEqual(await places(), before);
    // What is gone has no picture, and is not waited for.
    await until(() => alone.posted('readPicture').length === 3, 'the page asks for the third');
    await alone.tell({ type: 'picture', sha256: 'p2', mimeType: 'image/png' });
    await until(() => alone.posted('readPicture').length === 4, 'the page asks for the fourth');
    for (let count = 4; count < 12; count++) {
      if (alone.posted('readPicture').length < count) break;
      await answer(count);
    }
    const asked = alone.posted('readPicture').length;
    assert.ok(asked < 20, `${asked} pictures`);
    await page.locator('.chip').last().scrollIntoViewIfNeeded();
    await until(() => alone.posted('readPicture').length > asked, 'the page asks for what is in sight now');
  });

  it('show a picture large, until Escape, which stops no reply, and the focus is back', async () => {
    const turn = runningTurn('turn', { attachments: [picture('sent'), document] });
    alone = await ReplyPageAlone.open(browser, snapshotOf([turn]));
    const { page } = alone;
    const place = () => page.locator('.prompt .words').boundingBox();
    const before = await place();
    await answer(1);
    await thumbnails().waitFor();
    assert.deepEqual(await place(), before);
    const chip = page.locator('.prompt .open').first();
    for (const close of ['Escape', 'click', 'Enter']) {
      await chip.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'sent.png' });
      await dialog.waitFor();
      const asked = alone.posted('readPicture').length;
      await answer(asked);
      const large = dialog.locator('img[src^="data:image/png"]');
      await large.waitFor();
      assert.equal(
        await large.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
        400,
      );
      if (close === 'click') await dialog.click({ position: { x: 5, y: 5 } });
      else await page.keyboard.press(close);
      await dialog.waitFor({ state: 'detached' });
      await page.locator('.prompt .open:focus').waitFor();
    }
    assert.deepEqual(alone.posted('stop'), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(alone.posted('stop'), [{ type: 'stop', turn: 'turn' }]);
    await page.locator('.prompt .open').last().click();
    assert.deepEqual(alone.posted('openAttachment'), [
      { type: 'openAttachment', attachment: 'pdf', turn: 'turn' },
    ]);
  });

  it('say that a picture is gone', async () => {
    await open(picture('a'));
    await alone.page.locator('.open').click();
    await alone.tell({ type: 'picture', sha256: 'a', mimeType: 'image/png' });
    await alone.page.getByRole('dialog').getByText(strings.pictureGone).waitFor();
  });

  it('are removed one after the other by the keyboard, until the focus is in the field', async () => {
    await open(picture('a'), document, picture('b'));
    const { page } = alone;
    await page.locator('textarea').focus();
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.locator('.open:focus').getAttribute('title'), 'a.png\n1 KB · $0.001');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Delete');
    await page.keyboard.press('ArrowRight');
    await show(picture('b'));
    await page.locator('.open:focus').waitFor();
    await page.keyboard.press('Backspace');
    await show();
    await page.locator('textarea:focus').waitFor();
    assert.deepEqual(
      alone.posted('detach').map(({ attachment }) => attachment),
      ['a', 'pdf', 'b'],
    );
  });

  it('are read out as they come and go', async () => {
    await open({ ...picture('a'), detail: 'Scaled down' });
    await show();
    const readOut = await alone.page.locator('.unseen').innerText();
    assert.match(readOut, /Attached: a\.png\. 1 KB · \$0\.001\. Scaled down\s+Removed: a\.png/);
    // Those of a conversation that is opened are there already.
    await alone.tell(
      snapshotOf([], { conversation: 'two', composer: { ...composerView, attachments: [picture('c')] } }),
    );
    assert.doesNotMatch(await alone.page.locator('.unseen').innerText(), /c\.png/);
  });

  it('stay within a small panel, with the ends of their names in sight, and the field below them', async () => {
    await open(...Array.from({ length: 20 }, (_, at) => ({ ...document, id: `d${at}` })), picture('last'));
    const { page } = alone;
    await page.setViewportSize({ width: 360, height: 600 });
    const field = (await page.locator('textarea').boundingBox())!;
    assert.ok(field.y > 150 && field.y + field.height < 600, JSON.stringify(field));
    const { scrollWidth, clientWidth } = await page
      .locator('#composer')
      .evaluate(({ scrollWidth: all, clientWidth: seen }) => ({ scrollWidth: all, clientWidth: seen }));
    assert.equal(scrollWidth, clientWidth);
    const name = page.locator('.name').first();
    const end = await name.evaluate((element) => {
      const range = element.ownerDocument.createRange();
      range.selectNodeContents(element.lastChild!);
      return {
        right: range.getBoundingClientRect().right,
        chip: element.closest('.chip')!.getBoundingClientRect().right,
      };
    });
    assert.ok(end.right < end.chip, JSON.stringify(end));
    await page.locator('.open').first().focus();
    await page.keyboard.press('End');
    const last = (await page.locator('.open:focus').boundingBox())!;
    assert.ok(last.y >= 0 && last.y + last.height <= field.y, JSON.stringify(last));
  });
});
