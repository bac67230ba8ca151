// The benches of the reply's page, each in small: that they measure, not what.
import assert from 'node:assert/strict';
import type { Figure } from '../bench/figure';
import { longestTask, mainThreadTasks } from '../bench/longestTask';
import { paint } from '../bench/paint';
import { render, renderGrowth } from '../bench/render';
import { reopen } from '../bench/reopen';
import { typing } from '../bench/typing';

const silent = () => undefined;
const once = { rounds: 1, warmUp: 0 };

function assertMeasured({ ours, baseline, ratio }: Figure): void {
  assert.ok(ours > 0 && baseline > 0, `${ours} and ${baseline}`);
  assert.ok(Math.abs(ratio - ours / baseline) < 0.02 * ratio + 0.01);
}

describe('the benches of the page', () => {
  it('measure what drawing takes', async () => {
    assertMeasured((await render(silent, { deltas: 400, ...once })).figure);
    assertMeasured((await renderGrowth(silent, { deltas: 200, ...once })).figure);
  });

  it('find the longest task', async () => {
    assertMeasured((await longestTask(silent, { seconds: 0.5, ...once })).figure);
  });

  it('see when a word is on the page', async () => {
    assertMeasured((await paint(silent, { deltas: 20, ...once })).figure);
  });

  it('see when a key is on the screen, and a conversation where it was left', async () => {
    assertMeasured((await typing(silent, { turns: 3, keys: 5, ...once })).figure);
    assertMeasured((await reopen(silent, { turns: 5, ...once })).figure);
  });

  it('read from a trace the tasks of the main thread that has most of them', () => {
    const named = (tid: number, name: string) => ({
      pid: 1,
      tid,
      name: 'thread_name',
      ph: 'M',
      args: { name },
    });
    const task = (tid: number, dur: number, tdur?: number) => ({
      ...{ pid: 1, tid, name: 'RunTask', ph: 'X', dur },
      ...(tdur !== undefined && { tdur }),
    });
    const events = [
      ...[named(1, 'CrRendererMain'), named(2, 'CrRendererMain'), named(3, 'Compositor')],
      ...[task(1, 9_000), task(2, 1_000, 500), task(2, 4_000), task(3, 8_000), task(3, 1), task(3, 2)],
      { ...task(2, 7_000), name: 'Paint' },
    ];
    assert.deepEqual(mainThreadTasks(events), [
      { wall: 1, processor: 0.5 },
      { wall: 4, processor: 4 },
    ]);
  });
});
