import type { ReplyBlock, ScriptBlock } from './content/signedReply.js';
import type { GuardrailReport } from './guardrail.js';

/** The script of a reply; every field except the deltas has a default. */
export interface Script {
  /** The text, in the pieces in which it is streamed. */
  readonly deltas: readonly string[];
  /** Streamed before the text, in its own content block. */
  readonly reasoning?: readonly string[];
  /** All blocks in order; if absent, one of the reasoning and one of the text. */
  readonly blocks?: readonly ScriptBlock[];
  /** ms before each delta; the gateway's own pace if absent. */
  readonly pace?: number;
  /** ms before the first byte; Infinity for a response that never arrives. */
  readonly firstByte?: number;
  /** Awaited before delta `index` is sent, counted over all blocks. A whole response awaits all of them. */
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
export type Reply = Required<Omit<Script, 'usage' | 'blocks'>> & {
  readonly usage: Usage;
  readonly blocks: readonly ReplyBlock[];
  /** As requested; reported back by Converse. */
  readonly serviceTier?: string | undefined;
};

const tokens = (characters: number) => Math.ceil(characters / 4);

type InputUsage = Omit<Usage, 'outputTokens' | 'totalTokens'>;

/** The usage of a prompt that is text only. */
export const textUsage = (characters: number): InputUsage => ({
  inputTokens: tokens(characters),
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 0,
});

/** A script's blocks, in order. */
export function blocksOf({ blocks, reasoning = [], deltas }: Script): readonly ScriptBlock[] {
  if (blocks) return blocks;
  return [
    { kind: 'reasoning' as const, deltas: reasoning },
    { kind: 'text' as const, deltas },
  ].filter((block) => block.deltas.length > 0);
}

/** A script of several blocks. */
export const blockScript = (blocks: readonly ScriptBlock[], more: Partial<Script> = {}): Script => ({
  deltas: deltasOf(blocks, 'text'),
  reasoning: deltasOf(blocks, 'reasoning'),
  blocks,
  ...more,
});

const deltasOf = (blocks: readonly ScriptBlock[], kind: ScriptBlock['kind']) =>
  blocks.flatMap((block) => (block.kind === kind && 'deltas' in block ? block.deltas : []));

/** How many pieces a reply is streamed in. */
export const deltaCount = ({ blocks }: Reply): number =>
  blocks.reduce((sum, { deltas }) => sum + deltas.length, 0);

export function completed(
  script: Script,
  blocks: readonly ReplyBlock[],
  input: InputUsage,
  pace: number,
  serviceTier?: string,
): Reply {
  const written = blocks.flatMap(({ deltas }) => deltas).join('').length;
  const usage = { ...input, outputTokens: tokens(written), ...script.usage };
  return {
    reasoning: [],
    pace,
    firstByte: 0,
    hold: () => Promise.resolve(),
    stopReason: 'end_turn',
    ending: 'complete',
    guardrail: null,
    headers: {},
    serviceTier,
    ...script,
    blocks,
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
