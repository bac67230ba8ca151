// Proves the harness itself, with VS Code's own commands: what fails here is not the extension's fault.
import * as assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { until } from '../limits';
import { runCommandFromPalette } from './gestures';
import { sonnet } from './models';
import { type Scene, gate, openScene, panelFrame, send } from './scene';
import { statusBarItem, takeScreenshot } from './sights';
import { sharedEnvironment, sharedWorkbench } from './sharedWorkbench';
import type { Workbench } from './workbench';

describe('the workbench under test', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await sharedWorkbench({ settings: {}, fresh: false });
  });

  after(() => workbench.close());

  it('runs a command from the palette on the open document', async () => {
    await workbench.agent.openText('one line\n', 'markdown');
    await workbench.agent.selectAll();
    await runCommandFromPalette(workbench, 'Transform to Uppercase');
    await workbench.page.waitForFunction(() =>
      document.querySelector('.view-lines')?.textContent.includes('ONE'),
    );
    // The extension host hears of it later than the screen.
    await until(async () => (await workbench.agent.documentText()) === 'ONE LINE\n', 'the text is changed');
    await statusBarItem(workbench, 'Markdown').first().waitFor();
    assert.ok((await stat(await takeScreenshot(workbench, 'harness'))).size > 10_000);
  });

  it('hands its environment to the extension host', async () => {
    assert.deepEqual(await workbench.agent.environment(...Object.keys(sharedEnvironment)), sharedEnvironment);
  });

  it('asks nothing but loopback for anything', () => {
    const elsewhere = workbench
      .requests()
      .filter(
        (address) =>
          !/^(data|blob|devtools|vscode-[a-z-]+):|^https?:\/\/(127\.0\.0\.1|localhost)[:/]/.test(address),
      );
    assert.deepEqual(elsewhere, []);
  });
});

describe('the VS Code that tests share', () => {
  /** Resolves when the status bar says so. */
  const isLabelled = ({ workbench: { page } }: Scene, label: RegExp) => {
    const item = page.locator('.statusbar-item [aria-label^="Bedrock model"]');
    return until(async () => label.test((await item.getAttribute('aria-label')) ?? ''), String(label));
  };

  it('has no reply of an earlier test that runs, or that nobody has seen: “Show Reply” would show that', async () => {
    for (const [prompt, isHeld, label] of [
      ['Ends out of sight', false, /, a reply has ended$/],
      ['Never ends', true, /, replying$/],
    ] as const) {
      const end = gate();
      const scene = await openScene();
      scene.gateway.script(sonnet, {
        deltas: ['A', ' reply.'],
        hold: (at) => (at === 1 ? end.opened : Promise.resolve()),
      });
      await send(scene, prompt);
      await panelFrame(scene, prompt);
      await scene.workbench.agent.closeTab('Bedrock Reply');
      if (!isHeld) end.open();
      await isLabelled(scene, label);
      const next = await openScene();
      await isLabelled(next, /^Bedrock model [^,]+$/);
      await Promise.all([scene, next].map((each) => each.close()));
    }
  });
});
