// The history: what comes back after a reload, a crash and from another window.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { historiesOf } from './activityFiles';
import { agentFile } from './agentClient';
import { ask, composerFrame, ended, field, messagesOf, turnOf } from './composer';
import { filesWith } from './filesWith';
import { chooseFromRowMenu, quickInput, runCommandFromPalette, typeAndAccept } from './gestures';
import { sonnet } from './models';
import { type Scene, gate, openScene, send } from './scene';
import { clickNotificationButton, dialog, screenshot } from './sights';

/** This VS Code keeps secrets in the window's memory. */
async function storeKeys({ workbench }: Scene): Promise<void> {
  await workbench.agent.setCredentials({
    authentication: 'accessKeys',
    ...standInKeys,
    gatewayToken: standInToken,
  });
}

/** Ends the extension host as a crash does, and reloads the window, as VS Code then offers. */
async function crash(scene: Scene): Promise<void> {
  const { agent, page, dataDirectory } = scene.workbench;
  const host = await agent.processId();
  await rm(path.join(dataDirectory, agentFile), { force: true });
  process.kill(host, 'SIGKILL');
  await runCommandFromPalette(scene.workbench, 'Developer: Reload Window');
  await page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  await agent.isTrusted();
}

describe('a conversation comes back', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ own: true });
  });
  after(() => scene.close());

  /** Sends a prompt whose reply stops half-way, and resolves when the half is on the page. */
  const sendHalf = async (prompt: string): Promise<Frame> => {
    scene.gateway.script(sonnet, {
      deltas: ['First half. ', 'Second half.'],
      hold: (at) => (at === 1 ? gate().opened : Promise.resolve()),
    });
    await send(scene, prompt);
    const frame = await composerFrame(scene);
    await turnOf(frame, prompt).getByText('First half.').waitFor();
    return frame;
  };

  it('after a crash in mid-stream and in mid-draft, with the draft and the text that had arrived', async () => {
    const frame = await sendHalf('Before the crash');
    await field(frame).click();
    await scene.workbench.page.keyboard.type('Half a draft');
    const drafts = () => filesWith(historiesOf(scene.workbench)[0]!, ['Half a draft']);
    await until(() => drafts().length > 0, 'the draft is on disk');
    const running = () => filesWith(historiesOf(scene.workbench)[0]!, ['First half.']);
    await until(() => running().length > 0, 'the text is on disk');
    await crash(scene);
    const again = await composerFrame(scene);
    const turn = turnOf(again, 'Before the crash');
    await turn.locator('.problem.cut', { hasText: 'The window was closed or reloaded' }).waitFor();
    assert.match(await turn.locator('.markdown').innerText(), /First half\./);
    assert.equal(await field(again).inputValue(), 'Half a draft');
    await screenshot(scene.workbench, 'history-crash');
  });

  it('after a reload in mid-stream, and goes on', async () => {
    await storeKeys(scene);
    await sendHalf('Before the reload');
    const host = await scene.workbench.agent.processId();
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Window');
    await until(async () => (await scene.workbench.agent.processId()) !== host, 'another host runs');
    const frame = await composerFrame(scene);
    const turn = turnOf(frame, 'Before the reload');
    await turn.locator('.problem').waitFor();
    assert.match(await turn.locator('.markdown').innerText(), /First half\./);
    await storeKeys(scene);
    scene.gateway.script(sonnet, { deltas: ['The rest.'] });
    await ask(scene, frame, 'Go on');
    await ended(frame, 'Go on');
    assert.deepEqual(messagesOf(scene.gateway.log.at(-1)!), [
      'user: Before the reload',
      'assistant: First half. ',
      'user: Go on',
    ]);
  });

  it('is listed, found by a word of its reply, renamed, and deleted', async () => {
    const { workbench } = scene;
    await runCommandFromPalette(workbench, 'Bedrock: Show History');
    const row = (text: string) =>
      workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text });
    await row('Before the reload').waitFor();
    await row('Before the crash').waitFor();
    await screenshot(workbench, 'history-view');
    await runCommandFromPalette(workbench, 'Bedrock: Search History…');
    await quickInput(workbench).getByPlaceholder('Words of prompts and replies').fill('HALF first');
    const found = workbench.page.locator('.quick-input-list .monaco-list-row');
    const excerpts = found.filter({ hasText: 'First half.' });
    await until(async () => (await excerpts.count()) === 2, 'both are found');
    await screenshot(workbench, 'history-search');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    const frame = await composerFrame(scene);
    await turnOf(frame, 'Before the crash').waitFor();
    await chooseFromRowMenu(workbench, row('Before the crash'), 'Rename…');
    await typeAndAccept(workbench, 'Another title');
    await row('Another title').waitFor();
    await chooseFromRowMenu(workbench, row('Another title'), 'Delete…');
    await dialog(workbench, 'Delete the conversation “Another title”?')
      .getByRole('button', { name: 'Delete' })
      .click();
    await until(async () => (await row('Another title').count()) === 0, 'it is gone from the list');
    assert.deepEqual(filesWith(historiesOf(workbench)[0]!, ['Before the crash']), []);
    await frame.locator('.empty').waitFor();
  });

  it('has the draft beside it that another conversation has taken the place of, also after a reload', async () => {
    const { workbench } = scene;
    const { page } = workbench;
    await runCommandFromPalette(workbench, 'Bedrock: New Conversation');
    const empty = await composerFrame(scene);
    await empty.locator('.empty').waitFor();
    await field(empty).click();
    await page.keyboard.type('A draft of its own');
    const isKept = () =>
      historiesOf(workbench).some(
        (history) => existsSync(history) && filesWith(history, ['A draft of its own']).length > 0,
      );
    await until(isKept, 'it is on disk');
    await storeKeys(scene);
    scene.gateway.script(sonnet, { deltas: ['A reply.'] });
    await send(scene, 'A prompt in its place');
    const frame = await composerFrame(scene);
    await ended(frame, 'A prompt in its place');
    assert.equal(await field(frame).inputValue(), '');
    await runCommandFromPalette(workbench, 'Bedrock: Show History');
    const draft = page.locator('.pane-body .monaco-list-row').filter({ hasText: 'A draft of its own' });
    await draft.filter({ hasText: 'Draft' }).waitFor();
    // It gets the focus last, which would close the palette.
    await page.locator('.pane-body .monaco-list:focus').waitFor();
    await screenshot(workbench, 'history-draft');

    const host = await workbench.agent.processId();
    await runCommandFromPalette(workbench, 'Developer: Reload Window');
    await until(async () => (await workbench.agent.processId()) !== host, 'another host runs');
    await draft.click();
    const again = await composerFrame(scene);
    await until(async () => (await field(again).inputValue()) === 'A draft of its own', 'it is opened');
    await again.locator('#composer textarea:focus').waitFor();
    await page.keyboard.type(', finished');
    await draft.filter({ hasText: ', finished' }).waitFor();
    await chooseFromRowMenu(workbench, draft, 'Delete…');
    await dialog(workbench, 'Delete the draft “A draft of its own, finished”?')
      .getByRole('button', { name: 'Delete' })
      .click();
    await until(async () => (await draft.count()) === 0, 'it is gone from the list');
    assert.equal(await field(again).inputValue(), '');
    assert.ok(!isKept());
  });

  it('is not kept when the history is off, drafts included, and what is there is offered for deletion', async () => {
    const { workbench } = scene;
    // VS Code in a browser forgets them with its window.
    await storeKeys(scene);
    await workbench.agent.updateSetting('bedrockGateway.history.enabled', false);
    await clickNotificationButton(workbench, 'no longer kept', 'Delete All');
    const history = historiesOf(workbench)[0]!;
    await until(() => !existsSync(history), 'all is deleted');
    scene.gateway.script(sonnet, { deltas: ['A reply that nobody keeps.'] });
    await send(scene, 'A prompt that nobody keeps');
    const frame = await composerFrame(scene);
    await ended(frame, 'A prompt that nobody keeps');
    await field(frame).click();
    await workbench.page.keyboard.type('A draft that nobody keeps');
    assert.equal(await field(frame).inputValue(), 'A draft that nobody keeps');
    // The draft would be written by now: another conversation shows that the host has heard of it.
    await runCommandFromPalette(workbench, 'Bedrock: New Conversation');
    await frame.locator('.empty').waitFor();
    await frame.getByRole('button', { name: 'Previous conversation' }).click();
    await turnOf(frame, 'A prompt that nobody keeps').waitFor();
    assert.equal(await field(frame).inputValue(), 'A draft that nobody keeps');
    assert.deepEqual(filesWith(path.join(workbench.dataDirectory, 'data'), ['that nobody keeps']), []);
  });
});
