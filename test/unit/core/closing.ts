// A connection that nobody reads any more, as the server sees it.
import assert from 'node:assert/strict';
import type { Gateway } from '../../gateway';

/** A delta that is held until this never comes. */
export const never = new Promise<never>(() => undefined);

/** Turns of the loop of this process, in which what has arrived is read, and what was decided is done. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Asserts that the connection is closed by whom the answer is for, while the rest of it is still held. */
export async function assertClosed(gateway: Gateway): Promise<void> {
  const { finished } = await gateway.waitFor((entry) => entry.closedByClientAt !== undefined);
  assert.equal(finished, false);
}
