// In a VS Code that runs in Japanese: a person's way from nothing to a reply, and what a failure says.
import assert from 'node:assert/strict';
import { standInKeys, standInToken } from '../gateway';
import {
  chooseFromEditorMenu,
  quickInput,
  quickPickRow,
  runCommandFromPalette,
  showEditorMenu,
} from './gestures';
import { described, paletteTitle, said, saidLike, title } from './japanese';
import { sonnet as model, sonnetName } from './models';
import { type Scene, endedPanel, gate, openScene, panelFrame, selectText } from './scene';
import { notification, screenshot, statusBarItem, webviewFrame } from './sights';

describe('in Japanese', () => {
  let scene: Scene;
  before(async () => {
    const nothing = { 'bedrockGateway.gateway.url': '', 'bedrockGateway.aws.region': '' };
    scene = await openScene({ locale: 'ja', settings: nothing, credentials: false });
    assert.equal(await scene.workbench.agent.language(), 'ja');
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  /** Waits for a box that asks `prompt`, takes its picture, types, accepts. */
  const answer = async (picture: string, prompt: string, text: string) => {
    await quickInput(scene.workbench)
      .filter({ hasText: prompt })
      .or(quickInput(scene.workbench).filter({ has: scene.workbench.page.getByPlaceholder(prompt) }))
      .waitFor();
    await screenshot(scene.workbench, `ja-${picture}`);
    await scene.workbench.page.keyboard.type(text);
    await scene.workbench.page.keyboard.press('Enter');
  };

  const send = async (text: string) => {
    await selectText(scene, text);
    await chooseFromEditorMenu(scene.workbench, 'Bedrock', title('sendSelection'));
  };

  it('lists its commands in the palette, found by their English names too', async () => {
    const { page } = scene.workbench;
    const input = quickInput(scene.workbench).locator('input').first();
    await page.keyboard.press('F1');
    await input.fill('>Bedrock');
    await quickPickRow(scene.workbench, paletteTitle('setUp')).waitFor();
    await screenshot(scene.workbench, 'ja-palette');
    // One at a time: of a long list only what is in sight is there.
    for (const command of ['sendSelection', 'ask', 'selectModel', 'showReply', 'setCredentials', 'showLog']) {
      await input.fill(`>${paletteTitle(command)}`);
      await quickPickRow(scene.workbench, paletteTitle(command)).waitFor();
    }
    await input.fill('>Clear Credentials');
    await quickPickRow(scene.workbench, paletteTitle('clearCredentials')).waitFor();
    await page.keyboard.press('Escape');
  });

  it('asks each step of Set Up', async () => {
    await runCommandFromPalette(scene.workbench, paletteTitle('setUp'));
    const address = said(
      'Address of your gateway. In the Cloudflare dashboard: AI › AI Gateway › your gateway › API › API Endpoints › Amazon Bedrock. A custom domain works too.',
    );
    await answer('address', address, 'http://example.com');
    const notHttps = said('The address must begin with https://. Plain http works only for this machine.');
    await quickInput(scene.workbench).getByText(notHttps).waitFor();
    await scene.workbench.page.keyboard.press('Control+A');
    await answer('address-wrong', notHttps, scene.gateway.base);
    await answer('authentication', said('How do you want to authenticate to AWS?'), '');
    for (const [picture, prompt, secret] of [
      [
        'key-id',
        'AWS access key ID. AWS console › IAM › Users › your user › Security credentials › Access keys.',
        standInKeys.accessKeyId,
      ],
      [
        'secret',
        'AWS secret access key. AWS showed it once, when the key was created.',
        standInKeys.secretAccessKey,
      ],
      [
        'session-token',
        'AWS session token, for temporary keys (they begin with ASIA). Leave empty for long-term keys.',
        '',
      ],
      [
        'gateway-token',
        'Token of the gateway, if it requires one. In the Cloudflare dashboard: your gateway › Settings › Authenticated Gateway › Create an authentication token.',
        standInToken,
      ],
    ] as const)
      await answer(picture, said(prompt), secret);
    await answer('region', said('Which AWS region do you want to use?'), 'ap-northeast-1');
    const choose = said('Choose a model, or type a model ID, an inference profile ID or an ARN');
    await quickInput(scene.workbench).getByText(said('Current models')).waitFor();
    await answer('model', choose, sonnetName);
    await notification(
      scene.workbench,
      said(
        'Setup is complete. Select text and choose “Bedrock › Send Selection as Prompt”, or ask something now.',
      ),
    ).waitFor();
    await screenshot(scene.workbench, 'ja-set-up');
    await runCommandFromPalette(scene.workbench, 'Notifications: Clear All Notifications');
  });

  it('waits for a reply, shows it and what it was made of', async () => {
    const rest = gate();
    scene.gateway.script(model, {
      deltas: ['日本語の応答です。', 'セレクションをそのまま送信しました。'],
      hold: (index) => (index === 0 ? rest.opened : Promise.resolve()),
    });
    await selectText(scene, '次の関数を簡潔に説明してください。');
    await showEditorMenu(scene.workbench, 'Bedrock');
    await scene.workbench.page.getByRole('menuitem', { name: title('sendSelection') }).waitFor();
    await screenshot(scene.workbench, 'ja-menu');
    await scene.workbench.page.keyboard.press('Escape');
    await scene.workbench.page.keyboard.press('Escape');
    await send('次の関数を簡潔に説明してください。');

    const frame = await panelFrame(scene, '次の関数');
    await frame.getByText(saidLike('Waiting for the reply… {0} s')).waitFor();
    await frame.getByRole('button', { name: said('Stop'), exact: true }).waitFor();
    await screenshot(scene.workbench, 'ja-waiting');
    rest.open();
    await endedPanel(scene, '次の関数');
    await frame.getByRole('heading', { name: said('You'), exact: true }).waitFor();
    await frame.getByRole('button', { name: said('Copy reply'), exact: true }).waitFor();
    assert.equal(await frame.locator('html').getAttribute('lang'), 'ja');
    const facts = await frame.locator('.facts').innerText();
    for (const fact of ['{0} in · {1} out', '{0} s / {1} s', 'log {0}']) assert.match(facts, saidLike(fact));
    const details = await frame
      .locator('.facts li')
      .evaluateAll((items) => items.map((item) => item.getAttribute('title')));
    assert.ok(details.includes(said('Time to the first word, and total time')), details.join('\n'));
    const tabs = await scene.workbench.agent.tabs();
    assert.ok(tabs.some(({ label }) => label === said('Bedrock Reply')));
    await screenshot(scene.workbench, 'ja-reply');
  });

  it('names the model in the status bar', async () => {
    const label = said('Bedrock model {0}', sonnetName);
    const item = statusBarItem(scene.workbench, sonnetName);
    assert.equal(await item.locator('a').getAttribute('aria-label'), label);
    await item.hover();
    await scene.workbench.page
      .locator('.monaco-hover')
      .getByText(said('Bedrock model: {0}', model))
      .waitFor();
    await screenshot(scene.workbench, 'ja-status');
  });

  it('says what failed, what to do, and offers it', async () => {
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'stand-in.throttling');
    await send('応答に失敗するプロンプト');
    const frame = await webviewFrame(scene.workbench, '.problem.failed');
    const ending = frame.locator('.problem');
    assert.equal(await ending.locator('.title').innerText(), said('AWS is limiting requests'));
    assert.match(
      await ending.locator('.advice').innerText(),
      saidLike(
        'The account’s quota for this model is temporarily used up. {0} Another model has its own quota.',
      ),
    );
    assert.deepEqual(await ending.locator('button').allInnerTexts(), [
      said('Send Again'),
      said('Select Model…'),
    ]);
    await screenshot(scene.workbench, 'ja-failure');
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'stand-in.cut');
    await send('途中で切れるプロンプト');
    await webviewFrame(scene.workbench, '.problem.cut');
    await screenshot(scene.workbench, 'ja-cut');
    await scene.workbench.agent.updateSetting('bedrockGateway.model', model);
  });

  it('names a setting that cannot be used', async () => {
    await scene.workbench.agent.updateSetting('bedrockGateway.request.temperature', 7);
    await send('送信されないプロンプト');
    const toast = notification(
      scene.workbench,
      said(
        'The setting {0} cannot be used. {1}',
        'bedrockGateway.request.temperature',
        said('It must be a number from 0 to 1, or null.'),
      ),
    );
    await toast.locator('.monaco-button', { hasText: said('Open Settings') }).waitFor();
    await screenshot(scene.workbench, 'ja-setting-wrong');
    await scene.workbench.agent.updateSetting('bedrockGateway.request.temperature', undefined);
    await runCommandFromPalette(scene.workbench, 'Notifications: Clear All Notifications');
  });

  it('describes its settings', async () => {
    const { agent, page } = scene.workbench;
    await agent.executeCommand('workbench.action.openSettings', '@ext:bedrock-gateway.bedrock-gateway');
    await page.locator('.settings-editor').getByText(described('gateway.logs')).waitFor();
    await page.getByText(described('gateway.logs.default.label')).first().waitFor({ state: 'attached' });
    await screenshot(scene.workbench, 'ja-settings');
  });

  it('asks before it forgets the credentials', async () => {
    await runCommandFromPalette(scene.workbench, paletteTitle('clearCredentials'));
    const box = scene.workbench.page.locator('.monaco-dialog-box');
    await box.getByText(said('Remove all stored credentials?')).waitFor();
    await screenshot(scene.workbench, 'ja-forget');
    await box.getByText(said('Remove Credentials')).click();
    await notification(scene.workbench, said('The stored credentials were removed.')).waitFor();
  });
});
