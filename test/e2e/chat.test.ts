// Our models in VS Code's own Chat view, signed out of GitHub.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { until } from '../limits';
import { historiesOf } from './activityFiles';
import { assertInWords, lastRecord, records } from './chatRecords';
import { ChatView, openChatScene } from './chatView';
import { filesWith } from './filesWith';
import { quickInput, quickPickRow, runCommandFromPalette } from './gestures';
import { haiku, haikuName, sonnet, sonnetName } from './models';
import { type Scene, gate } from './scene';
import { clickNotificationButton, notification, screenshot, webviewFrame } from './sights';

describe('VS Code Chat', () => {
  let scene: Scene;
  let chat: ChatView;

  before(async () => {
    scene = await openChatScene({
      settings: {
        'bedrockGateway.models': { 'stand-in.throttling': { label: 'Throttling' }, 'stand-in.not-found': {} },
      },
    });
    chat = await ChatView.open(scene.workbench);
  });
  after(() => scene.close());

  describe('turned on', () => {
    const set = (value: unknown) => scene.workbench.agent.updateSetting('bedrockGateway.chat.models', value);
    const question = /VS Code Chat asks you to sign in to GitHub/;
    const asked = () => notification(scene.workbench, question);

    it('is not by itself', async () => {
      assert.deepEqual(await scene.workbench.agent.chatModels(), []);
    });

    it('asks once whether Chat may be used without signing in', async () => {
      await runCommandFromPalette(scene.workbench, 'Bedrock: Choose Models for VS Code Chat…');
      const spoken = (await quickPickRow(scene.workbench, haikuName).getAttribute('aria-label')) ?? '';
      assert.match(spoken, /images.*from \$0\.10 in/);
      await quickPickRow(scene.workbench, haikuName).click();
      await quickPickRow(scene.workbench, sonnetName).click();
      await screenshot(scene.workbench, 'chat-models');
      await quickInput(scene.workbench).getByRole('button', { name: 'OK' }).click();
      await clickNotificationButton(scene.workbench, question, 'Not Now');
      await asked().waitFor({ state: 'detached' });
      assert.deepEqual(await valueOf('bedrockGateway.chat.models'), [sonnet, haiku]);
      await set([sonnet]);
      assert.deepEqual(await scene.workbench.agent.chatModels(), [sonnet]);
      await chat.chooseModel(sonnetName);
      assert.equal(await asked().count(), 0);
    });

    it('asks again when it is turned on again, and sets what is asked for', async () => {
      await set('none');
      await set('all');
      await clickNotificationButton(scene.workbench, question, 'Allow');
      await until(async () => (await valueOf('chat.allowAnonymousAccess')) === true, 'it is set');
      await screenshot(scene.workbench, 'chat-anonymous');
      await scene.workbench.agent.closeAllTabs();
    });

    it('names an ID that is not one of the models, and a value that is none', async () => {
      await set([sonnet, 'us.anthropic.claude-sonnet-99']);
      await notification(
        scene.workbench,
        /bedrockGateway\.chat\.models cannot be used\. us\.anthropic\.claude-sonnet-99 is not one of your models/,
      ).waitFor();
      await scene.workbench.agent.executeCommand('notifications.clearAll');
      assert.deepEqual(await scene.workbench.agent.chatModels(), [sonnet]);
      await set('some');
      await notification(scene.workbench, /It must be "none", "all", or a list of model IDs/).waitFor();
      await set('all');
      await scene.workbench.agent.executeCommand('notifications.clearAll');
    });

    const valueOf = async (setting: string) =>
      ((await scene.workbench.agent.inspectSetting(setting)) as { value: unknown }).value;
  });

  describe('asked', () => {
    beforeEach(() => chat.startConversation());

    it('answers a question', async () => {
      scene.gateway.script(sonnet, { deltas: ['Four ', 'fifths.'] });
      await chat.chooseMode('Ask');
      await chat.chooseModel(sonnetName);
      await chat.send('How much is 0.8?');
      assert.match(await chat.ended(), /^Four fifths\.$/m);
      await screenshot(scene.workbench, 'chat');
      const { body, signature } = scene.gateway.log.at(-1)!;
      assert.equal(signature, 'accepted');
      const { system, messages } = JSON.parse(body) as {
        system: { text: string }[];
        messages: { role: string; content: { text: string }[] }[];
      };
      assert.match(system[0]!.text, /programming assistant/);
      assert.deepEqual(
        messages.map(({ role }) => role),
        ['user'],
      );
      assert.match(messages[0]!.content.map(({ text }) => text).join(''), /How much is 0\.8\?/);

      const { surface, initiator, outcome, usd } = await lastRecord(scene, ({ model }) => model === sonnet);
      assert.deepEqual(
        { surface, initiator, outcome },
        {
          surface: 'chat',
          initiator: 'github.copilot-chat',
          outcome: 'done',
        },
      );
      assert.ok(usd! > 0);
    });

    for (const mode of ['Agent', 'Edit'] as const)
      it(`answers in mode ${mode} too`, async () => {
        scene.gateway.script(sonnet, { deltas: [`As ${mode}.`] });
        await chat.chooseMode(mode);
        await chat.chooseModel(sonnetName);
        await chat.send(`In mode ${mode}`);
        assert.match(await chat.ended(), new RegExp(`As ${mode}\\.`));
        await chat.startConversation();
        await chat.chooseMode('Ask');
      });

    it('goes on with what was said', async () => {
      scene.gateway.script(sonnet, { deltas: ['The first.'] });
      await chat.chooseModel(sonnetName);
      await chat.send('First question');
      await chat.ended();
      scene.gateway.script(sonnet, { deltas: ['The second.'] });
      await chat.send('Second question');
      await chat.shows('The second.');
      await chat.ended();
      const { messages } = JSON.parse(scene.gateway.log.at(-1)!.body) as { messages: { role: string }[] };
      assert.deepEqual(
        messages.map(({ role }) => role),
        ['user', 'assistant', 'user'],
      );
      const asked = (await records(scene)).filter(({ model }) => model === sonnet).slice(-2);
      assert.equal(asked[0]!.conversation, asked[1]!.conversation);
    });

    it('stops in the middle of a reply, and closes the connection', async () => {
      const held = gate();
      scene.gateway.script(sonnet, {
        deltas: ['Begun, ', 'and never ', 'done.'],
        hold: (index) => (index === 2 ? held.opened : Promise.resolve()),
      });
      await chat.chooseModel(sonnetName);
      await chat.send('Talk for long');
      await chat.shows('Begun, and never');
      await chat.stop();
      await until(() => scene.gateway.log.at(-1)!.closedByClientAt !== undefined, 'the connection is closed');
      held.open();
      assert.match(await chat.ended(), /Begun, and never/);
      await lastRecord(scene, ({ outcome }) => outcome === 'stopped');
    });

    it('keeps all of a reply that breaks off, and says so', async () => {
      scene.gateway.script(sonnet, { deltas: ['All of ', 'this arrived.'], ending: 'cut' });
      await chat.chooseModel(sonnetName);
      await chat.send('Break off');
      const text = await chat.ended();
      assert.match(text, /All of this arrived\./);
      assert.match(text, /Incomplete: The stream ended early\. The gateway, a proxy or AWS closed it/);
    });

    it('says in words what failed, and what to do', async () => {
      await chat.chooseModel('Throttling');
      await chat.send('Too many');
      assertInWords(await chat.ended(), /AWS is limiting requests\. The account’s quota/);
      await screenshot(scene.workbench, 'chat-throttled');

      await chat.startConversation();
      await chat.chooseModel('not-found');
      await chat.send('Who are you?');
      assertInWords(await chat.ended(), /The model was not found\. AWS does not offer stand-in\.not-found/);

      await chat.startConversation();
      scene.gateway.switches.rewriteBody = true;
      await chat.chooseModel(sonnetName);
      await chat.send('Changed on its way');
      assertInWords(await chat.ended(), /changed/);
      scene.gateway.switches.rewriteBody = false;
      const { failure, surface } = await lastRecord(scene, ({ outcome }) => outcome === 'failed');
      assert.deepEqual({ failure, surface }, { failure: 'changedOnTheWay', surface: 'chat' });
    });

    it('answers any other extension, and tells it the kind of an error', async () => {
      const { agent } = scene.workbench;
      scene.gateway.script(sonnet, { deltas: ['For ', 'an extension.'] });
      assert.deepEqual(await agent.askModel(sonnet, 'Answer me'), { text: 'For an extension.' });
      const { initiator, surface } = await lastRecord(scene, ({ model }) => model === sonnet);
      assert.deepEqual({ initiator, surface }, { initiator: 'test.test-module', surface: 'chat' });

      const refused = await agent.askModel('stand-in.not-found', 'Who are you?');
      assert.deepEqual('code' in refused && refused.code, 'NotFound');
      assert.match('error' in refused ? refused.error : '', /^The model was not found\. AWS does not offer/);
    });

    it('is shown in Activity with who asked', async () => {
      await runCommandFromPalette(scene.workbench, 'Bedrock: Show Activity');
      const frame = await webviewFrame(scene.workbench, '[role=tab]');
      await frame.getByRole('tab', { name: 'Requests' }).click();
      await frame.locator('#row0').click();
      const field = frame.locator('dl.pairs > div');
      await field.filter({ hasText: /^Sent from\s*VS Code Chat$/ }).waitFor();
      await field.filter({ hasText: /^Sent by\s*test\.test-module$/ }).waitFor();
      await scene.workbench.agent.executeCommand('workbench.action.closePanel');
    });

    it('says that nothing is set up, and what to run', async () => {
      const { agent } = scene.workbench;
      await agent.updateSetting('bedrockGateway.gateway.url', undefined);
      const refused = await agent.askModel(sonnet, 'Without a gateway');
      assert.equal(
        'error' in refused && refused.error,
        'The gateway is not set up yet. Run “Bedrock: Set Up…” from the Command Palette.',
      );
      await agent.updateSetting('bedrockGateway.gateway.url', scene.gateway.url);
    });

    it('opens no panel and leaves no history', async () => {
      const tabs = await scene.workbench.agent.tabs();
      assert.deepEqual(
        tabs.filter(({ webview }) => webview),
        [],
      );
      const histories = historiesOf(scene.workbench).filter((history) => existsSync(history));
      assert.deepEqual(
        histories.flatMap((history) => filesWith(history, ['First question'])),
        [],
      );
    });

    it('stops when the window is closed or reloaded, and is recorded', async () => {
      const held = gate();
      scene.gateway.script(sonnet, {
        deltas: ['Begun, ', 'and never done.'],
        hold: (index) => (index === 1 ? held.opened : Promise.resolve()),
      });
      await chat.chooseModel(sonnetName);
      await chat.send('Talk until I leave');
      await chat.shows('Begun,');
      const before = (await records(scene)).length;
      await scene.workbench.agent.startCommand('workbench.action.reloadWindow');
      await until(() => scene.gateway.log.at(-1)!.closedByClientAt !== undefined, 'the connection is closed');
      held.open();
      await until(async () => (await records(scene)).length > before, 'it is recorded');
      assert.equal((await records(scene)).at(-1)!.outcome, 'stopped');
    });
  });
});
