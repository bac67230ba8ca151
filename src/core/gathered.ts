// Between a sender that does not wait and a reader that does: what lies ready at once is handed on as one.
import type { Part, Take } from './bedrock/converse';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The parts that `send` hands over, in order; returns what it resolves to, throws what it rejects with.
 *
 * A reply that comes in a rush, out of a cache or from a fast model, brings hundreds of pieces of text in each
 * packet. To step a generator for each, and do all that is done with an event, would cost more than the reading.
 * So the first goes on at once, and those that come while this process is busy with the packet go on as one.
 */
export async function* gathered(send: (take: Take) => Promise<string>): AsyncGenerator<Part, string> {
  const state: { readonly parts: Mutable<Part>[]; ended: boolean; wake?: () => void } = {
    parts: [],
    ended: false,
  };
  const sent = send((part) => {
    append(state.parts, part);
    state.wake?.();
  }).finally(() => {
    state.ended = true;
    state.wake?.();
  });
  // Nobody hears of it when the reader has left.
  sent.catch(() => undefined);

  for (;;) {
    if (state.parts.length === 0 && !state.ended)
      await new Promise<void>((resolve) => (state.wake = resolve));
    const parts = state.parts.splice(0);
    if (parts.length === 0) return sent;
    for (const part of parts) yield part;
    if (parts.some(isText) && !state.ended) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Adds `part`, to the last one where both are text, or both are reasoning. */
function append(parts: Mutable<Part>[], part: Part): void {
  const last = parts.at(-1);
  if (last && isText(last) && isText(part) && last.type === part.type) last.text += part.text;
  else parts.push({ ...part });
}

function isText<T extends Part>(part: T): part is Extract<T, { readonly type: 'text' | 'reasoning' }> {
  return part.type === 'text' || part.type === 'reasoning';
}
