// Reading bodies. Whatever comes is bounded, and so is each piece of work on it: the extension host is shared with
// all other extensions, and to parse 30 MB in one go would hold them up for a fifth of a second.
import { AnswerUnreadable, ReplyTooLarge } from '../model/errors';
import { compressionOf } from './compression';
import type { ResponseHead } from './response';
import type { Ports } from '../model/ports';
import { isRecord, maxJsonTokens, parseJson } from '../model/json';

/** A body as the handler gives it: one of Node's streams. */
export interface Arriving extends AsyncIterable<Uint8Array> {
  destroy?(): void;
}

/** Bytes of a reply that comes in one piece; of a stream, UTF-16 units of its text. No model writes a tenth of it. */
export const maxReplySize = 32 * 1024 * 1024;

/** Bytes of an error's body that are read; no gateway's or AWS's is as long. */
const maxErrorLength = 1_000_000;
/** How long its body is read, ms. */
const errorTime = 10_000;

/**
 * `head` with what came of the body of an error, which need not be whole: its status and headers say the most. The
 * head names a coding only if the body could not be unpacked; then it is ''. Never rejects.
 */
export async function withErrorBody(
  { encoding, ...head }: ResponseHead,
  stream: Arriving,
  { clock, unpack }: ErrorPorts,
): Promise<ResponseHead> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stop = clock.every(errorTime, () => stream.destroy?.());
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxErrorLength) break;
    }
  } catch {
    // Cut, or closed above.
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

/** What reading an error takes. */
export type ErrorPorts = Pick<Ports, 'unpack'> & { readonly clock: Pick<Ports['clock'], 'every'> };

/** Whether bytes are text, whatever the head says about a coding: proxies leave that in place, or answer with nothing. */
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
 * The JSON of a success that comes in one piece, as a value.
 * @throws AnswerUnreadable when it is no JSON, or of more parts than any reply.
 * @throws ReplyTooLarge with the longest text in it, as far as it came, when it is larger than any reply.
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

/** A JSON text that is here already, as a value. @throws AnswerUnreadable as collectJson() does */
export function parseLongJson(text: string): unknown {
  if (text.length <= maxJsonTokens) return parsed(text);
  const reader = new JsonReader();
  for (let at = 0; at < text.length; at += pieceLength) reader.add(text.slice(at, at + pieceLength));
  return reader.value;
}

/** Characters of a string that are parsed at once. */
const pieceLength = 65_536;
/** Longer strings are taken out: what is left of a reply of any size is parsed in one go. */
const longString = 64;

/** Stands in the text, and in what it is parsed to, for a long string that was taken out. */
const markWritten = String.raw`\u0000long `;
const markRead = '\0long ';

/** Reads a JSON text as it arrives. Long strings, such as a reply's text, are taken out of it and parsed in pieces. */
class JsonReader {
  /** The text, with a mark in place of each long string. */
  #rest = '';
  #tokens = 0;
  readonly #long: string[] = [];
  /** What is not parsed yet of the string that is being read; undefined outside of strings. */
  #raw: string | undefined;
  #parsed = '';
  /** Within an escape: the digits that are to come; -1 right after the backslash. */
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
    // One that looks like a mark is taken out too.
    if (this.#parsed || this.#raw.length > longString || this.#raw.startsWith(String.raw`\u0000`)) {
      this.#parseRaw();
      this.#rest += `${markWritten}${this.#long.push(this.#parsed) - 1}`;
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
      return value.startsWith(markRead) ? (this.#long[Number(value.slice(markRead.length))] ?? value) : value;
    if (Array.isArray(value)) return (value as unknown[]).map((item) => this.#restored(item));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [String(this.#restored(name)), this.#restored(item)]),
    );
  }

  /** The longest string, whole or not. */
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
