// Check Connection as a person runs it: it passes; it fails, is mended by the button that it offers, and passes.
import assert from 'node:assert/strict';
import { standInKeys, standInToken } from '../gateway';
import { quickInput, runCommandFromPalette } from './gestures';
import { type Scene, openScene } from './scene';
import { copied, notification, screenshot, webviewFrame } from './sights';

describe('checking the connection', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await scene.workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(() => scene.close());
  beforeEach(async () => {
    await scene.workbench.agent.setCredentials({ gatewayToken: standInToken });
    await scene.workbench.agent.updateSetting('bedrockGateway.model', undefined);
    scene.gateway.switches.rewriteBody = false;
    await scene.workbench.agent.closeAllTabs();
  });

  const begin = async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Check Connection');
    const frame = await webviewFrame(scene.workbench, '.check .plan');
    await frame.getByText(/at most 2 tiny prompts: it costs at most \$0\.\d+/).waitFor();
    return frame;
  };

  it('says what it sends, asks to begin, and passes every stage', async () => {
    const sent = scene.gateway.log.length;
    const frame = await begin();
    await screenshot(scene.workbench, 'check-before');
    assert.equal(scene.gateway.log.length, sent);
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
    assert.equal(await frame.locator('.stage.passed').count(), 9);
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
    const whole = /Everything works\..*127\.0\.0\.1\/v1\/.*us-east-1.*cf-aig-log-id `01/s;
    const report = await copied(scene.workbench, whole);
    for (const secret of [
      standInKeys.accessKeyId,
      standInKeys.secretAccessKey,
      standInToken,
      'Connection check ',
    ])
      assert.ok(!report.includes(secret));
  });

  it('says that the credentials were changed since', async () => {
    const frame = await begin();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
    const changed = frame.locator('.changed');
    assert.equal(await changed.innerText(), '');
    const since = 'The stored credentials have changed since this check.';
    // The same again is no change.
    await scene.workbench.agent.setCredentials({ authentication: 'accessKeys', ...standInKeys });
    await scene.workbench.agent.setCredentials({ gatewayToken: 'another' });
    await changed.getByText(since).waitFor();
    await scene.workbench.agent.setCredentials({ gatewayToken: standInToken });
    assert.equal(await changed.innerText(), since);
    await frame.getByRole('button', { name: 'Check Again' }).click();
    await changed.waitFor({ state: 'hidden' });
    await frame.locator('.summary').getByText('Everything works.').waitFor();
  });

  it('stops at the stage that fails, and its button mends it', async () => {
    await scene.workbench.agent.setCredentials({ gatewayToken: 'wrong' });
    const frame = await begin();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.summary').getByText('The check failed at: Gateway token.').waitFor();
    await screenshot(scene.workbench, 'check-failed');
    assert.equal(await frame.locator('.stage.notReached').count(), 5);
    await frame.getByRole('button', { name: 'Set Credentials…' }).click();
    const input = quickInput(scene.workbench);
    const box = input.locator('input').first();
    await input
      .filter({ has: scene.workbench.page.getByPlaceholder(/How do you want to authenticate/) })
      .waitFor();
    // Its words are on screen before it has the focus, which the page had: a key alone would go there.
    await box.press('Enter');
    for (const prompt of [/AWS access key ID/, /AWS secret access key/, /AWS session token/]) {
      await input.filter({ hasText: prompt }).waitFor();
      await box.press('Enter');
    }
    await input.filter({ hasText: /Token of the gateway/ }).waitFor();
    await box.fill(standInToken);
    await box.press('Enter');
    // A check that begins before they are stored has the token of before.
    await notification(scene.workbench, 'The credentials are stored.').waitFor();
    await frame.getByRole('button', { name: 'Check Again' }).click();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
  });

  it('asks only what it says that it asks, once the settings were changed', async () => {
    const frame = await begin();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
    const sent = scene.gateway.log.length;
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'amazon.nova-pro-v1:0');
    const changed = frame
      .locator('.changed')
      .getByText(/The next check uses amazon\.nova-pro-v1:0, through /);
    await changed.getByText(/at most 2 tiny prompts: it costs at most \$0\.\d+/).waitFor();
    await screenshot(scene.workbench, 'check-changed');
    await scene.workbench.agent.updateSetting('bedrockGateway.request.guardrail', {
      identifier: 'g1',
      version: '1',
    });
    await changed.getByText(/at most .*, plus what AWS charges for the guardrail/).waitFor();
    await scene.workbench.agent.updateSetting('bedrockGateway.request.guardrail', null);
    await changed.getByText(/it costs at most \$[\d.]+\d\.$/).waitFor();
    // What it tells is of the check before.
    await frame.locator('.stage.passed').getByText('claude').first().waitFor();
    await frame.getByRole('button', { name: 'Check Again' }).click();
    await frame.locator('.subject').getByText('amazon.nova-pro-v1:0').waitFor();
    await frame.locator('.summary').getByText('Everything works.').waitFor();
    const models = scene.gateway.log.slice(sent).map(({ model }) => model);
    assert.ok(models.length > 0 && models.every((model) => model === 'amazon.nova-pro-v1:0'), models.join());
  });

  it('does not begin anew by the second click on Stop, nor loses the focus', async () => {
    const never = new Promise<never>(() => undefined);
    scene.gateway.script('waits', { deltas: ['a'], hold: () => never });
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'waits');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Check Connection');
    const frame = await webviewFrame(scene.workbench, '.check .plan');
    await frame.getByText('the cost is unknown').waitFor();
    await frame.getByRole('button', { name: 'Begin' }).press('Enter');
    await frame.locator('button:focus').getByText('Stop').waitFor();
    await frame.locator('.stage.running').getByText('Model').waitFor();
    const { mouse } = scene.workbench.page;
    const place = await frame.getByRole('button', { name: 'Stop' }).boundingBox();
    assert.ok(place);
    await mouse.move(place.x + 5, place.y + 5);
    await mouse.down({ clickCount: 1 });
    await mouse.up({ clickCount: 1 });
    await frame.locator('.summary').getByText('Stopped').waitFor();
    await frame.locator('.summary:focus').waitFor();
    // The slowest of second clicks: what takes the place of Stop is there.
    const again = await frame.getByRole('button', { name: 'Check Again' }).boundingBox();
    assert.ok(again);
    const sent = scene.gateway.log.length;
    await mouse.move(again.x + 5, again.y + 5);
    await mouse.down({ clickCount: 2 });
    await mouse.up({ clickCount: 2 });
    // Whatever the click had begun would be there before what the next one begins.
    await frame.getByRole('button', { name: 'Copy Report' }).click();
    await frame.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await frame.locator('.summary').innerText(), 'Stopped');
    assert.equal(scene.gateway.log.length, sent);
  });

  it('shows the lines of the canonical request that differ', async () => {
    scene.gateway.switches.rewriteBody = true;
    const frame = await begin();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('tr.differs').getByText('body').waitFor();
    await screenshot(scene.workbench, 'check-canonical');
    assert.equal(await frame.locator('tr.differs').count(), 1);
  });

  it('is stopped by Escape', async () => {
    const never = new Promise<never>(() => undefined);
    scene.gateway.script('waits', { deltas: ['a'], hold: () => never });
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'waits');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Check Connection');
    const frame = await webviewFrame(scene.workbench, '.check .plan');
    await frame.getByText('the cost is unknown').waitFor();
    await frame.getByRole('button', { name: 'Begin' }).click();
    await frame.locator('.stage.running').getByText('Model').waitFor();
    await frame.locator('body').press('Escape');
    await frame.locator('.summary').getByText('Stopped').waitFor();
    await scene.gateway.waitFor(
      ({ model, closedByClientAt }) => model === 'waits' && closedByClientAt !== undefined,
    );
  });
});
