// Coalesces parts that arrive in the same tick before an async reader takes them.
import type { ReplyPart, PartSink } from './bedrock/converse';
import { abortable } from './model/abortable';
import type { Clock } from './model/ports';

/**
 * Yields the parts that `send` emits, in order; returns what it resolves to, and throws what it rejects with. Throws as
 * soon as `signal` aborts, since `send` may be waiting for something that never comes.
 *
 * A fast reply, from a cache or a fast model, brings hundreds of pieces of text in each packet. Stepping a generator
 * and handling an event for each would cost more than reading them. So the first piece is passed on at once, and pieces
 * that arrive while this process handles the packet are passed on as one.
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
  // A rejection is not unhandled if the reader has left.
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

/** UTF-16 units; a part is handled in one go by every listener. */
const maxPartLength = 262_144;

/** Joins neighbouring parts that are both text or both reasoning. */
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
