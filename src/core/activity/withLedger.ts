// Passes every event of a reply to the ledger, whoever requested it.
import type { ReplyEvent } from '../model/reply';
import type { LedgerEntry } from '../model/ports';

/**
 * Returns the same events, and passes each to `entry` before the caller gets it. Not a generator, which would cost two
 * more turns of the event loop for each event.
 */
export function withLedger(
  events: AsyncGenerator<ReplyEvent, void>,
  entry: LedgerEntry,
): AsyncIterableIterator<ReplyEvent> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const next = await events.next();
      if (!next.done) entry.apply(next.value);
      return next;
    },
    async return() {
      await events.return();
      entry.abandon();
      return { done: true, value: undefined };
    },
  };
}
