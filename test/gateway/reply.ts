import type { GuardrailReport } from './guardrail.js';

/** The script of a reply; every field except the deltas has a default. */
export interface Script {
  /** The text, in the pieces in which it is streamed. */
  readonly deltas: readonly string[];
  /** Streamed before the text, in its own content block. */
  readonly reasoning?: readonly string[];
  /** ms before each delta; the gateway's own pace if absent. */
  readonly pace?: number;
  /** ms before the first byte; Infinity for a response that never arrives. */
  readonly firstByte?: number;
  /** Awaited before delta `index` is sent, counted from the reasoning on. A whole response awaits all of them. */
  readonly hold?: (index: number) => Promise<void>;
  readonly stopReason?: string;
  readonly usage?: Partial<Usage>;
  readonly ending?: Ending;
  /** What a guardrail did; null if none was requested. */
  readonly guardrail?: GuardrailReport | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  /** Tokens written to the cache, by their time to live. */
  readonly cacheDetails?: readonly { readonly ttl: string; readonly inputTokens: number }[];
}

/** How a stream ends. Only `complete` has the final frames; a whole response is always complete. */
export type Ending =
  | 'complete'
  /** The body ends after the last delta, correctly for HTTP. */
  | 'cut'
  | 'connectionLost'
  | 'halfFrame'
  /** The next frame's prelude announces more bytes than any reply has. */
  | 'hugeFrame'
  /** The next frame arrives with changed bytes, as if decoded and encoded as UTF-8. */
  | 'damaged'
  /** Nothing more is sent, and the connection stays open. */
  | 'stall'
  /** An error of a type that is not in the service's API. */
  | 'unknownError'
  /**
   * An exception frame. If its name ends in `_error`, Claude's own format has an error event instead. `first`: in place
   * of the whole reply.
   */
  | { readonly exception: string; readonly message: string; readonly first?: true };

/** A script with all defaults. */
export type Reply = Required<Omit<Script, 'usage'>> & { readonly usage: Usage };

const tokens = (characters: number) => Math.ceil(characters / 4);

export function completed(script: Script, promptCharacters: number, pace: number): Reply {
  const written = [...(script.reasoning ?? []), ...script.deltas].join('').length;
  const counted = { inputTokens: tokens(promptCharacters), outputTokens: tokens(written) };
  const usage = { ...counted, cacheReadInputTokens: 0, cacheWriteInputTokens: 0, ...script.usage };
  return {
    reasoning: [],
    pace,
    firstByte: 0,
    hold: () => Promise.resolve(),
    stopReason: 'end_turn',
    ending: 'complete',
    guardrail: null,
    headers: {},
    ...script,
    usage: {
      totalTokens:
        usage.inputTokens + usage.outputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens,
      ...usage,
    },
  };
}

/** Whether a stream begins with its exception. */
export const isRefusal = ({ ending }: Reply) => typeof ending === 'object' && ending.first === true;

/** Lengths of pieces in turn: uneven, so that they split Markdown anywhere. */
const lengths = [3, 11, 5, 17, 2, 9, 14, 6];
const maxPieces = 400;

/** Splits a text into the pieces in which to stream it, never inside a code point. */
export function pieces(text: string): string[] {
  const points = Array.from(text);
  const average = lengths.reduce((sum, length) => sum + length) / lengths.length;
  const factor = Math.max(1, Math.ceil(points.length / (average * maxPieces)));
  const cut: string[] = [];
  for (let start = 0; start < points.length;) {
    const end = start + lengths[cut.length % lengths.length]! * factor;
    cut.push(points.slice(start, end).join(''));
    start = end;
  }
  return cut;
}
