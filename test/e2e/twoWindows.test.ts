// Two windows of one folder: each has an extension host of its own, and both write to the same history.
import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { historiesOf } from './activityFiles';
import { ask, composerFrame, ended, field, turnOf } from './composer';
import { filesWith } from './filesWith';
import { runCommandFromPalette } from './gestures';
import { sonnet } from './models';
import { type Scene, gate, openScene, send } from './scene';
import { openSecondWindow, reloadWindow } from './secondWindow';
import { screenshot } from './sights';
import type { Workbench } from './workbench';

describe('two windows of a folder', () => {
  let scene: Scene;
  let first: Workbench;
  let second: Workbench;
  const sceneOf = (workbench: Workbench): Scene => ({ ...scene, workbench });
  const storeKeys = ({ agent }: Workbench) =>
    agent.setCredentials({ authentication: 'accessKeys', ...standInKeys, gatewayToken: standInToken });
  before(async () => {
    scene = await openScene({ own: true });
    ({ first, second } = await openSecondWindow(scene.workbench));
    await storeKeys(first);
    await storeKeys(second);
  });
  after(async () => {
    await second.page.close();
    await scene.close();
  });

  /** The next reply stops half-way, until the gate is opened. */
  const holdReply = () => {
    const half = gate();
    scene.gateway.script(sonnet, {
      deltas: ['First half. ', 'Second half.'],
      hold: (at) => (at === 1 ? half.opened : Promise.resolve()),
    });
    return half;
  };
  const frameOf = (workbench: Workbench) => composerFrame({ workbench });
  const rowOf = ({ page }: Workbench, text: string): Locator =>
    page.locator('.pane-body .monaco-list-row').filter({ hasText: text });
  const openFromHistory = async (workbench: Workbench, title: string): Promise<Frame> => {
    await workbench.page.bringToFront();
    await runCommandFromPalette(workbench, 'Bedrock: Show History');
    await rowOf(workbench, title).click();
    const frame = await frameOf(workbench);
    await turnOf(frame, title).waitFor();
    return frame;
  };
  const type = async (workbench: Workbench, frame: Frame, text: string) => {
    await workbench.page.bringToFront();
    await field(frame).click();
    await workbench.page.keyboard.type(text);
    const onDisk = () => filesWith(historiesOf(workbench)[0] ?? '', [text]).length > 0;
    await until(onDisk, `“${text}” is on disk`);
  };

  it('show a reply that runs in the other one, without Stop, and its end', async () => {
    const half = holdReply();
    await send(sceneOf(first), 'Asked in the first');
    const own = turnOf(await frameOf(first), 'Asked in the first');
    await own.getByText('First half.').waitFor();
    await own.getByRole('button', { name: 'Stop' }).waitFor();

    const frame = await openFromHistory(second, 'Asked in the first');
    const turn = turnOf(frame, 'Asked in the first');
    await turn.getByText('First half.').waitFor();
    await turn.getByText('This reply is running in another window.').waitFor();
    assert.equal(await turn.getByRole('button', { name: 'Stop' }).count(), 0);
    await screenshot(second, 'two-windows');

    half.open();
    await turn.getByText('Second half.').waitFor();
    await ended(frame, 'Asked in the first');
    // Its counts may be read a moment before its end.
    await turn.getByText('This reply is running').waitFor({ state: 'detached' });
    await turn.getByRole('button', { name: 'Send again' }).waitFor();
  });

  it('send what was queued in the one when a reply has ended in the other', async () => {
    const half = holdReply();
    const own = await frameOf(first);
    await first.page.bringToFront();
    await ask(sceneOf(first), own, 'Followed up in the first');
    await turnOf(own, 'Followed up in the first').getByText('First half.').waitFor();
    const frame = await openFromHistory(second, 'Asked in the first');
    await turnOf(frame, 'Followed up in the first').getByText('First half.').waitFor();
    await ask(sceneOf(second), frame, 'Queued in the second');
    await frame.locator('.queue', { hasText: 'Queued in the second' }).waitFor();
    scene.gateway.script(sonnet, { deltas: ['A reply to the queued.'] });
    half.open();
    await turnOf(frame, 'Queued in the second').getByText('A reply to the queued.').waitFor();
    await openFromHistory(first, 'Asked in the first');
    await turnOf(own, 'Queued in the second').getByText('A reply to the queued.').waitFor();
  });

  it('lose nothing of either: one host is killed, the other window is reloaded', async () => {
    const frames = [await frameOf(first), await frameOf(second)] as const;
    // In the same conversation first, then each in one of its own.
    await type(first, frames[0], 'Typed in the first');
    await type(second, frames[1], 'Typed in the second');
    for (const [workbench, prompt] of [
      [first, 'Running in the first'],
      [second, 'Running in the second'],
    ] as const) {
      holdReply();
      await workbench.page.bringToFront();
      await send(sceneOf(workbench), prompt);
      await turnOf(await frameOf(workbench), prompt)
        .getByText('First half.')
        .waitFor();
      await type(workbench, await frameOf(workbench), `Draft beside “${prompt}”`);
    }

    process.kill(await first.agent.processId(), 'SIGKILL');
    await first.page.bringToFront();
    first = await reloadWindow(first);
    await second.page.bringToFront();
    second = await reloadWindow(second);

    // A draft may come back in the other window, if that shows the conversation when its own window ends.
    const draftsBeside = async (title: string, prompt: string) => {
      const texts: string[] = [];
      for (const workbench of [first, second]) {
        const frame = await openFromHistory(workbench, title);
        await turnOf(frame, prompt).locator('.facts li, .problem').first().waitFor();
        texts.push(await field(frame).inputValue());
      }
      return texts.filter(Boolean).sort();
    };
    for (const name of ['first', 'second']) {
      const prompt = `Running in the ${name}`;
      let texts: readonly string[] = [];
      const isBack = async () => (texts = await draftsBeside(prompt, prompt)).length > 0;
      await until(isBack, `the draft beside “${prompt}” is back`);
      assert.deepEqual(texts, [`Draft beside “${prompt}”`]);
      const turn = turnOf(await frameOf(first), prompt);
      await turn.locator('.problem').waitFor();
      assert.match(await turn.locator('.markdown').innerText(), /First half\./);
    }
    let typed: readonly string[] = [];
    const areBack = async () =>
      (typed = await draftsBeside('Asked in the first', 'Queued in the second')).length === 2;
    await until(areBack, 'both drafts of one conversation are back');
    assert.deepEqual(typed, ['Typed in the first', 'Typed in the second']);
  });
});
