// The panel only observes: hidden, closed, reopened or reloaded in mid-reply, it loses nothing and stops nothing.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { sonnet as model } from './models';
import { webviewFrame } from './sights';
import { runCommandFromPalette } from './gestures';
import { type Scene, endedPanel, gate, openScene, panelFrame, selectText, send, sendByMenu } from './scene';

const parts = Array.from({ length: 40 }, (_, index) => `Part ${index} of the reply.\n\n`);

/** What is done to the panel while half of the reply is still to come. */
const disturbances: Record<string, (scene: Scene) => Promise<void>> = {
  'hidden and shown again': async (scene) => {
    await scene.workbench.agent.executeCommand('workbench.action.focusSecondEditorGroup');
    await scene.workbench.agent.executeCommand('workbench.action.unlockEditorGroup');
    await selectText(scene, 'This file hides the panel.');
    const tabs = await scene.workbench.agent.tabs();
    assert.ok(tabs.some(({ label, shown }) => label === 'Bedrock Reply' && !shown));
  },
  'closed and reopened': async (scene) => {
    await scene.workbench.agent.closeTab('Bedrock Reply');
  },
  reloaded: async (scene) => {
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Webviews');
  },
};

describe('a reply survives its panel being', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  for (const [name, disturb] of Object.entries(disturbances)) {
    it(name, async () => {
      const half = gate();
      scene.gateway.script(model, {
        deltas: parts,
        hold: (index) => (index === 20 ? half.opened : Promise.resolve()),
      });
      await send(scene, `A reply that is to be ${name}`);
      await (await panelFrame(scene, name)).locator('.markdown').getByText('Part 19 of the reply.').waitFor();
      const entry = scene.gateway.log.at(-1)!;
      await disturb(scene);
      half.open();
      await scene.gateway.waitFor(({ number, finished }) => number === entry.number && finished);
      assert.equal(entry.closedByClientAt, undefined);

      const frame = await shownPanel(scene);
      await frame.locator('article .facts li').first().waitFor();
      const shown = (await frame.locator('.markdown').allInnerTexts()).join('\n');
      const numbers = [...shown.matchAll(/Part (\d+) of/g)].map(([, number]) => Number(number));
      assert.deepEqual(
        numbers,
        Array.from({ length: 40 }, (_, index) => index),
      );
    });
  }

  it('steps through the prompts of this window', async () => {
    const frame = await shownPanel(scene);
    const inView = await frame.evaluate(() => {
      window.scrollTo(0, document.body.scrollHeight);
      const { top, bottom } = document.querySelector('nav')!.getBoundingClientRect();
      return window.scrollY > 0 && top >= 0 && bottom <= window.innerHeight;
    });
    assert.ok(inView, 'the way to the other prompts stays in view');
    await frame.getByRole('button', { name: 'Previous conversation' }).click();
    await frame.getByText('A reply that is to be closed and reopened').waitFor();
    await frame.getByRole('button', { name: 'Next conversation' }).click();
    await frame.getByText('A reply that is to be reloaded').waitFor();
  });

  it('leaves its group to itself: a file opened from there opens beside it', async () => {
    const frame = await shownPanel(scene);
    await frame.locator('.markdown').first().click();
    await selectText(scene, 'Opened while the panel has the focus.');
    const tabs = await scene.workbench.agent.tabs();
    assert.ok(tabs.some(({ label, shown }) => label === 'Bedrock Reply' && shown));
    assert.equal(new Set(tabs.map(({ column }) => column)).size, 2);
  });

  it('says so when a reply has nothing that can be seen', async () => {
    scene.gateway.script(model, { deltas: [' \n', '\u200b\u00a0', '\n\u3000\n'] });
    await send(scene, 'Say nothing');
    const frame = await endedPanel(scene, 'Say nothing');
    await frame.locator('.outcome', { hasText: 'The reply is empty' }).waitFor();
  });

  it('comes back with its conversation after a reload of the window', async () => {
    await shownPanel(scene);
    const host = await scene.workbench.agent.processId();
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Window');
    await until(async () => (await scene.workbench.agent.processId()) !== host, 'another host runs');
    // Another extension host starts for it.
    await (await webviewFrame(scene.workbench, 'article')).locator('.prompt').first().waitFor();
    // This VS Code keeps secrets in the window's memory.
    await scene.workbench.agent.setCredentials({ ...standInKeys, gatewayToken: standInToken });
    await sendByMenu(scene, 'After the reload');
    const frame = await panelFrame(scene, 'After the reload');
    await frame.getByText('After the reload').first().waitFor();
    const tabs = await scene.workbench.agent.tabs();
    assert.ok(
      tabs.some(({ label, shown }) => label.startsWith('file') && shown),
      'the editor is not covered',
    );
  });
});

async function shownPanel(scene: Scene): Promise<Frame> {
  await runCommandFromPalette(scene.workbench, 'Bedrock: Show Reply');
  return panelFrame(scene);
}
