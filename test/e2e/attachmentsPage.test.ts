// What is pasted into the page of the reply panel and dropped on it, in a real browser.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { manyPixels, noise, twoColours } from '../pictures';
import { strings } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, snapshotOf } from './replyPageAlone';
import { dropFiles, paste } from './transfers';

const small = twoColours(40, 20, [255, 0, 0], [0, 0, 255]);
const png = (name: string, bytes = small) => ({ name, type: 'image/png', bytes });
const text = { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('Some text.') };

describe('attaching on the page', () => {
  let browser: Browser;
  let folder: string;
  before(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(path.join(os.tmpdir(), 'dropped-'));
  });
  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const onPage = async (test: (alone: ReplyPageAlone) => Promise<void>, draft = '') => {
    const alone = await ReplyPageAlone.open(browser, snapshotOf([], { draft }));
    await alone.page.locator('textarea').focus();
    await test(alone);
    assert.deepEqual(alone.posted('broken'), []);
    await alone.close();
  };
  const fileOf = async (name: string, bytes: Uint8Array) => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    return file;
  };
  const namesOf = (messages: Awaited<ReturnType<ReplyPageAlone['attached']>>) =>
    messages.flatMap(({ files }) => files.map(({ name }) => name));

  it('posts a picture that is pasted by the keyboard, byte for byte, and leaves the text alone', () =>
    onPage(async (alone) => {
      const { page } = alone;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.keyboard.type('What is this? ');
      // The browser writes a PNG of its own.
      await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(30, 20);
        canvas.getContext('2d')!.fillRect(0, 0, 10, 10);
        const blob = await canvas.convertToBlob();
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      });
      await page.keyboard.press('Control+V');
      const [message] = await alone.attached();
      assert.equal(message?.conversation, 'one');
      const [file] = message.files;
      assert.deepEqual([file?.name, file?.mimeType], ['', 'image/png']);
      assert.equal(Buffer.from(file!.bytes.subarray(1, 4)).toString(), 'PNG');
      await page.keyboard.type('And this?');
      assert.equal(await page.locator('textarea').inputValue(), 'What is this? And this?');
      await page.keyboard.press('Control+Z');
      assert.equal(await page.locator('textarea').inputValue(), '');
      await page.keyboard.press('Control+Shift+Z');
      assert.equal(await page.locator('textarea').inputValue(), 'What is this? And this?');
    }));

  it('pastes a text as a text, also if its picture is beside it', () =>
    onPage(async (alone) => {
      const { page } = alone;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(30, 20);
        canvas.getContext('2d');
        const type = (text: string, kind: string) => new Blob([text], { type: kind });
        const items = {
          'image/png': await canvas.convertToBlob(),
          'text/plain': type('cells', 'text/plain'),
          'text/html': type('<table><td>cells</table>', 'text/html'),
        };
        await navigator.clipboard.write([new ClipboardItem(items)]);
      });
      await page.keyboard.press('Control+V');
      await page.keyboard.type('!');
      assert.equal(await page.locator('textarea').inputValue(), 'cells!');
      assert.deepEqual(alone.posted('attachFiles'), []);
    }));

  it('posts each file as it is, in order, also if the focus is not in the text field', () =>
    onPage(async (alone) => {
      await alone.page.evaluate(() => (document.activeElement as HTMLElement).blur());
      const files = [text, png('b.png'), { name: 'c', type: '', bytes: new Uint8Array([0, 1, 2]) }];
      await paste(alone.page, files);
      const [message] = await alone.attached();
      assert.deepEqual(
        message?.files,
        files.map(({ name, type, bytes }) => ({ name, mimeType: type, bytes: new Uint8Array(bytes) })),
      );
    }));

  it('takes files of the desktop wherever they are dropped, says so while they are over it, and leaves the page', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const address = page.url();
      const overlay = page.locator('.drop');
      await mkdir(path.join(folder, 'src'));
      const files = [
        await fileOf('d.png', small),
        await fileOf('e.pdf', Buffer.from('%PDF-1.7')),
        path.join(folder, 'src'),
      ];
      await dropFiles(page, files, {
        at: { x: 300, y: 60 },
        over: async () => {
          await overlay.waitFor();
          assert.equal(await overlay.innerText(), strings.dropToAttach);
        },
      });
      const [message] = await alone.attached();
      assert.deepEqual(namesOf([message!]), ['d.png', 'e.pdf']);
      assert.deepEqual(Buffer.from(message!.files[0]!.bytes), small);
      assert.deepEqual(message!.failed, ['src folder']);
      await overlay.waitFor({ state: 'hidden' });
      const box = (await page.locator('textarea').boundingBox())!;
      await dropFiles(page, files.slice(0, 1), { at: { x: box.x + 20, y: box.y + 10 } });
      await alone.attached(2);
      assert.equal(await page.locator('textarea').inputValue(), '');
      assert.equal(page.url(), address);
    }));

  it('takes files of VS Code, by their addresses, and holds a prompt back until the host has read them', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const uris = ['vscode-remote://wsl%2Bx/home/a%20b.ts', 'memfs:/c.ts'];
      await page.evaluate((list) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('application/vnd.code.uri-list', list.join('\r\n'));
        const options = { dataTransfer, bubbles: true, cancelable: true };
        document.querySelector('.empty')!.dispatchEvent(new DragEvent('drop', options));
      }, uris);
      const [message] = await alone.attached();
      assert.deepEqual([message!.conversation, message!.files, message!.uris], ['one', [], uris]);
      assert.deepEqual(await page.locator('.chip .name').allInnerTexts(), ['a b.ts', 'c.ts']);
      await page.keyboard.type('Go');
      await page.keyboard.press('Enter');
      await alone.tell({ type: 'attachDone', files: message!.ids });
      await page.locator('.chip').first().waitFor({ state: 'detached' });
      await page.keyboard.press('Enter');
      assert.deepEqual(alone.posted('submit'), [{ type: 'submit', conversation: 'one', text: 'Go' }]);
    }));

  it('lets a text be dropped into the field, and undone, and ignores it elsewhere', () =>
    onPage(async (alone) => {
      const { page } = alone;
      const field = (await page.locator('textarea').boundingBox())!;
      await page.evaluate(() => {
        const words = document.querySelector('.empty')!.firstChild!;
        getSelection()!.setBaseAndExtent(words, 0, words, 7);
      });
      const words = (await page.locator('.empty').boundingBox())!;
      const drag = async (x: number, y: number) => {
        await page.mouse.move(words.x + words.width / 2 - 40, words.y + words.height / 2);
        await page.mouse.down();
        await page.mouse.move(x - 20, y, { steps: 3 });
        await page.mouse.move(x, y, { steps: 3 });
        await page.mouse.up();
      };
      await drag(words.x + 10, words.y + 200);
      assert.equal(await page.locator('textarea').inputValue(), 'draft ');
      await drag(field.x + field.width - 30, field.y + 10);
      assert.equal(await page.locator('textarea').inputValue(), 'draft Nothing');
      await page.keyboard.press('Control+Z');
      assert.equal(await page.locator('textarea').inputValue(), 'draft ');
      assert.deepEqual(alone.posted('attachFiles'), []);
    }, 'draft '));

  it('names what it cannot take: a damaged picture, one of an unknown kind, and a file that is too large', () =>
    onPage(async (alone) => {
      const damaged = noise(300, 300).subarray(0, 3000);
      const heic = Buffer.from('\0\0\0\x18ftypheic', 'latin1');
      await paste(alone.page, [
        png('a.png', damaged),
        { name: 'b.heic', type: 'image/heic', bytes: heic },
        text,
      ]);
      const large = await fileOf('large.log', Buffer.alloc(26 * 1024 * 1024 + 1));
      await dropFiles(alone.page, [large, await fileOf('claims.png', manyPixels(40_000, 9_000))], {
        at: { x: 300, y: 60 },
      });
      const taken = await alone.attached(2);
      assert.deepEqual(
        taken.map(({ failed }) => failed),
        [
          ['a.png notAPicture', 'b.heic notAPicture'],
          ['large.log tooLarge', 'claims.png tooLarge'],
        ],
      );
      assert.deepEqual(namesOf(taken), ['a.txt']);
    }));

  it('asks the host to pick something', () =>
    onPage(async (alone) => {
      await alone.page.getByRole('button', { name: strings.attachPick, exact: true }).click();
      assert.deepEqual(alone.posted('attachPick'), [{ type: 'attachPick', conversation: 'one' }]);
    }));
});
