// What a reply cost, in the line under it: from the list, from an own price, out of the gateway's cache, unknown.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { runCommandFromPalette } from './gestures';
import { sonnet } from './models';
import { type Scene, endedPanel, openScene, send } from './scene';
import { screenshot } from './sights';

const unknown = 'stand-in.prompt-cache';
const usage = {
  inputTokens: 1204,
  outputTokens: 310,
  cacheReadInputTokens: 20_480,
  cacheWriteInputTokens: 4096,
};

describe('the cost under a reply', () => {
  let scene: Scene;
  const set = (setting: string, value: unknown) =>
    scene.workbench.agent.updateSetting(`bedrockGateway.${setting}`, value);
  /** The fact of that text, once it is there; with what it says when the pointer rests on it. */
  const fact = async (frame: Frame, text: string | RegExp) => {
    const item = frame.locator('.facts li', { hasText: text });
    await item.waitFor();
    return (await item.getAttribute('title')) ?? '';
  };

  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  it('adds up four buckets at the prices of AWS’s list, and says how', async () => {
    scene.gateway.script(sonnet, { deltas: ['Paid.'], usage });
    await send(scene, 'What does this cost?');
    // 1204 × 2 + 310 × 10 + 20480 × 0.2 + 4096 × 2.5 = 19844 millionths of a dollar.
    const frame = await endedPanel(scene, 'What does this cost?');
    const detail = await fact(frame, '≈ $0.020');
    assert.match(
      detail,
      /list prices of Sep 23, 2026.*1,204 in × \$2\.00 \+ 310 out × \$10\.00 \+ 20,480 cached × \$0\.20 \+ 4,096 written × \$2\.50/,
    );
    await screenshot(scene.workbench, 'cost');
    const gone = scene.workbench.page.waitForEvent('framedetached', (each) => each === frame);
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Webviews');
    await gone;
    await fact(await endedPanel(scene, 'What does this cost?'), '≈ $0.020');
  });

  it('says whose price it is where it is borrowed, and what the prompt cache keeps for an hour', async () => {
    const model = 'global.anthropic.claude-sonnet-5-5';
    const cacheDetails = [{ ttl: '1h', inputTokens: 4000 }];
    scene.gateway.script(model, { deltas: ['Lent.'], usage: { ...usage, cacheDetails } });
    await set('model', model);
    await send(scene, 'Whose price is this?');
    const frame = await endedPanel(scene, 'Whose price is this?');
    // 1204 × 2 + 310 × 10 + 20480 × 0.2 + 96 × 2.5 + 4000 × 4 = 25844 millionths of a dollar.
    assert.match(
      await fact(frame, '≈ $0.026 (price of Claude Sonnet 5)'),
      /96 written × \$2\.50 \+ 4,000 written for an hour × \$4\.00.*No price is known for global\.anthropic\.claude-sonnet-5-5; this is the price of Claude Sonnet 5/,
    );
    assert.match(
      await fact(frame, 'prompt cache: 20,480 tokens read, 4,096 written'),
      /4,000 of those written are kept for an hour/,
    );
    await screenshot(scene.workbench, 'cost-borrowed');
    await set('model', undefined);
  });

  it('is unknown where no price is, until one is set', async () => {
    await set('model', unknown);
    await send(scene, 'Does anyone know?');
    const frame = await endedPanel(scene, 'Does anyone know?');
    assert.match(await fact(frame, 'cost unknown'), /No price is known for stand-in\.prompt-cache\. Set one/);

    await set('models', { [unknown]: { price: { input: 'cheap' } } });
    await frame.locator('.facts li[title*="is not valid"]').waitFor();
    await set('models', { [unknown]: { price: { input: 1000, output: 0 } } });
    await frame.locator('.facts li[title*="cacheRead"]').waitFor();
    await set('models', {
      [unknown]: { price: { input: 1000, output: 0, cacheRead: 10, cacheWrite: 1000 } },
    });
    // (12 + 512) × 1000 + 2048 × 10 millionths of a dollar.
    assert.match(await fact(frame, '≈ $0.54'), /your price/);
    await set('models', undefined);
    await set('model', undefined);
  });

  it('is nothing when the gateway answered out of its cache', async () => {
    await set('gateway.cacheTtl', 60);
    await set('request.stream', 'off');
    await send(scene, 'Once and again');
    await fact(await endedPanel(scene, 'Once and again'), 'cache MISS');
    await scene.workbench.agent.closeAllTabs();
    await send(scene, 'Once and again');
    const frame = await endedPanel(scene, 'Once and again');
    await fact(frame, 'cache HIT');
    assert.match(await fact(frame, '$0, saved ≈ $'), /from its cache.*saved about/);
    await set('gateway.cacheTtl', undefined);
    await set('request.stream', undefined);
  });

  it('is unknown of a reply that broke off before its tokens were told', async () => {
    await set('model', 'stand-in.cut');
    await send(scene, 'Half of it');
    assert.match(await fact(await endedPanel(scene, 'Half of it'), 'cost unknown'), /ended before/);
    await set('model', undefined);
  });
});
