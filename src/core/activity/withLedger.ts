// Tells a ledger of every event of a reply, whoever asked for it.
import type { ReplyEvent } from '../model/reply';
import type { LedgerEntry } from '../model/ports';

/**
 * The same events, of which `entry` is told before whoever asked. By hand and not by a generator: that would cost
 * each event two turns more.
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
