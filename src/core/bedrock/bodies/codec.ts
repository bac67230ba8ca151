// What is to be known of a family: how a request is written in its body, and how its replies are read.
import type { ReplyEvent } from '../../model/reply';
import type { Usage } from '../../model/usage';
import type { Message, Parameters } from '../../model/request';

export type Fields = Readonly<Record<string, unknown>>;

/** What a reply shows. */
export type ReplyTexts = Extract<ReplyEvent, { type: 'text' | 'reasoning' }>;

export interface Codec {
  /** The limit of tokens that the body cannot do without; absent where the body can. */
  readonly limit?: {
    readonly field: string;
    /** The limit for a reply, in tokens: the user's, or one that every model of the family takes. */
    readonly tokens: (parameters: Parameters) => number;
  };
  /** The body without its limit. What the user did not set is left out, unless the body requires it. */
  readonly body: (messages: readonly Message[], parameters: Parameters) => Fields;
  /** @throws AnswerUnreadable when `output` is no reply of this family. */
  readonly parseWhole: (output: Fields) => Whole;
  /** A reader for one stream. */
  readonly reader: () => ChunkReader;
}

/** A reply that came in one piece. */
export interface Whole {
  readonly parts: readonly ReplyTexts[];
  /** In Converse's words; undefined where the reply does not say that it has ended. */
  readonly stopReason: string | undefined;
  readonly usage?: Usage | undefined;
}

/** Reads the chunks of one stream, in their order. Chunks of a kind that it does not know say nothing to it. */
export interface ChunkReader {
  /** What there is to show of the next chunk. @throws ErrorEvent when the chunk tells of an error. */
  read(chunk: Fields): ReplyTexts | undefined;
  /** In Converse's words; undefined until the chunk that ends the reply was read. */
  readonly stopReason: string | undefined;
  /** The tokens of the whole reply; undefined until they were told. */
  readonly usage: Usage | undefined;
}

/** `value` when it is a count of tokens. */
export function tokenCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/**
 * What was written to the prompt cache: `told` in all, and `hour` of it for an hour. Where one of the two is not told,
 * `others` says how much was written for a shorter time.
 */
export function cacheWritten(
  total: number | undefined,
  {
    hour: oneHour = 0,
    others: shorter = 0,
  }: { readonly hour?: number | undefined; readonly others?: number | undefined },
): Pick<Usage, 'cacheWrite' | 'cacheWrite1h'> {
  const cacheWrite = total ?? oneHour + shorter;
  const cacheWrite1h = Math.min(oneHour, cacheWrite);
  return cacheWrite1h > 0 ? { cacheWrite, cacheWrite1h } : { cacheWrite };
}

/** Only those entries that have a value. */
export function present(entries: Fields): Fields {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
