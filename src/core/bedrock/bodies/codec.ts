// The codec of a model family: how requests are written and replies are read.
import type { CachePoints, Message, ToolConfig } from '../../model/content';
import type { Parameters } from '../../model/request';
import type { Usage } from '../../model/usage';
import type { BlockPart } from './blockReader';
import type { BytesOf } from './writeContent';

export type Fields = Readonly<Record<string, unknown>>;

/** What a body holds besides messages and parameters; most families know none of it. */
export interface BodyExtras {
  readonly tools?: ToolConfig;
  readonly cachePoints?: CachePoints;
  readonly bytesOf?: BytesOf;
}

export interface Codec {
  /** The token limit that the format requires; absent if it requires none. */
  readonly limit?: {
    readonly field: string;
    /** The user's limit, or one that every model of the family accepts. */
    readonly tokens: (parameters: Parameters) => number;
  };
  /** The request body without the limit. Parameters that are not set are left out, unless the format requires them. */
  readonly body: (messages: readonly Message[], parameters: Parameters, extras?: BodyExtras) => Fields;
  /** @throws AnswerUnreadable if `output` is no reply of this family. */
  readonly parseWhole: (output: Fields) => Whole;
  /** Creates a reader for one stream, which calls `emit` with the parts of the reply. */
  readonly reader: (emit: (part: BlockPart) => void) => ChunkReader;
}

/** A reply that was not streamed. */
export interface Whole {
  readonly parts: readonly BlockPart[];
  /** In Converse's terms; undefined if the reply does not say that it has ended. */
  readonly stopReason: string | undefined;
  readonly usage?: Usage | undefined;
}

/** Reads the chunks of one stream, in order. Ignores chunks of unknown kinds. */
export interface ChunkReader {
  /** Reads the next chunk. @throws ErrorEvent if the chunk is an error. */
  read(chunk: Fields): void;
  /** In Converse's terms; undefined until the chunk that ends the reply was read. */
  readonly stopReason: string | undefined;
  /** The tokens of the whole reply; undefined until they were reported. */
  readonly usage: Usage | undefined;
}

/** `value` if it is a valid token count, else undefined. */
export function tokenCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/**
 * The tokens written to the prompt cache: `total`, and `oneHour` of them for an hour. If `total` is missing, it is the
 * sum of `oneHour` and `shorter`, those written for a shorter time.
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

/** Removes undefined entries. */
export function present(entries: Fields): Fields {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
