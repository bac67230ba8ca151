// From nothing to a reply, with the keyboard alone; and what is missing is asked for on the spot.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { standInApiKey, standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { quickInput, runCommandFromPalette } from './gestures';
import { type Scene, endedPanel, openScene, selectText, send, sendByMenu, spoilSettings } from './scene';
import { clickNotificationButton, notification, screenshot } from './sights';

describe('setting up', () => {
  let scene: Scene;
  before(async () => {
    const nothing = { 'bedrockGateway.gateway.url': '', 'bedrockGateway.aws.region': '' };
    scene = await openScene({ settings: nothing, credentials: false });
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  /** Waits for the box that asks `prompt`. */
  const asked = async (prompt: RegExp) => {
    const input = quickInput(scene.workbench);
    await input
      .filter({ hasText: prompt })
      .or(input.filter({ has: scene.workbench.page.getByPlaceholder(prompt) }))
      .waitFor();
  };
  const answer = async (prompt: RegExp, text: string) => {
    await asked(prompt);
    await scene.workbench.page.keyboard.type(text);
    await scene.workbench.page.keyboard.press('Enter');
  };
  /** Leaves the dialog at the box that asks `prompt`: a key would close none that is still to come. */
  const leave = async (prompt = /./) => {
    await asked(prompt);
    await scene.workbench.page.keyboard.press('Escape');
    await quickInput(scene.workbench).waitFor({ state: 'hidden' });
  };

  it('asks a prompt for what it lacks, one after the other, and then sends it', async () => {
    await sendByMenu(scene, 'The prompt that waited');
    await answer(/Address of your gateway/, 'http://example.com');
    await quickInput(scene.workbench).getByText('must begin with https').waitFor();
    await screenshot(scene.workbench, 'setup-address');
    await scene.workbench.page.keyboard.press('Control+A');
    await answer(/must begin with https/, scene.gateway.base);
    await answer(/How do you want to authenticate/, '');
    await answer(/access key ID/, standInKeys.accessKeyId);
    await answer(/secret access key/, standInKeys.secretAccessKey);
    await screenshot(scene.workbench, 'setup-session-token');
    await answer(/session token/, '');
    await answer(/Token of the gateway/, standInToken);
    await answer(/Which AWS region/, 'us-east-1');
    await endedPanel(scene, 'The prompt that waited');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('The prompt that waited'));
    assert.equal(entry.signature, 'accepted');
  });

  it('walks through all of it with the keyboard, keeping what is stored', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Set Up…');
    await answer(/Address of your gateway/, '');
    await answer(/How do you want to authenticate/, '');
    for (const prompt of [/access key ID/, /secret access key/]) await answer(prompt, '');
    await answer(/session token/, '');
    await answer(/Token of the gateway/, '');
    await answer(/Which AWS region/, 'eu-west-1');
    await answer(/Choose a model/, 'Haiku');
    await notification(scene.workbench, 'Setup is complete').waitFor();
    await send(scene, 'After set-up');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('After set-up'));
    assert.deepEqual([entry.region, entry.signature], ['eu-west-1', 'accepted']);
    assert.match(entry.model ?? '', /haiku/);
  });

  it('takes the region out of the address, and lets it be changed', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Set Up…');
    await quickInput(scene.workbench).getByText('Address of your gateway').waitFor();
    await scene.workbench.page.keyboard.press('Control+A');
    await answer(/Address of your gateway/, scene.gateway.urlFor('eu-central-1'));
    await answer(/How do you want to authenticate/, '');
    for (const prompt of [/access key ID/, /secret access key/, /session token/, /Token of the gateway/])
      await answer(prompt, '');
    await quickInput(scene.workbench).getByText('in use', { exact: true }).waitFor();
    await answer(/Which AWS region/, '');
    await leave(/Choose a model/);
    await send(scene, 'Where is this asked?');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('Where is this asked?'));
    assert.deepEqual([entry.region, entry.signature], ['eu-central-1', 'accepted']);
  });

  it('keeps the stored keys whole when it is left midway', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Set Credentials…');
    await answer(/How do you want to authenticate/, '');
    await answer(/access key ID/, 'ASIAANOTHERKEY000000');
    await quickInput(scene.workbench).getByText('secret access key').waitFor();
    await leave();
    await send(scene, 'Signed by whom?');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('Signed by whom?'));
    assert.equal(entry.signature, 'accepted');
  });

  it('takes a Bedrock API key, says when AWS does not, and keeps the other keys', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Set Credentials…');
    await answer(/How do you want to authenticate/, 'API key');
    await answer(/Bedrock API key.*Amazon Bedrock › API keys/, `Bearer ${standInApiKey}`);
    await quickInput(scene.workbench).getByText('Leave out “Bearer”').waitFor();
    await screenshot(scene.workbench, 'setup-api-key');
    for (const [named, pasted] of [
      [/Leave out “Bearer”/, `AWS_BEARER_TOKEN_BEDROCK=${standInApiKey}`],
      [/There is a name before the value/, 'AKIASTANDINEXAMPLE00'],
      [/This looks like an AWS access key ID\. Enter a Bedrock API key/, 'ABSKnobodysKey'],
    ] as const) {
      await quickInput(scene.workbench).getByText(named).waitFor();
      await scene.workbench.page.keyboard.press('Control+A');
      await answer(named, pasted);
    }
    await answer(/Token of the gateway/, '');
    await notification(scene.workbench, 'The credentials are stored').waitFor();
    await send(scene, 'Whose key?');
    const refused = await endedPanel(scene, 'Whose key?');
    await refused.locator('.title').getByText('AWS does not accept the Bedrock API key').waitFor();
    assert.doesNotMatch(await refused.locator('body').innerText(), /nobodysKey/);

    await scene.workbench.agent.setCredentials({ apiKey: standInApiKey });
    await send(scene, 'A key of mine');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('A key of mine'));
    assert.equal(entry.authentication, 'apiKey');
    assert.equal(entry.headers['x-amz-date'], undefined);

    await scene.workbench.agent.setCredentials({ authentication: 'accessKeys' });
    await send(scene, 'Signed again');
    const signed = await scene.gateway.waitFor(({ body }) => body.includes('Signed again'));
    assert.equal(signed.signature, 'accepted');
  });

  it('keeps a question whose answer VS Code does not write, and says why', async () => {
    const settings = await spoilSettings(scene);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Set Up…');
    await quickInput(scene.workbench).getByText('Address of your gateway').waitFor();
    await scene.workbench.page.keyboard.press('Control+A');
    const other = `${scene.gateway.base}/`;
    await answer(/Address of your gateway/, other);
    const refused = /“Set Up Bedrock via AI Gateway” did not work\. Unable to write into user settings/;
    await notification(scene.workbench, refused).getByText('Open settings.json').waitFor();
    await screenshot(scene.workbench, 'setup-not-written');
    const input = quickInput(scene.workbench).locator('input').first();
    assert.equal(await input.inputValue(), other);
    await settings.mend();
    await input.press('Enter');
    await answer(/How do you want to authenticate/, '');
    await leave(/access key ID/);
    const { globalValue } = (await scene.workbench.agent.inspectSetting('bedrockGateway.gateway.url')) as {
      globalValue: string;
    };
    assert.equal(globalValue, other);
  });

  it('takes a typed model ID when Enter comes right after the last key', async () => {
    const { agent, page } = scene.workbench;
    const setting = async () =>
      (await agent.inspectSetting('bedrockGateway.model')) as { value: string; globalValue?: string };
    const { globalValue } = await setting();
    // The last ones are a part of IDs that are listed: their rows match until the row of the typed text is there.
    const typed = ['us.amazon.nova-pro-v1:0', 'eu.amazon.nova-lite-v1:0', 'us.amazon.nova-micro-v1:0'];
    for (const id of [...typed, 'us.anthropic.claude', 'global.anthropic.claude-haiku', 'us.amazon.nova']) {
      await agent.startCommand('bedrockGateway.selectModel');
      await quickInput(scene.workbench).locator('.monaco-list-row').first().waitFor();
      // In one piece, faster than the row for it can follow.
      await page.keyboard.insertText(id);
      await page.keyboard.press('Enter');
      await until(async () => (await setting()).value === id, `${id} is the model`);
      await quickInput(scene.workbench).waitFor({ state: 'hidden' });
    }
    await agent.updateSetting('bedrockGateway.model', globalValue);
  });

  it('takes no model ID that cannot be one', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Select Model…');
    await answer(/Choose a model/, 'my model');
    await quickInput(scene.workbench).getByText('It must be a model ID').waitFor();
    await leave();
    const { value } = (await scene.workbench.agent.inspectSetting('bedrockGateway.model')) as {
      value: string;
    };
    assert.doesNotMatch(value, / /);
  });

  it('says of an address from instructions what to put in, and mends one without its scheme', async () => {
    const before = scene.workbench.agent.inspectSetting('bedrockGateway.gateway.url');
    const url = ((await before) as { value: string }).value;
    await runCommandFromPalette(scene.workbench, 'Bedrock: Set Up…');
    await quickInput(scene.workbench).getByText('Address of your gateway').waitFor();
    await scene.workbench.page.keyboard.press('Control+A');
    await answer(/Address of your gateway/, 'https://gateway.ai.cloudflare.com/v1/<account_id>/prod');
    await quickInput(scene.workbench).getByText('“<account_id>” in the address is a placeholder').waitFor();
    await scene.workbench.page.keyboard.press('Control+A');
    await answer(/is a placeholder/, '"gateway.ai.cloudflare.com/v1/a/prod"');
    await answer(/How do you want to authenticate/, '');
    await leave(/access key ID/);
    const after = (await scene.workbench.agent.inspectSetting('bedrockGateway.gateway.url')) as {
      value: string;
    };
    assert.equal(after.value, 'https://gateway.ai.cloudflare.com/v1/a/prod/aws-bedrock');
    await scene.workbench.agent.updateSetting('bedrockGateway.gateway.url', url);
  });

  it('takes an ARN out of a web address, asks it in its region, and offers that where another is set', async () => {
    const arn = 'arn:aws:bedrock:ap-northeast-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
    await runCommandFromPalette(scene.workbench, 'Bedrock: Select Model…');
    await answer(/Choose a model/, encodeURIComponent(arn));
    const model = () => scene.workbench.agent.inspectSetting('bedrockGateway.model');
    await until(async () => ((await model()) as { value: string }).value === arn, 'the model is stored');
    await send(scene, 'Where is this ARN?');
    const sent = await scene.gateway.waitFor(({ body }) => body.includes('Where is this ARN?'));
    assert.deepEqual([sent.model, sent.region, sent.signature], [arn, 'ap-northeast-1', 'accepted']);

    await scene.workbench.agent.updateSetting('bedrockGateway.models', { [arn]: { region: 'us-east-1' } });
    await selectText(scene, 'And now?');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    await clickNotificationButton(
      scene.workbench,
      /models cannot be used.*works only there/s,
      'Use ap-northeast-1',
    );
    const stored = async () =>
      (await scene.workbench.agent.inspectSetting('bedrockGateway.models')) as { globalValue?: object };
    while (!isDeepStrictEqual((await stored()).globalValue, { [arn]: { region: 'ap-northeast-1' } }));
    await send(scene, 'And after that?');
    const again = await scene.gateway.waitFor(({ body }) => body.includes('And after that?'));
    assert.equal(again.region, 'ap-northeast-1');
    assert.ok(!scene.gateway.log.some(({ body }) => body.includes('And now?')));
    await scene.workbench.agent.updateSetting('bedrockGateway.models', undefined);
    await scene.workbench.agent.updateSetting('bedrockGateway.model', undefined);
  });

  it('takes no model that only Mantle has', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Select Model…');
    await answer(/Choose a model/, 'us.anthropic.claude-mythos-5');
    await quickInput(scene.workbench).getByText('only on its Mantle endpoint').waitFor();
    await screenshot(scene.workbench, 'model-of-mantle');
    await leave();
  });

  for (const [address, says] of Object.entries({
    'http://gateway.example.com/v1/a/b': /gateway\.url cannot be used.*https/s,
    // Of the stand-in: were it used, a request would come.
    'http://user:hunter2@STAND-IN/v1/a/b': /gateway\.url cannot be used.*user name or password/s,
    'no address at all': /gateway\.url cannot be used.*not a web address/s,
  })) {
    it(`names the address ${address} and sends nothing`, async () => {
      const url = address.replace('STAND-IN', `127.0.0.1:${scene.gateway.port}`);
      const before = scene.gateway.log.length;
      await scene.workbench.agent.updateSetting('bedrockGateway.gateway.url', url);
      await selectText(scene, 'Not to be sent');
      await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
      const toast = notification(scene.workbench, says);
      await toast.first().waitFor();
      assert.doesNotMatch(await toast.first().innerText(), /hunter2/);
      await runCommandFromPalette(scene.workbench, 'Notifications: Clear All Notifications');
      await scene.workbench.agent.updateSetting('bedrockGateway.gateway.url', scene.gateway.base);
      // A prompt that is sent comes after any that was sent before it.
      await send(scene, `After ${address}`);
      await scene.gateway.waitFor(({ body, finished }) => finished && body.includes(`After ${address}`));
      assert.equal(scene.gateway.log.length, before + 1);
    });
  }

  it('warns before a prompt of a megabyte, and sends it verbatim', async () => {
    const text = `${'0123456789abcde\n'.repeat(65_536)}the end`;
    await selectText(scene, text);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    await screenshot(scene.workbench, 'warning');
    await clickNotificationButton(scene.workbench, 'The prompt is very long', 'Send');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('the end'));
    const { messages } = JSON.parse(entry.body) as { messages: { content: { text: string }[] }[] };
    assert.equal(messages[0]!.content[0]!.text, text);
    await endedPanel(scene, '0123456789abcde');
  });

  it('forgets the credentials after asking, and then asks for them again', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Clear Credentials');
    await scene.workbench.page.locator('.monaco-dialog-box').getByText('Remove Credentials').click();
    await notification(scene.workbench, 'The stored credentials were removed').waitFor();
    await selectText(scene, 'Who signs this?');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    await quickInput(scene.workbench)
      .getByPlaceholder(/How do you want to authenticate/)
      .waitFor();
    await leave();
  });
});
