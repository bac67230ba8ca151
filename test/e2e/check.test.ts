// Check Connection as a person runs it: it passes; it fails, is mended by the button that it offers, and passes.
import assert from 'node:assert/strict';
import { standInKeys, standInToken } from '../gateway';
import { quickInput, runCommandFromPalette } from './gestures';
import { type Scene, openScene } from './scene';
import { screenshot, webviewFrame } from './sights';

describe('checking the connection', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await scene.workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(() => scene.close());
  beforeEach(async () => {
    await scene.workbench.agent.setCredentials({ gatewayToken: standInToken });
    await scene.workbench.agent.closeAllTabs();
  });

  const begin = async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Check Connection');
    const frame = await webviewFrame(scene.workbench, '.check .beforehand');
    await frame.getByText(/2 tiny prompts at most: they cost \$0\.\d+ at most/).waitFor();
    return frame;
  };

  it('says what it sends, asks to begin, and passes every hop', async () => {
    const sent = scene.gateway.log.length;
    const frame = await begin();
    await screenshot(scene.workbench, 'check-before');
    assert.equal(scene.gateway.log.length, sent);
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
    assert.equal(await frame.locator('.hop.passed').count(), 9);
    for (const [theme, page] of [
      ['Default Dark Modern', 'body.vscode-dark'],
      ['Default Light Modern', 'body.vscode-light'],
      ['Default High Contrast', 'body.vscode-high-contrast'],
    ] as const) {
      await scene.workbench.agent.updateSetting('workbench.colorTheme', theme);
      await frame.locator(page).waitFor();
      await screenshot(scene.workbench, `check-passed-${theme.split(' ')[1]?.toLowerCase() ?? ''}`);
    }
    await frame.getByRole('button', { name: 'Copy Report' }).click();
    await frame.getByRole('button', { name: 'Copied' }).waitFor();
    const report = await scene.workbench.agent.readClipboard();
    assert.match(report, /Everything works\..*127\.0\.0\.1\/v1\/.*us-east-1.*cf-aig-log-id 01/s);
    for (const secret of [
      standInKeys.accessKeyId,
      standInKeys.secretAccessKey,
      standInToken,
      'Connection check ',
    ])
      assert.ok(!report.includes(secret));
  });

  it('stops at the hop that fails, and its button mends it', async () => {
    await scene.workbench.agent.setCredentials({ gatewayToken: 'wrong' });
    const frame = await begin();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.summary').getByText('It fails at: Gateway token.').waitFor();
    await screenshot(scene.workbench, 'check-failed');
    assert.equal(await frame.locator('.hop.notReached').count(), 5);
    await frame.getByRole('button', { name: 'Set Credentials…' }).click();
    const input = quickInput(scene.workbench);
    const { keyboard } = scene.workbench.page;
    await input.filter({ has: scene.workbench.page.getByPlaceholder(/Who authenticates/) }).waitFor();
    await keyboard.press('Enter');
    for (const prompt of [/access key ID/, /secret access key/, /session token/]) {
      await input.filter({ hasText: prompt }).waitFor();
      await keyboard.press('Enter');
    }
    await input.filter({ hasText: /Token of the gateway/ }).waitFor();
    await keyboard.type(standInToken);
    await keyboard.press('Enter');
    await frame.getByRole('button', { name: 'Check Again' }).click();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
  });

  it('shows the lines of the canonical request that differ', async () => {
    scene.gateway.switches.rewriteBody = true;
    const frame = await begin();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('tr.differs').getByText('body').waitFor();
    await screenshot(scene.workbench, 'check-canonical');
    assert.equal(await frame.locator('tr.differs').count(), 1);
    scene.gateway.switches.rewriteBody = false;
  });

  it('is stopped by Escape', async () => {
    const never = new Promise<never>(() => undefined);
    scene.gateway.script('waits', { deltas: ['a'], hold: () => never });
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'waits');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Check Connection');
    const frame = await webviewFrame(scene.workbench, '.check .beforehand');
    await frame.getByText('what they cost is unknown').waitFor();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.hop.running').getByText('Model').waitFor();
    await frame.locator('body').press('Escape');
    await frame.locator('.summary').getByText('Stopped').waitFor();
    await scene.gateway.waitFor(
      ({ model, closedByClientAt }) => model === 'waits' && closedByClientAt !== undefined,
    );
  });
});
