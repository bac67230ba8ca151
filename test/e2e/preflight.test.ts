// A word before an accident: a selection that holds a key, or that is far too long. The keys are put together
// here, so that no scanner of repositories takes this file for a leak.
import assert from 'node:assert/strict';
import { ask, composerFrame, ended, field, questionIn } from './composer';
import { quickInput, runCommandFromPalette } from './gestures';
import { sonnet as model } from './models';
import { type Scene, endedPanel, gate, openScene, panelFrame, selectText, send } from './scene';
import { clickNotificationButton, notification, screenshot } from './sights';

const key = ['ghp', 'R4nd0mLook1ngButMadeUpForThisTest7Qz9'].join('_');
const withKey = (name: string) => `# ${name}\nimport os\ntoken = "${key}"\n`;
/** About 15 tokens each. */
const lines = (count: number) => 'These words are ten or so in each of the lines.\n'.repeat(count);
const quietly = 'Send Without Log Bodies';

describe('before a prompt leaves', () => {
  let scene: Scene;
  const sent = (text: string) => scene.gateway.log.filter(({ body }) => body.includes(text));
  const bodiesOf = (entry: { headers: Readonly<Record<string, string>> }) =>
    entry.headers['cf-aig-collect-log-payload'];

  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  beforeEach(async () => {
    await scene.workbench.agent.closeAllTabs();
    await scene.workbench.agent.executeCommand('notifications.clearAll');
  });

  it('a key in it is named, with its line and not itself; it is sent when the user says so', async () => {
    await send(scene, withKey('Asked'), 'py');
    const question = notification(scene.workbench, 'The selection seems to contain a GitHub token (line 3).');
    await question.waitFor();
    await screenshot(scene.workbench, 'key');
    assert.ok(!(await question.innerText()).includes(key.slice(0, 8)));
    assert.equal(sent('Asked').length, 0);
    await clickNotificationButton(scene.workbench, 'GitHub token', 'Send');
    await endedPanel(scene, 'Asked');
    assert.deepEqual(sent('Asked').map(bodiesOf), [undefined]);
  });

  it('its line is that of the document, whatever of it is selected', async () => {
    await selectText(scene, withKey('Below'), 'py');
    await scene.workbench.agent.select([1, 0, 3, 0]);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    await clickNotificationButton(scene.workbench, 'a GitHub token (line 3)', 'Cancel');
  });

  it('it can be sent without log bodies, and so it is when it is sent again, without another question', async () => {
    const rest = gate();
    scene.gateway.script(model, {
      deltas: ['One. ', 'Two.'],
      hold: (index) => (index ? rest.opened : Promise.resolve()),
    });
    await send(scene, withKey('Quietly'), 'py');
    await clickNotificationButton(scene.workbench, 'GitHub token', quietly);
    const frame = await panelFrame(scene, 'Quietly');
    await frame.locator('.markdown').getByText('One.').waitFor();
    await frame.getByRole('button', { name: 'Stop' }).click();
    await frame.getByRole('button', { name: 'Send Again' }).click();
    rest.open();
    await scene.gateway.waitFor(({ body, finished }) => finished && body.includes('Quietly'));
    assert.deepEqual(sent('Quietly').map(bodiesOf), ['false', 'false']);
    assert.equal(await notification(scene.workbench, 'GitHub token').count(), 0);
    scene.gateway.script(model, { deltas: ['Hello.'] });
  });

  it('it stays here when the question is cancelled or dismissed', async () => {
    await send(scene, withKey('Cancelled'), 'py');
    await clickNotificationButton(scene.workbench, 'GitHub token', 'Cancel');
    await scene.workbench.agent.closeAllTabs();
    await send(scene, withKey('Dismissed'), 'py');
    await notification(scene.workbench, 'GitHub token').waitFor();
    await scene.workbench.agent.executeCommand('notifications.clearAll');
    await scene.workbench.agent.closeAllTabs();
    // What is sent after it arrives after it.
    await send(scene, 'Nothing to hide');
    await endedPanel(scene, 'Nothing to hide');
    assert.deepEqual([...sent('Cancelled'), ...sent('Dismissed')], []);
  });

  it('what was typed and then not sent is there again', async () => {
    const { workbench } = scene;
    const input = quickInput(workbench).filter({ hasText: 'Ask a Bedrock Model' }).locator('input').first();
    await runCommandFromPalette(workbench, 'Bedrock: Ask…');
    await input.fill(`Is ${key} still good?`);
    await input.press('Enter');
    await clickNotificationButton(
      workbench,
      'The prompt seems to contain a GitHub token (line 1).',
      'Cancel',
    );
    await runCommandFromPalette(workbench, 'Bedrock: Ask…');
    await input.waitFor();
    assert.equal(await input.inputValue(), `Is ${key} still good?`);
    await input.fill('Is it?');
    await input.press('Enter');
    await endedPanel(scene, 'Is it?');
  });

  it('is asked about in the panel, next to a prompt that was typed there, for as long as it takes', async () => {
    const { agent } = scene.workbench;
    await agent.executeCommand('bedrockGateway.newConversation');
    let frame = await composerFrame(scene);
    await ask(scene, frame, `Is ${key} typed here?`);
    const question = () => questionIn(frame, 'The prompt seems to contain a GitHub token (line 1).');
    await question().getByText(`Is ${key} typed here?`).waitFor();
    await screenshot(scene.workbench, 'question-in-panel');
    // Not one that VS Code would hide.
    assert.equal(await notification(scene.workbench, 'GitHub token').count(), 0);
    await ask(scene, frame, 'And this?');
    await frame
      .locator('.queue p', { hasText: 'sent when the prompt before it has been sent and' })
      .waitFor();
    // A panel that is closed comes back with the question.
    await agent.executeCommand('workbench.action.closeActiveEditor');
    await agent.executeCommand('bedrockGateway.showReply');
    frame = await composerFrame(scene);
    await question().getByRole('button', { name: 'Cancel' }).press('Enter');
    await question().waitFor({ state: 'detached' });
    assert.equal(await field(frame).inputValue(), `Is ${key} typed here?`);
    await frame.locator('.queue p', { hasText: 'because the prompt before it was not sent' }).waitFor();
    await field(frame).press('Enter');
    await question().getByRole('button', { name: 'Send', exact: true }).click();
    await ended(frame, 'typed here?');
    await frame.getByRole('button', { name: 'Remove: And this?' }).click();
    assert.deepEqual(sent('typed here').map(bodiesOf), [undefined]);
    assert.equal(sent('And this?').length, 0);
  });

  it('is told in a notification when another conversation takes its place', async () => {
    const { agent } = scene.workbench;
    await agent.executeCommand('bedrockGateway.newConversation');
    let frame = await composerFrame(scene);
    await ask(scene, frame, `Is ${key} left behind?`);
    await questionIn(frame, 'GitHub token').waitFor();
    assert.equal(await notification(scene.workbench, 'A prompt is not sent yet').count(), 0);
    await agent.executeCommand('bedrockGateway.newConversation');
    await clickNotificationButton(scene.workbench, 'A prompt is not sent yet', 'Show Question');
    frame = await composerFrame(scene);
    await questionIn(frame, 'GitHub token').getByRole('button', { name: 'Cancel' }).click();
    await questionIn(frame, 'GitHub token').waitFor({ state: 'detached' });
    assert.equal(await field(frame).inputValue(), `Is ${key} left behind?`);
    await field(frame).fill('');
  });

  it('is told in a notification if another conversation is shown when it is asked', async () => {
    const { agent } = scene.workbench;
    await agent.executeCommand('bedrockGateway.newConversation');
    let frame = await composerFrame(scene);
    const rest = gate();
    scene.gateway.script(model, {
      deltas: ['One. ', 'Two.'],
      hold: (index) => (index ? rest.opened : Promise.resolve()),
    });
    await ask(scene, frame, 'Take your time');
    await frame.locator('.markdown').getByText('One.').waitFor();
    await ask(scene, frame, `Is ${key} queued?`);
    await frame.locator('.queue').waitFor();
    await agent.executeCommand('bedrockGateway.newConversation');
    await frame.locator('.queue').waitFor({ state: 'detached' });
    rest.open();
    await clickNotificationButton(scene.workbench, 'A prompt is not sent yet', 'Show Question');
    frame = await composerFrame(scene);
    await questionIn(frame, 'GitHub token').getByRole('button', { name: quietly }).click();
    await ended(frame, 'queued?');
    assert.deepEqual(sent('queued?').map(bodiesOf), ['false']);
    scene.gateway.script(model, { deltas: ['Hello.'] });
  });

  it('offers no logs without bodies where there are none', async () => {
    const { agent } = scene.workbench;
    await agent.updateSetting('bedrockGateway.gateway.logs', 'none');
    await send(scene, withKey('Unlogged'), 'py');
    const question = notification(scene.workbench, 'GitHub token');
    await question.waitFor();
    assert.deepEqual(await question.locator('.monaco-button').allInnerTexts(), ['Send', 'Cancel']);
    await clickNotificationButton(scene.workbench, 'GitHub token', 'Send');
    await endedPanel(scene, 'Unlogged');
    assert.equal(sent('Unlogged')[0]?.headers['cf-aig-collect-log'], 'false');
    await agent.updateSetting('bedrockGateway.gateway.logs', undefined);
  });

  it('a very long prompt is named, with what it costs on the model, in the same question as a key', async () => {
    const long = lines(8000);
    await send(scene, `Long\n${long}`);
    await notification(
      scene.workbench,
      /very long: about 1[12]0,000 tokens, which cost about \$0\.2\d on Claude Sonnet 5, without the reply\. Send it\?/,
    ).waitFor();
    await screenshot(scene.workbench, 'long');
    await clickNotificationButton(scene.workbench, 'very long', 'Cancel');
    await scene.workbench.agent.closeAllTabs();

    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'stand-in.echo');
    await send(scene, `Both\n${key}\n${long}`);
    const both = notification(scene.workbench, 'a GitHub token (line 2)').filter({
      hasText: /about 1[12]0,000 tokens\. Their cost on .* is unknown\./,
    });
    await both.waitFor();
    await screenshot(scene.workbench, 'both');
    await both.locator('.monaco-button', { hasText: quietly }).click();
    const entry = await scene.gateway.waitFor(({ body, finished }) => finished && body.includes('Both'));
    assert.equal(bodiesOf(entry), 'false');
    assert.equal(sent('Long').length, 0);
    await scene.workbench.agent.updateSetting('bedrockGateway.model', undefined);
  });

  it('an expensive one is as well, before it is very long', async () => {
    const price = { input: 30, output: 30 };
    await scene.workbench.agent.updateSetting('bedrockGateway.models', { [model]: { price } });
    await send(scene, `Dear\n${lines(1500)}`);
    await clickNotificationButton(
      scene.workbench,
      /about 2\d,000 tokens, which cost about \$0\.[5-9]/,
      'Cancel',
    );
    await scene.workbench.agent.updateSetting('bedrockGateway.models', undefined);
  });
});
