// The model picker as a person sees it: what each model takes and costs, and which one AWS retires.
import assert from 'node:assert/strict';
import { until } from '../limits';
import { composerFrame } from './composer';
import { quickInput, quickPickLabels, quickPickRow, runCommandFromPalette } from './gestures';
import { haiku, haikuName, sonnetName } from './models';
import { type Scene, openScene } from './scene';
import { screenshot } from './sights';

describe('the model picker', () => {
  let scene: Scene;
  before(async () => {
    // Not the first one, which VS Code goes to by itself.
    scene = await openScene({ settings: { 'bedrockGateway.model': haiku } });
  });
  after(() => scene.close());
  const open = () => runCommandFromPalette(scene.workbench, 'Bedrock: Select Model…');
  const close = async () => {
    await scene.workbench.page.keyboard.press('Escape');
    await quickInput(scene.workbench).waitFor({ state: 'hidden' });
  };
  const type = (text: string) => quickInput(scene.workbench).locator('input').first().fill(text);
  const row = (name: string) => quickPickRow(scene.workbench, name).first();

  it('says what a model takes and costs, and stays at the one in use', async () => {
    await open();
    await row(sonnetName).getByText('$2 in, $10 out per million').waitFor();
    const spoken = (await row(sonnetName).getAttribute('aria-label')) ?? '';
    assert.match(spoken, /images, documents, thinking, tools, caching · .* · 1M tokens/);
    assert.doesNotMatch(spoken, /\$\(/);
    await row(haikuName).getByText('from $0.10 in').waitFor();
    const focused = quickInput(scene.workbench).locator('.quick-input-list .monaco-list-row.focused');
    await focused.filter({ hasText: haikuName }).waitFor();
    await screenshot(scene.workbench, 'model-picker');
    await close();
  });

  it('finds models by what they take', async () => {
    await open();
    await type('documents');
    await until(
      async () => !(await quickPickLabels(scene.workbench)).some((label) => label.includes('DeepSeek')),
      'those that take none are gone',
    );
    assert.ok((await quickPickLabels(scene.workbench)).some((label) => label.includes(sonnetName)));
    await close();
  });

  it('warns of a model that AWS has retired, and of a typed one that may go', async () => {
    await open();
    await type('Claude 2.1');
    await row('Claude 2.1').getByText('Retired by AWS in 2025. Successor: Claude Sonnet 5.5').waitFor();
    assert.equal(await row('Claude 2.1').locator('.codicon-warning').count(), 1);
    await type('us.anthropic.claude-haiku-4-5-20251001-v1:0');
    const typed = row('Use us.anthropic.claude-haiku-4-5-20251001-v1:0');
    await typed.getByText(`AWS may retire it at any time. Successor: ${haikuName}`).waitFor();
    await typed.getByText('$1.10 in, $5.50 out per million').waitFor();
    await screenshot(scene.workbench, 'model-picker-ending');
    await close();
  });

  it('changes the model below the composer of an empty conversation at once', async () => {
    await scene.workbench.agent.executeCommand('bedrockGateway.newConversation');
    const frame = await composerFrame(scene);
    await frame.locator('#composer').getByRole('button', { name: haikuName }).waitFor();
    await open();
    await row(sonnetName).click();
    await frame.locator('#composer').getByRole('button', { name: sonnetName }).waitFor();
  });
});
