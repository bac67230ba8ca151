// Known secrets and a known prompt: after a session that succeeded, failed, was stopped and reloaded, they are
// in no file, address or message, but where they belong. (For the log see test/unit/logLines.test.ts: the VS
// Code that is tested in shows none.)
import assert from 'node:assert/strict';
import { type Gateway, standInToken } from '../gateway';
import { filesWith } from './filesWith';
import { quickInput, quickPickRow, runCommandFromPalette } from './gestures';
import { type Scene, endedPanel, gate, openScene, panelFrame, selectText, send } from './scene';

const keys = {
  accessKeyId: 'ASIACANARYCANARY0000',
  secretAccessKey: 'canary/secret+key/k7Qz0pVbX2',
  sessionToken: 'canary+session/token/Zx81LmQ==',
};
const apiKey = 'bedrock-api-key-Y2FuYXJ5Oi8vazJXc1BxN0x4Oz0';
const secrets = { ...keys, apiKey, gatewayToken: standInToken };
const prompt = 'canary prompt q8Vd3 of nobody';
const replied = 'canary reply w5Tn9 of nobody';
const question = 'canary question e4Hc7 of nobody';

describe('canaries', () => {
  let scene: Scene;
  let gateway: Gateway;
  before(async () => {
    scene = await openScene({
      own: true,
      credentials: false,
      gateway: { credentials: [keys], apiKeys: [apiKey] },
    });
    ({ gateway } = scene);
    await scene.workbench.agent.setCredentials({ authentication: 'accessKeys', ...secrets });
    gateway.script('canary-model', { deltas: [replied] });
  });
  after(() => scene.close());

  const ask = async (model: string) => {
    await scene.workbench.agent.updateSetting('bedrockGateway.model', model);
    await send(scene, `${prompt} to ${model}`);
    return endedPanel(scene, `${prompt} to ${model}`);
  };

  it('live through a session of every kind', async () => {
    const good = await ask('canary-model');
    await good.locator('.markdown').getByText(replied).waitFor();
    // Its message names the canonical request, and in it the session token.
    gateway.switches.rewriteBody = true;
    const changed = await ask('canary-model');
    await changed.locator('.outcome').getByText('changed on its way').waitFor();
    assert.doesNotMatch(await changed.locator('body').innerText(), /canary\+session/);
    gateway.switches.rewriteBody = false;
    await scene.workbench.agent.updateSetting('bedrockGateway.aws.authentication', 'apiKey');
    await ask('canary-model-by-key');
    assert.equal(gateway.log.at(-1)?.headers['authorization'], `Bearer ${apiKey}`);
    await scene.workbench.agent.updateSetting('bedrockGateway.aws.authentication', 'accessKeys');
    for (const model of [
      'stand-in.access-denied',
      'stand-in.gateway-2009',
      'stand-in.cut',
      'stand-in.captive-portal',
    ])
      await ask(model);
    const never = gate();
    gateway.script('canary-stopped', {
      deltas: [replied, 'never'],
      hold: (index) => (index ? never.opened : Promise.resolve()),
    });
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'canary-stopped');
    await send(scene, `${prompt} to be stopped`);
    const stopped = await panelFrame(scene, `${prompt} to be stopped`);
    await stopped.locator('.markdown').getByText(replied).waitFor();
    await runCommandFromPalette(scene.workbench, 'Bedrock: Stop');
    await stopped.locator('.outcome').getByText('Stopped').waitFor();
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Webviews');
    await endedPanel(scene, `${prompt} to be stopped`);
  });

  it('live through Details, and what is copied from there', async () => {
    const { agent, page } = scene.workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await agent.updateSetting('bedrockGateway.model', 'canary-model');
    for (const authentication of ['accessKeys', 'apiKey', 'gateway']) {
      await agent.updateSetting('bedrockGateway.aws.authentication', authentication);
      await send(scene, `${prompt} by ${authentication}`);
      const frame = await endedPanel(scene, `${prompt} by ${authentication}`);
      await frame.locator('.details > summary').click();
      await frame.locator('.attempt').waitFor();
      const shown = [await frame.locator('.details').innerText()];
      for (const button of await frame.locator('.attempt').getByRole('button').all()) {
        await agent.writeClipboard('');
        await button.click();
        await expectCopied(shown);
      }
      for (const text of [...Object.values(secrets), 'canary prompt', replied])
        assert.ok(!shown.join('\n').includes(text), `${text} by ${authentication}`);
    }
    await agent.updateSetting('bedrockGateway.aws.authentication', 'accessKeys');

    async function expectCopied(into: string[]): Promise<void> {
      for (;;) {
        const copied = await agent.readClipboard();
        if (copied) return void into.push(copied);
      }
    }
  });

  it('live through questions that are asked, previewed and left', async () => {
    const { agent, page } = scene.workbench;
    await agent.updateSetting('bedrockGateway.model', 'canary-model');
    const input = quickInput(scene.workbench).locator('input').first();
    const type = async (what: string) => {
      await selectText(scene, `${prompt} to be asked about`);
      await runCommandFromPalette(scene.workbench, 'Bedrock: Ask About Selection…');
      await input.fill(`${question} ${what}`);
      await quickPickRow(scene.workbench, `Ask “${question} ${what}”`).waitFor();
    };
    await type('asked');
    await page.keyboard.press('Enter');
    await endedPanel(scene, `${question} asked`);
    await type('left');
    await page.keyboard.press('Escape');
    await type('previewed');
    const row = quickPickRow(scene.workbench, `Ask “${question} previewed”`);
    await row.hover();
    await row.getByRole('button', { name: 'Preview what is sent' }).click();
    // It stays open while the files are searched.
    await page.locator('.codelens-decoration a', { hasText: 'Send' }).waitFor();
  });

  it('are in no notification, title or status', async () => {
    const shown = await scene.workbench.page
      .locator('.notifications-toasts, .notifications-center, .statusbar, .titlebar')
      .allInnerTexts();
    for (const text of [...Object.values(secrets), prompt, replied, question])
      assert.ok(!shown.join().includes(text), text);
  });

  it('are in no address', () => {
    const addresses = [...scene.workbench.requests(), ...gateway.log.map(({ url }) => url)].join('\n');
    for (const text of [
      ...Object.values(secrets),
      'canary prompt',
      'canary%20prompt',
      'canary reply',
      question,
    ])
      assert.ok(!addresses.includes(text), text);
  });

  it('are in no file but the documents themselves and the history', async () => {
    // What was written a moment ago is on its way to the disk.
    await scene.workbench.page.evaluate(() => window.dispatchEvent(new Event('beforeunload')));
    const { dataDirectory } = scene.workbench;
    assert.ok(filesWith(dataDirectory, [prompt]).length > 0, 'the search finds the documents');
    assert.deepEqual(filesWith(dataDirectory, Object.values(secrets)), []);
    const documents = /^folder\/file\d+\.txt$|\/(Backups|History)\//;
    const history = /^data\/User\/workspaceStorage\/[^/]+\/bedrock-gateway\.bedrock-gateway\/history\//;
    const found = filesWith(dataDirectory, [prompt, replied, question]);
    assert.deepEqual(
      found.filter((file) => !documents.test(file) && !history.test(file)),
      [],
    );
    assert.ok(found.some((file) => history.test(file)));
  });
});
