// A model's own body, through the workbench: what it says under the reply, and the way out where it is unknown.
import assert from 'node:assert/strict';
import {
  type Scene,
  endedPanel,
  openAndCloseSettings,
  openScene,
  selectText,
  send,
  spoilSettings,
} from './scene';
import { runCommandFromPalette } from './gestures';
import { notification, screenshot } from './sights';

const nova = 'global.amazon.nova-2-lite-v1:0';
const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';

describe('with request.api set to invoke', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ settings: { 'bedrockGateway.request.api': 'invoke' } });
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  const set = (setting: string, value: unknown) =>
    scene.workbench.agent.updateSetting(`bedrockGateway.${setting}`, value);
  const entryOf = (text: string) =>
    scene.gateway.waitFor(({ body, finished }) => finished && body.includes(text));

  it('a Claude is asked with its own body, and the limit stands under the reply', async () => {
    await send(scene, 'In your own body');
    const frame = await endedPanel(scene, 'In your own body');
    await frame.getByText('Stand-in reply').first().waitFor();
    const facts = await frame.locator('.facts').innerText();
    assert.match(facts, /Claude Sonnet 5/);
    assert.match(facts, /\d+ in · \d+ out/);
    assert.match(facts, /limit 4,096 tokens/);
    const { operation, signature, body } = await entryOf('In your own body');
    assert.deepEqual([operation, signature], ['invoke-with-response-stream', 'accepted']);
    assert.match(body, /"anthropic_version":"bedrock-2023-05-31"/);
    await screenshot(scene.workbench, 'invoke-limit');
  });

  it('the limit that was set is the one that is named, and named again where it ends the reply', async () => {
    await set('request.maxTokens', 3);
    await send(scene, 'In three tokens');
    const frame = await endedPanel(scene, 'In three tokens');
    assert.match(await frame.locator('.facts').innerText(), /limit 3 tokens/);
    assert.match(
      await frame.locator('.outcome').innerText(),
      /limit of tokens\s+The request allowed 3 tokens/,
    );
    await set('request.maxTokens', undefined);
  });

  it('a model whose body is not known is asked through Converse, once the button says so', async () => {
    await set('model', nova);
    await set('models', { 'some.other-model': { label: 'Mine' } });
    await send(scene, 'Which body?');
    const failed = await endedPanel(scene, 'Which body?');
    assert.match(await failed.locator('.outcome').innerText(), /request body for this model is unknown/);
    assert.ok(
      scene.gateway.log.every(({ body }) => !body.includes('Which body?')),
      'nothing was sent',
    );
    await screenshot(scene.workbench, 'invoke-unknown');
    // Where VS Code does not write what the button stores, it says so, and nothing is sent.
    const settings = await spoilSettings(scene);
    await failed.getByRole('button', { name: 'Use Converse' }).click();
    await openAndCloseSettings(scene, /“Use Converse” did not work\. Unable to write into user settings/);
    assert.ok(scene.gateway.log.every(({ body }) => !body.includes('Which body?')));
    await settings.mend();
    await failed.getByRole('button', { name: 'Use Converse' }).click();
    const entry = await entryOf('Which body?');
    assert.deepEqual([entry.model, entry.operation, entry.status], [nova, 'converse-stream', 200]);
    const { globalValue } = (await scene.workbench.agent.inspectSetting('bedrockGateway.models')) as {
      globalValue: unknown;
    };
    assert.deepEqual(globalValue, { 'some.other-model': { label: 'Mine' }, [nova]: { api: 'converse' } });

    // From now on, and with the name that our list gives it.
    await send(scene, 'And now?');
    const frame = await endedPanel(scene, 'And now?');
    assert.match(await frame.locator('.facts').innerText(), /Amazon Nova 2 Lite/);
    assert.equal((await entryOf('And now?')).operation, 'converse-stream');
  });

  it('an ARN is asked with the body that the settings name for it', async () => {
    await set('model', arn);
    await set('models', { [arn]: { label: 'Our Titan', body: 'titanText' } });
    await send(scene, 'What is behind you?');
    const frame = await endedPanel(scene, 'What is behind you?');
    await frame.getByText('Stand-in reply').first().waitFor();
    const facts = await frame.locator('.facts').innerText();
    assert.match(facts, /Our Titan/);
    assert.doesNotMatch(facts, /limit/, 'Titan requires none');
    const { inputText } = JSON.parse((await entryOf('What is behind you?')).body) as { inputText: string };
    assert.equal(inputText, 'User: What is behind you?\nBot:');
  });

  for (const [what, model, says] of [
    [
      'an api',
      { api: 'invok' },
      /models cannot be used.*The api of arn:.*is not valid.*"converse" or "invoke"/s,
    ],
    [
      'a body',
      { body: 'claude' },
      /models cannot be used.*The body of arn:.*is not valid.*"claudeMessages"/s,
    ],
  ] as const) {
    it(`${what} that is none is named, and nothing is sent`, async () => {
      const before = scene.gateway.log.length;
      await set('model', arn);
      await set('models', { [arn]: model });
      await selectText(scene, 'Not to be sent');
      await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
      await notification(scene.workbench, says).first().waitFor();
      await runCommandFromPalette(scene.workbench, 'Notifications: Clear All Notifications');
      // Of another model it matters not.
      await set('model', undefined);
      await send(scene, `After ${what}`);
      await entryOf(`After ${what}`);
      assert.equal(scene.gateway.log.length, before + 1);
    });
  }
});
