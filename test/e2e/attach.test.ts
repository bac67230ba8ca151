// Pictures, documents and other files that a person pastes into the reply panel or drops on it, and what the gateway gets.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { until } from '../limits';
import { noise, twoColours } from '../pictures';
import { composerFrame, ended, field, questionIn, turnOf } from './composer';
import { type Scene, openScene, panelFrame } from './scene';
import { dialog, notification, screenshot } from './sights';
import { zipOf } from '../unit/prompt/someFiles';
import { type DropOptions, dropFiles, holdPictures, paste } from './transfers';

type Block = Readonly<Record<string, unknown>>;

const picture = (left: number, right = 255 - left) => twoColours(60, 40, [left, 20, 20], [20, 20, right]);
const png = (name: string, bytes: Uint8Array) => ({ name, type: 'image/png', bytes });
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Pages /Count 3 >>\nendobj\n%%EOF\n');

describe('what goes along with a prompt', () => {
  let scene: Scene;
  let frame: Frame;
  let folder: string;
  before(async () => {
    scene = await openScene();
    folder = await mkdtemp(path.join(os.tmpdir(), 'desktop-'));
  });
  after(async () => {
    await scene.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const { agent } = scene.workbench;
    await agent.executeCommand('notifications.clearAll');
    await agent.executeCommand('bedrockGateway.newConversation');
    frame = await composerFrame(scene);
    await until(
      async () => (await frame.locator('article, .chip').count()) === 0,
      'the conversation is empty',
    );
    // It is hidden until the host has said which conversation it belongs to.
    await field(frame).waitFor();
    await field(frame).focus();
  });

  const chips = () => frame.locator('#composer .chip:not(.preparing)');
  const fileOf = async (name: string, bytes: Uint8Array) => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    return file;
  };
  /** Drops files of the desktop on the panel. */
  const drop = async (files: readonly string[], how: Partial<DropOptions> = {}) => {
    const box = (await (await frame.frameElement()).boundingBox())!;
    const at = { x: box.x + box.width / 2, y: box.y + 80 };
    await dropFiles(scene.workbench.page, files, { at, ...how });
  };
  /** Sends a prompt. @returns the blocks of its message, as the gateway got them */
  const send = async (prompt: string): Promise<readonly Block[]> => {
    await field(frame).focus();
    await scene.workbench.page.keyboard.type(prompt);
    // Until all of it is attached, or refused, nothing is sent.
    await frame.locator('#composer .primary:enabled').waitFor();
    await scene.workbench.page.keyboard.press('Enter');
    await ended(frame, prompt);
    const { body } = scene.gateway.log.at(-1)!;
    return (JSON.parse(body) as { messages: { content: Block[] }[] }).messages.at(-1)!.content;
  };
  const imageOf = (bytes: Uint8Array) => ({
    image: { format: 'png', source: { bytes: Buffer.from(bytes).toString('base64') } },
  });

  it('is a picture that is pasted: its bytes reach the gateway, and it stays in sight beside the prompt', async () => {
    const bytes = picture(200);
    await paste(frame, [png('image.png', bytes)]);
    await chips().waitFor();
    assert.match(await chips().innerText(), /Pasted picture\s+.+ · about \d+ tokens/);
    await frame.locator('#composer .sign img[src^="data:image/"]').waitFor();
    const content = await send('What is this?');
    assert.deepEqual(content, [imageOf(bytes), { text: 'What is this?' }]);
    assert.equal(await chips().count(), 0);
    const thumbnail = () => turnOf(frame, 'What is this?').locator('.chip img[src^="data:image/"]');
    await thumbnail().waitFor();
    await screenshot(scene.workbench, 'attached-picture');
    // The page is another one, which has not seen it.
    await scene.workbench.agent.closeAllTabs();
    await scene.workbench.agent.startCommand('bedrockGateway.showReply');
    frame = await panelFrame(scene, 'What is this?');
    // A page asks for the pictures that are in sight; where the reader was may be below it.
    await turnOf(frame, 'What is this?').locator('.chip').scrollIntoViewIfNeeded();
    await thumbnail().waitFor();
    await thumbnail().click();
    const large = frame.getByRole('dialog').locator('img[src^="data:image/png"]');
    await large.waitFor();
    assert.equal(
      await large.getAttribute('src'),
      `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
    );
    await frame.getByRole('dialog').press('Escape');
  });

  it('is a picture that is pasted by the keyboard from the clipboard', async () => {
    const { page } = scene.workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(30, 20);
      canvas.getContext('2d')!.fillRect(0, 0, 10, 10);
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
    });
    await field(frame).focus();
    await page.keyboard.press('Control+V');
    await chips().waitFor();
    await page.evaluate(() => navigator.clipboard.writeText(''));
  });

  it('is a PDF that is dropped with Shift: the gateway gets its bytes, and not its name', async () => {
    await drop([await fileOf('Secret plans.pdf', pdf)]);
    await chips().filter({ hasText: 'Secret plans.pdf' }).waitFor();
    const [document, text] = await send('What does it say?');
    const { format, name, source } = document!['document'] as Block;
    assert.deepEqual([format, source], ['pdf', { bytes: pdf.toString('base64') }]);
    assert.match(String(name), /^[\w\s()[\]-]+$/);
    assert.deepEqual(text, { text: 'What does it say?' });
    assert.doesNotMatch(scene.gateway.log.at(-1)!.body, /Secret/);
    await turnOf(frame, 'What does it say?').locator('.chip', { hasText: 'Secret plans.pdf' }).waitFor();
  });

  it('is what VS Code opens instead if Shift is not held, which it says itself', async () => {
    const { page, agent } = scene.workbench;
    await drop([await fileOf('open.txt', Buffer.from('Text.'))], {
      withShift: false,
      over: async (move) => {
        const hint = page.getByText('to drop into editor').filter({ visible: true });
        const isTaken = async () => {
          await move();
          const panel = page.locator('iframe.webview.ready');
          return (await panel.evaluate(({ style }) => style.pointerEvents)) === 'none';
        };
        await until(isTaken, 'VS Code takes what is dragged');
        await move();
        await hint.waitFor();
        await frame.locator('.drop').waitFor({ state: 'hidden' });
        await screenshot(scene.workbench, 'attached-without-shift');
      },
    });
    await page.locator('.tab', { hasText: 'open.txt' }).waitFor();
    await agent.executeCommand('workbench.action.closeActiveEditor');
    frame = await composerFrame(scene);
    assert.equal(await chips().count(), 0);
  });

  it('is a picture of 30 MB, made smaller, which its chip says', async () => {
    const large = noise(3300, 3100);
    await drop([await fileOf('large.png', large)]);
    await frame.locator('.chip.preparing').waitFor();
    await chips().waitFor();
    const chip = chips().getByRole('button', { name: /^large\.png/ });
    assert.match((await chip.getAttribute('title')) ?? '', /Before: 3,300 × 3,100 px, 29\.3 MB/);
    const [image] = await send('What is this?');
    const { format, source } = image!['image'] as { format: string; source: { bytes: string } };
    const bytes = Buffer.from(source.bytes, 'base64');
    assert.ok(
      format === 'jpeg' && bytes.length < 3_932_160 && bytes.length > 1_000_000,
      `${format} ${bytes.length}`,
    );
  });

  it('is a file that takes long to read: its chip says so, and the prompt waits for it', async () => {
    const { agent, page } = scene.workbench;
    const before = scene.gateway.log.length;
    await agent.attachSlowFile('/slow.txt');
    await frame.locator('.chip.preparing', { hasText: 'slow.txt' }).waitFor();
    await field(frame).focus();
    await page.keyboard.type('What is in it?');
    await page.keyboard.press('Enter');
    await frame.locator('.unseen', { hasText: 'still being prepared' }).waitFor({ state: 'attached' });
    await frame.locator('#composer .primary:disabled').waitFor();
    await screenshot(scene.workbench, 'attached-slowly');
    assert.equal(await field(frame).inputValue(), 'What is in it?');
    assert.equal(scene.gateway.log.length, before);
    await agent.finishSlowFile('/slow.txt');
    await chips().filter({ hasText: 'slow.txt' }).waitFor();
    await page.keyboard.press('Enter');
    await ended(frame, 'What is in it?');
    assert.equal(scene.gateway.log.length, before + 1);
    assert.match(scene.gateway.log.at(-1)!.body, /What is in it\?\\n\\nslow\.txt.*Text\./);
  });

  it('is no picture that is still scaled down when the panel is hidden, which is said', async () => {
    const { agent } = scene.workbench;
    await holdPictures(frame);
    await paste(frame, [png('lost.png', picture(9))]);
    await frame.locator('.chip.preparing', { hasText: 'lost.png' }).waitFor();
    await agent.openFile(await fileOf('other.txt', Buffer.from('Text.')));
    await notification(
      scene.workbench,
      'lost.png was not attached, because the reply panel was hidden',
    ).waitFor();
    await agent.executeCommand('workbench.action.closeActiveEditor');
    frame = await composerFrame(scene);
    await field(frame).waitFor();
    assert.equal(await frame.locator('.chip').count(), 0);
    assert.equal((await send('Hello?')).length, 1);
  });

  it('is none of an unsupported kind: that is said, and the rest is attached', async () => {
    const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), Buffer.alloc(100)]);
    await drop([await fileOf('all.zip', zip), await fileOf('notes.txt', Buffer.from('Some notes.'))]);
    await notification(scene.workbench, 'all.zip is an archive. Attach the files in it.').waitFor();
    await chips().filter({ hasText: 'notes.txt' }).waitFor();
    assert.equal(await chips().count(), 1);
    await screenshot(scene.workbench, 'attached-not');
    const [text, ...others] = await send('What do they say?');
    assert.match(String(text!['text']), /^What do they say\?\n\nnotes\.txt\n```/);
    assert.deepEqual(others, []);
  });

  it('is none of several kinds: three reasons are in sight, and all of them on demand', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'];
    await drop(await Promise.all(names.map((name) => fileOf(name, Buffer.alloc(0)))));
    const said = notification(
      scene.workbench,
      /a\.txt is empty\. b\.txt is empty\. c\.txt is empty\. More files were not attached: 2\./,
    );
    await said.waitFor();
    const isWhole = (message: Element) => message.scrollWidth <= message.clientWidth;
    assert.ok(await said.locator('.notification-list-item-message').evaluate(isWhole), 'nothing is cut off');
    await said.getByRole('button', { name: 'Show All', exact: true }).click();
    const all = dialog(scene.workbench, 'Not attached: 5');
    for (const name of names) await all.getByText(`${name} is empty.`).waitFor();
    await screenshot(scene.workbench, 'attached-none');
    await scene.workbench.page.keyboard.press('Escape');
    await all.waitFor({ state: 'detached' });
    assert.equal(await chips().count(), 0);
  });

  it('is 20 pictures of 21, in their order, and the last is named', async () => {
    const pictures = Array.from({ length: 21 }, (_, at) => picture(at));
    await paste(
      frame,
      pictures.map((bytes, at) => png(`${at}.png`, bytes)),
    );
    await notification(scene.workbench, 'Bedrock takes up to 20 pictures. Not attached: 20.png.').waitFor();
    await until(async () => (await chips().count()) === 20, 'there are 20 chips');
    await screenshot(scene.workbench, 'attached-many');
    const content = await send('What are these?');
    assert.deepEqual(content.slice(0, -1), pictures.slice(0, 20).map(imageOf));
  });

  it('is five documents of six', async () => {
    const files = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((at) => fileOf(`${at}.pdf`, Buffer.concat([pdf, Buffer.from(`${at}`)]))),
    );
    await drop(files);
    await notification(scene.workbench, 'Bedrock takes up to 5 documents. Not attached: 6.pdf.').waitFor();
    const content = await send('What do they say?');
    assert.deepEqual(
      content.flatMap((block) =>
        'document' in block
          ? [
              Buffer.from((block['document'] as { source: { bytes: string } }).source.bytes, 'base64')
                .toString()
                .at(-1),
            ]
          : [],
      ),
      ['1', '2', '3', '4', '5'],
    );
  });

  it('is no text that is dragged: it goes into the field', async () => {
    const { mouse } = scene.workbench.page;
    await frame.locator('.empty').evaluate((element) => {
      getSelection()!.setBaseAndExtent(element.firstChild!, 0, element.firstChild!, 4);
    });
    const panel = (await (await frame.frameElement()).boundingBox())!;
    const words = await frame.locator('.empty').evaluate(() => {
      const { x, y, width, height } = getSelection()!.getRangeAt(0).getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    });
    const target = await field(frame).evaluate((element) => {
      const { x, y } = element.getBoundingClientRect();
      return { x: x + 100, y: y + 15 };
    });
    await mouse.move(panel.x + words.x, panel.y + words.y);
    await mouse.down();
    await mouse.move(panel.x + target.x - 30, panel.y + target.y, { steps: 3 });
    await mouse.move(panel.x + target.x, panel.y + target.y, { steps: 3 });
    await mouse.up();
    await until(async () => (await field(frame).inputValue()) === 'Type', 'the text is in the field');
    assert.equal(await frame.locator('.chip').count(), 0);
    await field(frame).fill('');
  });

  it('is a file of the explorer, dragged with Shift', async () => {
    const { page, agent, folder: open } = scene.workbench;
    await writeFile(path.join(open, 'dragged.ts'), 'export const answer = 42;\n');
    await agent.executeCommand('workbench.view.explorer');
    await agent.executeCommand('workbench.files.action.refreshFilesExplorer');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'dragged.ts' });
    await row.waitFor();
    const from = (await row.boundingBox())!;
    const to = (await (await frame.frameElement()).boundingBox())!;
    await page.mouse.move(from.x + 30, from.y + from.height / 2);
    await page.mouse.down();
    await page.keyboard.down('Shift');
    for (let step = 0; step <= 10; step++)
      await page.mouse.move(
        from.x + ((to.x + 100 - from.x) * step) / 10,
        from.y + ((to.y + 80 - from.y) * step) / 10,
      );
    await frame.locator('.drop').waitFor();
    await screenshot(scene.workbench, 'attached-by-dragging');
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await chips().filter({ hasText: 'dragged.ts' }).waitFor();
    await agent.executeCommand('workbench.action.closeSidebar');
    frame = await composerFrame(scene);
    const [text] = await send('What is it?');
    assert.match(String(text!['text']), /dragged\.ts\n```typescript\nexport const answer = 42;/);
  });

  it('is a Word document, which goes through Converse once the button says so', async () => {
    const { agent } = scene.workbench;
    await agent.updateSetting('bedrockGateway.request.api', 'invoke');
    const docx = zipOf('[Content_Types].xml', 'word/document.xml');
    await drop([await fileOf('report.docx', docx)]);
    await chips().waitFor();
    await field(frame).focus();
    await scene.workbench.page.keyboard.type('What does the report say?');
    await frame.locator('#composer .primary:enabled').waitFor();
    await scene.workbench.page.keyboard.press('Enter');
    const before = scene.gateway.log.length;
    await questionIn(frame, 'only through Converse').getByRole('button', { name: 'Use Converse' }).click();
    await ended(frame, 'What does the report say?');
    const { body, operation } = scene.gateway.log[before]!;
    assert.equal(operation, 'converse-stream');
    assert.match(body, /"format":"docx"/);
    await agent.updateSetting('bedrockGateway.models', undefined);
    await agent.updateSetting('bedrockGateway.request.api', undefined);
  });

  it('is not sent to a model that takes no pictures before the user says so, and nothing is lost', async () => {
    const { agent } = scene.workbench;
    const before = scene.gateway.log.length;
    await agent.updateSetting('bedrockGateway.request.api', 'invoke');
    await agent.updateSetting('bedrockGateway.model', 'amazon.titan-text-express-v1');
    await paste(frame, [png('a.png', picture(7))]);
    await chips().waitFor();
    await field(frame).focus();
    await scene.workbench.page.keyboard.type('What is this?');
    await frame.locator('#composer .primary:enabled').waitFor();
    await scene.workbench.page.keyboard.press('Enter');
    await questionIn(frame, 'doesn’t take pictures').getByRole('button', { name: 'Cancel' }).click();
    await chips().filter({ hasText: 'a.png' }).waitFor();
    assert.equal(await field(frame).inputValue(), 'What is this?');
    assert.equal(scene.gateway.log.length, before);
  });
});
