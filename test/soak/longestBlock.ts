// How long a piece of work keeps this process from anything else.
import { between, threadTime } from '../unit/threadTime';

/** The longest stretch of `work`, in ms, in which nothing else could run. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = threadTime();
  let running = true;
  const look = () => {
    const next = threadTime();
    longest = Math.max(longest, between(last, next));
    last = next;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  await work();
  running = false;
  return Math.max(longest, between(last, threadTime()));
}
