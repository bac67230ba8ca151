import type { Guarded } from './guardrail.js';

/** What the model says, and how; every field but the deltas has a sensible default. */
export interface Script {
  /** The text, in the pieces in which it is streamed. */
  readonly deltas: readonly string[];
  /** Streamed before the text, in a content block of its own. */
  readonly reasoning?: readonly string[];
  /** Milliseconds before each delta; the gateway's own pace otherwise. */
  readonly pace?: number;
  /** Milliseconds before the first byte; Infinity for an answer that never comes. */
  readonly firstByte?: number;
  /** Awaited before delta `index` is sent; reasoning counts first. A whole answer awaits all of them. */
  readonly hold?: (index: number) => Promise<void>;
  readonly stopReason?: string;
  readonly usage?: Partial<Usage>;
  readonly ending?: Ending;
  /** What a guardrail did; null when none was asked for. */
  readonly guarded?: Guarded | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
}

/** How a stream ends. Only `complete` has the frames that say so; a whole answer is always complete. */
export type Ending =
  | 'complete'
  /** The body ends, as HTTP goes, properly, after the last delta. */
  | 'cut'
  | 'connectionLost'
  | 'halfFrame'
  /** The next frame says of itself, truly, that it is larger than any reply. */
  | 'hugeFrame'
  /** The next frame comes with bytes changed, as though read as UTF-8 and written again. */
  | 'damaged'
  /** Nothing more is sent, and nothing closed. */
  | 'stall'
  /** A failure that the service's model does not name. */
  | 'unknownError'
  /**
   * An exception frame; where its name ends in `_error`, and in Claude's own body, an event that says so. `first`: in
   * place of everything, so that nothing of a reply has begun.
   */
  | { readonly exception: string; readonly message: string; readonly first?: true };

/** A script with every gap filled. */
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
    guarded: null,
    headers: {},
    ...script,
    usage: {
      totalTokens:
        usage.inputTokens + usage.outputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens,
      ...usage,
    },
  };
}

/** Whether a stream begins with what ends it. */
export const isRefusal = ({ ending }: Reply) => typeof ending === 'object' && ending.first === true;

/** Lengths of pieces in turn: uneven, so that they split Markdown anywhere. */
const lengths = [3, 11, 5, 17, 2, 9, 14, 6];
const mostPieces = 400;

/** Cuts a text into the pieces in which to stream it, never inside a code point. */
export function pieces(text: string): string[] {
  const points = Array.from(text);
  const average = lengths.reduce((sum, length) => sum + length) / lengths.length;
  const stretch = Math.max(1, Math.ceil(points.length / (average * mostPieces)));
  const cut: string[] = [];
  for (let start = 0; start < points.length;) {
    const end = start + lengths[cut.length % lengths.length]! * stretch;
    cut.push(points.slice(start, end).join(''));
    start = end;
  }
  return cut;
}
