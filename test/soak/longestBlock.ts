// How long a piece of work keeps this process from anything else. Neither clock alone tells: on a busy machine others
// have the processor meanwhile, and this process's time on it holds that of the threads that collect garbage.

interface Moment {
  /** ms. */
  readonly clock: number;
  /** ms of this process's time on the processor. */
  readonly processor: number;
}

function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

const between = (one: Moment, other: Moment) =>
  Math.min(other.clock - one.clock, other.processor - one.processor);

/** The longest stretch of `work`, in ms, in which nothing else could run. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = now();
  let running = true;
  const look = () => {
    const next = now();
    longest = Math.max(longest, between(last, next));
    last = next;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  await work();
  running = false;
  return Math.max(longest, between(last, now()));
}

/** What `work` takes, ms. */
export function timed(work: () => void): number {
  const before = now();
  work();
  return between(before, now());
}

/** What a fixed amount of work takes here, ms: 100 on a quiet machine of 2026. */
export function calibrated(): number {
  const times = [1, 2, 3].map(() => timed(() => void fixedWork(75_000_000)));
  return times.sort((one, other) => one - other)[1] ?? 0;
}

function fixedWork(steps: number): number {
  let sum = 1;
  for (let step = 0; step < steps; step++) sum = (Math.imul(sum, 31) + step) | 0;
  return sum;
}
