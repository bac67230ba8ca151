// How soon a connection that nobody reads any more must be closed, as the server sees it.
import assert from 'node:assert/strict';
import type { Gateway } from '../../gateway';

/** A delta that is held until this never comes. */
export const never = new Promise<never>(() => undefined);

/** ms from the gesture until the server must know. */
export const soon = 100;

/** Times a test of that is tried, for `this.retries()`: this machine may be busy, so the best of a few counts. */
export const tries = 3;

/** @param since ms since the epoch, when the gesture was made. */
export async function assertClosed(gateway: Gateway, since: number): Promise<void> {
  const { closedByClientAt } = await gateway.waitFor((entry) => entry.closedByClientAt !== undefined);
  assert.ok(closedByClientAt! - since < soon, `closed ${closedByClientAt! - since} ms after the gesture`);
}
