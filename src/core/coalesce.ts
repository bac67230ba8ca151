// Coalesces parts that arrive in the same tick before an async reader takes them.
import type { ReplyPart, PartSink } from './bedrock/converse';
import { abortable } from './model/abortable';
import type { Clock } from './model/ports';

/**
 * The parts that `send` hands over, in order; returns what it resolves to, throws what it rejects with, or as soon as
 * `signal` aborts: whatever it waits for then may never come.
 *
 * A reply that comes in a rush, out of a cache or from a fast model, brings hundreds of pieces of text in each
 * packet. To step a generator for each, and do all that is done with an event, would cost more than the reading.
 * So the first goes on at once, and those that come while this process is busy with the packet go on as one.
 */
export async function* coalesce(
  send: (emit: PartSink) => Promise<string>,
  signal: AbortSignal,
  { turn }: Pick<Clock, 'turn'>,
): AsyncGenerator<ReplyPart, string> {
  const state: { parts: ReplyPart[]; ended: boolean; wake: (() => void) | undefined } = {
    parts: [],
    ended: false,
    wake: undefined,
  };
  const wake = () => {
    state.wake?.();
    state.wake = undefined;
  };
  const sending = send((part) => {
    state.parts.push(part);
    if (state.wake) wake();
  });
  const sent = abortable(sending, signal).finally(() => {
    state.ended = true;
    wake();
  });
  // Nobody hears of it when the reader has left.
  sent.catch(() => undefined);

  for (;;) {
    if (state.parts.length === 0 && !state.ended)
      await new Promise<void>((resolve) => (state.wake = resolve));
    const parts = joined(state.parts);
    state.parts = [];
    if (parts.length === 0) return sent;
    for (const part of parts) yield part;
    if (parts.some(isText) && !state.ended) await turn();
  }
}

/** UTF-16 units; what goes on as one is handled as one, by everybody who is told. */
const maxPartLength = 262_144;

/** The same, neighbours that are both text, or both reasoning, as one. */
function joined(parts: readonly ReplyPart[]): ReplyPart[] {
  const all: ReplyPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (isText(part) && last?.type === part.type && last.text.length < maxPartLength)
      all[all.length - 1] = { type: part.type, text: last.text + part.text };
    else all.push(part);
  }
  return all;
}

function isText(part: ReplyPart): part is Extract<ReplyPart, { readonly type: 'text' | 'reasoning' }> {
  return part.type === 'text' || part.type === 'reasoning';
}
