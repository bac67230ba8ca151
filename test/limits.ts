// How long tests wait before they fail, ms. A machine may be several times slower and busier than the one they were
// written on: each wait ends as soon as what it waits for is so, and only a test that fails takes its limit.
import { setTimeout as wait } from 'node:timers/promises';

/** For a condition. */
export const waitLimit = 60_000;

/** For a whole test, or for what is done before and after it. */
export const testLimit = 300_000;

/** Resolves once `holds` does. @throws naming `what` was waited for, when it does not in time */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > waitLimit) throw new Error(`Waited in vain: ${what}`);
    await wait(5);
  }
}
