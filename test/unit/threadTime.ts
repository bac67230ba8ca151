// Time that this thread spent on the processor. A test that limits how long work takes measures that: the clock also
// counts the time in which a busy machine ran something else.
import { readFileSync } from 'node:fs';

const schedulerFile = '/proc/thread-self/schedstat';

/** Linux keeps this thread's time apart from that of the threads that collect garbage and compile. */
function readScheduler(): number | undefined {
  try {
    const nanoseconds = Number(readFileSync(schedulerFile, 'utf8').split(' ')[0]);
    return nanoseconds > 0 ? nanoseconds / 1e6 : undefined;
  } catch {
    return undefined;
  }
}

const hasScheduler = readScheduler() !== undefined;

/** One reading of what can be read of this thread's time, in ms since some moment. */
export type ThreadTime = readonly number[];

/**
 * Where the system has no time of a thread, two clocks that both count too much: the wall clock counts what other
 * processes do, the process's counts its other threads.
 */
export function threadTime(): ThreadTime {
  if (hasScheduler) return [readScheduler() ?? 0];
  const { user, system } = process.cpuUsage();
  return [performance.now(), (user + system) / 1000];
}

/** @returns ms from `start` to `end` */
export const between = (start: ThreadTime, end: ThreadTime): number =>
  Math.min(...end.map((time, index) => time - (start[index] ?? 0)));

/** @returns what `work` takes, ms */
export function timed(work: () => unknown): number {
  const start = threadTime();
  work();
  return between(start, threadTime());
}

/** @returns what a fixed amount of work takes here, ms: 100 on a quiet machine of 2026 */
export function calibrated(): number {
  const times = [1, 2, 3].map(() => timed(() => fixedWork(75_000_000)));
  return times.sort((one, other) => one - other)[1] ?? 0;
}

function fixedWork(steps: number): number {
  let sum = 1;
  for (let step = 0; step < steps; step++) sum = (Math.imul(sum, 31) + step) | 0;
  return sum;
}
