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
    const shown = new Set(['p0', 'p1']);
    let asked = 3;
    const isNextAskedFor = () => alone.posted('readPicture').length > asked;
    const areShown = async () => (await thumbnails().count()) === shown.size;
    do {
      shown.add(await answer((asked += 1)));
      await until(async () => isNextAskedFor() || (await areShown()), 'it is shown');
    } while (isNextAskedFor());
    assert.ok(shown.size < 30, `${shown.size} pictures`);
    await page.locator('.chip').last().scrollIntoViewIfNeeded();
    const isNew = ({ sha256 }: { readonly sha256: string }) => sha256 !== 'p2' && !shown.has(sha256);
    await until(() => alone.posted('readPicture').some(isNew), 'the page asks for what is in sight now');
  });

  it('ask for a picture three times while it has none, and again when it comes back into sight', async () => {
    await open();
    const { page } = alone;
    await page.clock.install();
    await show(picture('a'), picture('b'));
    const asked = () => alone.posted('readPicture').map(({ sha256 }) => sha256);
    const askedFor = (count: number) =>
      until(() => asked().length === count, `the page asks for ${count} pictures`);
    await askedFor(1);
    // The answer is lost.
    await page.clock.fastForward(10_000);
    await askedFor(2);
    await answer(2);
    await thumbnails().waitFor();
    // It can't be read at this moment.
    for (const count of [3, 4]) {
      await page.clock.fastForward(2000);
      await askedFor(count);
      await alone.tell({ type: 'picture', sha256: 'a', mimeType: 'image/png' });
    }
    await page.clock.fastForward(30_000);
    assert.deepEqual(asked(), ['a', 'b', 'a', 'a']);
    const chip = page.locator('.chip').first();
    await chip.evaluate(
      (element: HTMLElement) =>
        new Promise<void>((resolve) => {
          element.style.display = 'none';
          const outOfSight = new IntersectionObserver((entries) => {
            if (!entries.some(({ isIntersecting }) => !isIntersecting)) return;
            outOfSight.disconnect();
            resolve();
          });
          outOfSight.observe(element);
        }),
    );
    await chip.evaluate((element: HTMLElement) => (element.style.display = ''));
    await askedFor(5);
    assert.equal(await answer(5), 'a');
    await until(async () => (await thumbnails().count()) === 2, 'both have their picture');
  });

  it('ask no more for a picture that was removed', async () => {
    await open();
    await alone.page.clock.install();
    await show(picture('a'));
    await until(() => alone.posted('readPicture').length === 1, 'the page asks for it');
    await show();
    await alone.tell({ type: 'picture', sha256: 'a', mimeType: 'image/png' });
    await alone.page.clock.fastForward(60_000);
    assert.equal(alone.posted('readPicture').length, 1);
  });

  it('show a picture itself if the page can’t scale it down', async () => {
    await open(picture('a'));
    await alone.page.evaluate(() => {
      globalThis.createImageBitmap = () => Promise.reject(new Error('No memory'));
    });
    await answer(1);
    await thumbnails().waitFor();
    assert.equal(
      await thumbnails().getAttribute('src'),
      `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
    );
  });

  it('tell the host if the page fails with a picture, and go on with the next', async () => {
    await open(picture('a'), picture('b'));
    await alone.page.evaluate(() => {
      const Reader = FileReader;
      globalThis.FileReader = class extends Reader {
        override readAsDataURL(): void {
          globalThis.FileReader = Reader;
          throw new RangeError('A text of the picture');
        }
      };
      globalThis.createImageBitmap = () => Promise.reject(new Error('No memory'));
    });
    await answer(1);
    assert.equal(await answer(2), 'b');
    await thumbnails().waitFor();
    const broken = alone.posted('broken').map(({ what }) => what);
    assert.deepEqual(broken, ['RangeError']);
    (alone.told as unknown[]).length = 0;
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
