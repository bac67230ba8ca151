// Reads response bodies. Sizes are limited, and so is each step of work: the extension host is shared with all other
// extensions, and parsing 30 MB at once would block it for a fifth of a second.
import { AnswerUnreadable, ReplyTooLarge } from '../model/errors';
import { compressionOf } from './compression';
import type { ResponseHead } from './response';
import type { Ports } from '../model/ports';
import { isRecord, maxJsonTokens, parseJson } from '../model/json';

/** A body as the HTTP handler returns it: a Node stream. */
export interface Arriving extends AsyncIterable<Uint8Array> {
  destroy?(): void;
}

/** Bytes of a whole reply, or UTF-16 units of a streamed reply's text. No model writes a tenth of that. */
export const maxReplySize = 32 * 1024 * 1024;

/** Bytes of an error's body; those of gateways and AWS are shorter. */
const maxErrorLength = 1_000_000;
/** How long an error's body is read, ms. */
const errorReadTimeout = 10_000;

/**
 * Adds the body of an error response to `head`. It may be incomplete, since the status and the headers matter most.
 * `encoding` stays only if the body could not be decompressed; the body is '' then. Never rejects.
 */
export async function withErrorBody(
  { encoding, ...head }: ResponseHead,
  stream: Arriving,
  { clock, unpack }: ErrorPorts,
): Promise<ResponseHead> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stop = clock.every(errorReadTimeout, () => stream.destroy?.());
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxErrorLength) break;
    }
  } catch {
    // Interrupted, or closed above.
  } finally {
    stop();
  }
  const bytes = joined(chunks, size);
  const coding = encoding ?? compressionOf(bytes);
  const isText = coding === undefined || isReadable(bytes);
  const unpacked = isText ? bytes : await unpack?.(coding, bytes, maxErrorLength);
  return unpacked !== undefined
    ? { ...head, body: decoded(unpacked) }
    : { ...head, encoding: coding ?? '', body: '' };
}

/** The ports that reading an error needs. */
export type ErrorPorts = Pick<Ports, 'unpack'> & { readonly clock: Pick<Ports['clock'], 'every'> };

/** Whether bytes are text, whatever `content-encoding` says: proxies leave that header in place after decompressing. */
function isReadable(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/[^\P{Cc}\s]/u.test(text);
  } catch {
    return /^\s{0,64}[[{<]/.test(decoded(bytes.subarray(0, 64)));
  }
}

const decoded = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Reads the JSON of a successful response that is not streamed.
 * @throws AnswerUnreadable if it is invalid, or has more tokens than any reply.
 * @throws ReplyTooLarge with the longest text in it so far, if it is larger than any reply.
 */
export async function collectJson(stream: Arriving): Promise<unknown> {
  const decoder = new TextDecoder();
  const reader = new JsonReader();
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    reader.add(decoder.decode(chunk, { stream: true }));
    if (size > maxReplySize) throw new ReplyTooLarge(reader.longest);
  }
  reader.add(decoder.decode());
  return reader.value;
}

/** Parses a long JSON text. @throws AnswerUnreadable like collectJson() */
export function parseLongJson(text: string): unknown {
  if (text.length <= maxJsonTokens) return parsed(text);
  const reader = new JsonReader();
  for (let at = 0; at < text.length; at += pieceLength) reader.add(text.slice(at, at + pieceLength));
  return reader.value;
}

/** How many characters of a string are parsed at once. */
const pieceLength = 65_536;
/** Strings longer than this are parsed separately. The rest of a reply of any size can then be parsed at once. */
const longString = 64;

/** The placeholder for a long string, in the text and in the parsed value. */
const placeholderInText = String.raw`\u0000long `;
const placeholderInValue = '\0long ';

/** Parses JSON as it arrives. Long strings, such as a reply's text, are taken out and parsed in pieces. */
class JsonReader {
  /** The text, with a placeholder for each long string. */
  #rest = '';
  #tokens = 0;
  readonly #long: string[] = [];
  /** The unparsed part of the current string; undefined outside of strings. */
  #raw: string | undefined;
  #parsed = '';
  /** Within an escape: the number of digits to come; -1 right after the backslash. */
  #escape = 0;

  /** @throws AnswerUnreadable */
  add(text: string): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at];
      if (this.#raw === undefined) {
        if (character === '"') {
          this.#rest += text.slice(from, at + 1);
          this.#raw = '';
          from = at + 1;
        } else if (character === ',' || character === ':' || character === '[' || character === '{') {
          if (++this.#tokens > maxJsonTokens) throw new AnswerUnreadable();
        }
      } else if (this.#escape === -1) this.#escape = character === 'u' ? 4 : 0;
      else if (this.#escape > 0) this.#escape -= 1;
      else if (character === '\\') this.#escape = -1;
      else if (character === '"') {
        this.#endString(text.slice(from, at));
        from = at;
      }
    }
    if (this.#raw === undefined) this.#rest += text.slice(from);
    else {
      this.#raw += text.slice(from);
      if (this.#raw.length > pieceLength && this.#escape === 0) this.#parseRaw();
    }
  }

  #endString(end: string): void {
    this.#raw = (this.#raw ?? '') + end;
    // A string that looks like a placeholder is taken out too.
    if (this.#parsed || this.#raw.length > longString || this.#raw.startsWith(String.raw`\u0000`)) {
      this.#parseRaw();
      this.#rest += `${placeholderInText}${this.#long.push(this.#parsed) - 1}`;
    } else this.#rest += this.#raw;
    this.#raw = undefined;
    this.#parsed = '';
  }

  #parseRaw(): void {
    this.#parsed += String(parsed(`"${this.#raw ?? ''}"`));
    this.#raw = '';
  }

  /** @throws AnswerUnreadable */
  get value(): unknown {
    const value = parsed(this.#rest);
    return this.#long.length > 0 ? this.#restored(value) : value;
  }

  #restored(value: unknown): unknown {
    if (typeof value === 'string')
      return value.startsWith(placeholderInValue)
        ? (this.#long[Number(value.slice(placeholderInValue.length))] ?? value)
        : value;
    if (Array.isArray(value)) return (value as unknown[]).map((item) => this.#restored(item));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [String(this.#restored(name)), this.#restored(item)]),
    );
  }

  /** The longest string, complete or not. */
  get longest(): string {
    return [...this.#long, this.#parsed].reduce((one, other) => (other.length > one.length ? other : one));
  }
}

/** @throws AnswerUnreadable */
function parsed(text: string): unknown {
  const value = parseJson(text);
  if (value === undefined) throw new AnswerUnreadable();
  return value;
}
