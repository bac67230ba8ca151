// Pictures and documents that a person attaches by commands and menus: after a reload and a crash they are still there, they
// are sent again with what follows, and they are gone with their conversation.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { project } from '../vscode/project';
import { agentFile } from './agentClient';
import { ask, composerFrame, ended, field, turnOf } from './composer';
import { filesWith } from './filesWith';
import { choose, chooseFromRowMenu, runCommandFromPalette } from './gestures';
import { type Scene, openScene, selectText } from './scene';
import { dialog, notification, screenshot } from './sights';

type Block = Readonly<Record<string, unknown>>;

/** What a file holds behind its last byte is shown by nobody, and found by a search. */
const canary = 'canary of an attachment p7Rt2';

describe('what was attached to a conversation', () => {
  let scene: Scene;
  let frame: Frame;
  let picture: Buffer;
  let report: Buffer;
  before(async () => {
    scene = await openScene({ own: true });
    const { folder } = scene.workbench;
    picture = Buffer.concat([await readFile(path.join(project, 'media', 'icon.png')), Buffer.from(canary)]);
    report = Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Pages /Count 3 >>\nendobj\n%${canary}\n%%EOF\n`);
    await writeFile(path.join(folder, 'diagram.png'), picture);
    await writeFile(path.join(folder, 'report.pdf'), report);
    await writeFile(path.join(folder, 'all.zip'), Buffer.from('PK\x03\x04\x14\0', 'latin1'));
  });
  after(() => scene.close());

  const chips = () => frame.locator('#composer .chip:not(.preparing)');
  const rowOf = (name: string) =>
    scene.workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  /** The blocks of each message of the last request. */
  const sent = () =>
    (JSON.parse(scene.gateway.log.at(-1)!.body) as { messages: { content: Block[] }[] }).messages.map(
      ({ content }) => content,
    );
  const image = () => ({
    image: { format: 'png', source: { bytes: picture.toString('base64') } },
  });
  const crash = async () => {
    const { agent, page, dataDirectory } = scene.workbench;
    const host = await agent.processId();
    await rm(path.join(dataDirectory, agentFile), { force: true });
    process.kill(host, 'SIGKILL');
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Window');
    await page.locator('.monaco-workbench .statusbar-item').first().waitFor();
    await agent.isTrusted();
    // This VS Code keeps secrets in the window's memory.
    await agent.setCredentials({ authentication: 'accessKeys', ...standInKeys, gatewayToken: standInToken });
  };

  it('is all that was selected in the explorer, in the composer of a new conversation', async () => {
    const { agent, page } = scene.workbench;
    await agent.executeCommand('workbench.view.explorer');
    await rowOf('diagram.png').click();
    for (const name of ['report.pdf', 'all.zip']) await rowOf(name).click({ modifiers: ['ControlOrMeta'] });
    await chooseFromRowMenu(scene.workbench, rowOf('report.pdf'), 'Bedrock', 'Attach to Prompt…');
    frame = await composerFrame(scene);
    await until(async () => (await chips().count()) === 2, 'both are attached');
    await notification(scene.workbench, 'all.zip is an archive. Attach the files in it.').waitFor();
    assert.match((await chips().allInnerTexts()).join(), /diagram\.png\s+[\d.]+ kB · about 87 tokens/);
    assert.ok(await field(frame).evaluate((area) => area === document.activeElement));
    await agent.executeCommand('notifications.clearAll');
    await screenshot(scene.workbench, 'attached-from-explorer');
    // Nothing is asked about the document.
    await page.keyboard.press('Enter');
    await notification(scene.workbench, 'a document only with a question about it').waitFor();
    assert.equal(await chips().count(), 2);
    assert.equal(scene.gateway.log.length, 0);
  });

  it('is attached after a crash, and then sent, with what was asked', async () => {
    await crash();
    frame = await composerFrame(scene);
    await until(async () => (await chips().count()) === 2, 'both are attached');
    await ask(scene, frame, 'What do they show?');
    await ended(frame, 'What do they show?');
    const [content] = sent();
    const source = { bytes: report.toString('base64') };
    assert.deepEqual(
      content?.toSorted((a, b) => Object.keys(a)[0]!.localeCompare(Object.keys(b)[0]!)),
      [{ document: { format: 'pdf', name: 'Document 1', source } }, image(), { text: 'What do they show?' }],
    );
    assert.doesNotMatch(scene.gateway.log.at(-1)!.body, /report|diagram/);
    await turnOf(frame, 'What do they show?').locator('.chip', { hasText: 'report.pdf' }).waitFor();
  });

  it('is sent again with a follow-up after another crash', async () => {
    const before = sent()[0];
    await crash();
    frame = await composerFrame(scene);
    await turnOf(frame, 'What do they show?').locator('.chip', { hasText: 'diagram.png' }).waitFor();
    await ask(scene, frame, 'And then?');
    await ended(frame, 'And then?');
    // A document and a picture are long enough for the model to cache them.
    assert.deepEqual(sent()[0], [...(before ?? []), { cachePoint: { type: 'default' } }]);
    assert.deepEqual(sent().at(-1), [{ text: 'And then?' }]);
  });

  it('is back when its prompt is edited, and is not sent once it is removed', async () => {
    await turnOf(frame, 'What do they show?').getByRole('button', { name: 'Edit' }).click();
    await until(async () => (await chips().count()) === 2, 'both are back');
    await chips().filter({ hasText: 'report.pdf' }).getByRole('button', { name: 'Remove' }).click();
    await until(async () => (await chips().count()) === 1, 'one is removed');
    await field(frame).focus();
    await scene.workbench.page.keyboard.press('Enter');
    await frame.locator('.versions', { hasText: '2 / 2' }).waitFor();
    await until(() => sent().length === 1, 'the edit is sent');
    assert.deepEqual(sent()[0], [image(), { text: 'What do they show?' }]);
  });

  it('is chosen from a list, too: the selection, or a file that is open', async () => {
    const { agent } = scene.workbench;
    await agent.executeCommand('bedrockGateway.newConversation');
    await selectText(scene, 'let answer = 42;', 'ts');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Attach to Prompt…');
    await screenshot(scene.workbench, 'attach-list');
    await choose(scene.workbench, 'Selection');
    frame = await composerFrame(scene);
    await chips()
      .filter({ hasText: /\.ts:1/ })
      .waitFor();
    await runCommandFromPalette(scene.workbench, 'Bedrock: Attach to Prompt…');
    await choose(scene.workbench, /^\s*file\d+\.ts$/);
    await until(async () => (await chips().count()) === 2, 'the file is attached as well');
    await ask(scene, frame, 'Why?');
    await ended(frame, 'Why?');
    assert.match(
      String(sent()[0]![0]!['text']),
      /^Why\?\n\nfile\d+\.ts:1\n```typescript\n.*\n```\n\nfile\d+\.ts\n```ty/,
    );
  });

  it('gives a prompt without a text its title, and is in no file but in the folder and in the history', async () => {
    const { agent, dataDirectory, page } = scene.workbench;
    await agent.executeCommand('bedrockGateway.newConversation');
    frame = await composerFrame(scene);
    await until(async () => (await frame.locator('article').count()) === 0, 'it is new');
    await chooseFromRowMenu(scene.workbench, rowOf('diagram.png'), 'Bedrock', 'Attach to Prompt…');
    await chips().waitFor();
    await page.keyboard.press('Enter');
    await frame.locator('article .chip', { hasText: 'diagram.png' }).waitFor();
    await agent.executeCommand('bedrockGateway.showHistory');
    await page
      .locator('.monaco-list-row', { hasText: /^diagram\.png/ })
      .first()
      .waitFor();
    const history =
      /^data\/User\/workspaceStorage\/[^/]+\/bedrock-gateway\.bedrock-gateway\/history\/blobs\/[0-9a-f]{64}$/;
    const found = filesWith(dataDirectory, [canary]);
    const others = found.filter(
      (file) => !history.test(file) && !/^folder\/(diagram\.png|report\.pdf)$/.test(file),
    );
    assert.deepEqual(others, []);
    assert.equal(found.filter((file) => history.test(file)).length, 2);
  });

  it('is gone with all conversations, and has left nothing anywhere', async () => {
    const { dataDirectory, page } = scene.workbench;
    const found = () =>
      filesWith(dataDirectory, [canary]).filter((file) => !/^folder\/(diagram\.png|report\.pdf)$/.test(file));
    assert.ok(found().length > 0);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Delete All Conversations…');
    await dialog(scene.workbench, 'Delete all conversations')
      .getByRole('button', { name: 'Delete All' })
      .click();
    await until(() => found().length === 0, 'nothing of it is left');
    // VS Code writes what it has of its own when it ends.
    await page.evaluate(() => window.dispatchEvent(new Event('beforeunload')));
    assert.deepEqual(found(), []);
  });
});
