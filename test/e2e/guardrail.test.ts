// Guardrails and data loss prevention, as a person sees them: what was blocked, by which policy, and what to mend.
import assert from 'node:assert/strict';
import { blockedMessages } from '../gateway';
import { runCommandFromPalette } from './gestures';
import { type Scene, endedPanel, openScene, selectText, send } from './scene';
import { notification, screenshot } from './sights';

describe('with request.guardrail', () => {
  let scene: Scene;
  before(async () => {
    const guardrail = { identifier: 'standinguardrail', version: 1 };
    scene = await openScene({ settings: { 'bedrockGateway.request.guardrail': guardrail } });
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  const set = (setting: string, value: unknown) =>
    scene.workbench.agent.updateSetting(`bedrockGateway.${setting}`, value);

  it('a blocked prompt stays readable, under it the guardrail’s text and the policy', async () => {
    const prompt = 'Tell me which stocks to buy, and about a cactus';
    await send(scene, prompt);
    const frame = await endedPanel(scene, prompt);
    assert.match(await frame.locator('.prompt').innerText(), /which stocks to buy/);
    assert.match(await frame.locator('.markdown').innerText(), new RegExp(blockedMessages.input));
    const outcome = await frame.locator('.outcome').innerText();
    assert.match(
      outcome,
      /Blocked by a Bedrock guardrail\s+It blocked the prompt: denied topic “Fiduciary Advice”, word filter\./,
    );
    assert.doesNotMatch(outcome, /cactus|stocks/);
    assert.equal(scene.gateway.log.length, 1);
    await screenshot(scene.workbench, 'guardrail-blocked');
  });

  it('what it masks in a reply stands under it', async () => {
    await send(scene, 'Repeat somebody@example.com');
    const frame = await endedPanel(scene, 'Repeat somebody');
    await frame.locator('.facts').getByText('guardrail: masked').waitFor();
    assert.match(
      await frame.locator('.outcome').innerText(),
      /has changed parts of this\s+It masked parts of the reply: sensitive information “EMAIL”\./,
    );
    await screenshot(scene.workbench, 'guardrail-masked');
  });

  it('what data loss prevention flags stands under it, and what it blocks is named', async () => {
    await set('model', 'stand-in.dlp-flag');
    await send(scene, 'To be flagged');
    const flagged = await endedPanel(scene, 'To be flagged');
    await flagged.locator('.facts').getByText('DLP: stand-in-policy').waitFor();
    await set('model', 'stand-in.gateway-2029');
    await send(scene, 'To be blocked');
    const blocked = await endedPanel(scene, 'To be blocked');
    assert.match(
      await blocked.locator('.outcome').innerText(),
      /Blocked by data loss prevention.*found protected data in the prompt.*“stand-in-policy”/s,
    );
    await screenshot(scene.workbench, 'dlp-blocked');
    await set('model', undefined);
  });

  it('one that does not exist is a matter of that setting', async () => {
    await set('request.guardrail', { identifier: 'standinguardrail', version: '99' });
    await send(scene, 'Who guards this?');
    const frame = await endedPanel(scene, 'Who guards this?');
    assert.match(
      await frame.locator('.outcome').innerText(),
      /request\.guardrail names standinguardrail, version 99.*us-east-1/s,
    );
    await screenshot(scene.workbench, 'guardrail-not-found');
    await frame.getByRole('button', { name: 'Open Settings' }).click();
    await scene.workbench.page.locator('.settings-editor').getByText('Guardrail').first().waitFor();
  });

  it('one that is no guardrail is named, and nothing is sent', async () => {
    const before = scene.gateway.log.length;
    await set('request.guardrail', { identifier: 'standinguardrail' });
    await selectText(scene, 'Not to be sent');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    await notification(scene.workbench, /request\.guardrail cannot be used.*"version"/s)
      .first()
      .waitFor();
    assert.equal(scene.gateway.log.length, before);
  });
});
