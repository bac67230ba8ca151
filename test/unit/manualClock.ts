// A clock whose time moves only when the test says so, or by what is waited for: no machine is too slow for it.
import type { Clock } from '../../src/core/model/ports';
import { systemClock } from '../../src/platform/clock';

export interface ManualClock extends Clock {
  /** Moves the time on, and calls what is due meanwhile. */
  advance(ms: number): void;
  /** ms until what is called each `interval` is called next; undefined where nothing is. */
  left(interval: number): number | undefined;
  /** What was waited for, ms. It passes at once. */
  readonly waited: readonly number[];
}

export function manualClock(start = Date.now()): ManualClock {
  let now = start;
  const waited: number[] = [];
  const calls = new Set<{ readonly interval: number; readonly run: () => void; due: number }>();
  const dueBy = (end: number) =>
    [...calls].filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];

  const advance = (ms: number) => {
    const end = now + ms;
    for (let call = dueBy(end); call; call = dueBy(end)) {
      now = call.due;
      call.due += call.interval;
      call.run();
    }
    now = end;
  };
  // No method of a class: the product spreads a clock to change its time.
  return {
    now: () => now,
    wait: (ms) => {
      waited.push(ms);
      advance(ms);
      return Promise.resolve();
    },
    every: (interval, run) => {
      const call = { interval, run, due: now + interval };
      calls.add(call);
      return () => void calls.delete(call);
    },
    turn: systemClock.turn,
    advance,
    left: (interval) => {
      const dues = [...calls].filter((call) => call.interval === interval).map(({ due }) => due - now);
      return dues.length > 0 ? Math.min(...dues) : undefined;
    },
    waited,
  };
}
