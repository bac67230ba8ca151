// Tells a ledger of every event of a reply, whoever asked for it.
import type { ReplyEvent } from '../model/reply';
import type { Entry } from '../model/ports';

/**
 * The same events, of which `entry` is told before whoever asked. By hand and not by a generator: that would cost
 * each event two turns more.
 */
export function recorded(
  events: AsyncGenerator<ReplyEvent, void>,
  entry: Entry,
): AsyncIterableIterator<ReplyEvent> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const next = await events.next();
      if (!next.done) entry.see(next.value);
      return next;
    },
    async return() {
      await events.return();
      entry.left();
      return { done: true, value: undefined };
    },
  };
}
