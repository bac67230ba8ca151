// Tells a ledger of every event of a reply, whoever asked for it.
import type { ReplyEvent } from '../model/reply';
import type { Request } from '../model/request';

/** Keeps the record of requests. Nothing that it is told may fail because of it. */
export interface Ledger {
  begin(request: Request): Entry;
  /** When an equal prompt was first asked here, ms since the epoch; undefined when none was. */
  firstAsked(request: Request): Promise<number | undefined>;
  /** Whether the gateway's cache has twice not kept an equal prompt's reply as a stream. */
  streamIsNotKept(request: Request): Promise<boolean>;
}

/** One request. */
export interface Entry {
  /** In order; the last is `ended`. Must not throw. */
  see(event: ReplyEvent): void;
  /** Whoever asked no longer listens; after `ended` that means nothing. Must not throw. */
  left(): void;
}

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
