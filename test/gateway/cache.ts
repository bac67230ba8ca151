import { createHash } from 'node:crypto';
import type { Address } from './address.js';
import type { Answer } from './answer.js';
import type { Received } from './received.js';

interface CacheEntry {
  readonly answer: Answer;
  readonly expires: number;
}

/** The cache slot for a reply, and its time to live. */
export interface Slot {
  readonly key: string;
  /** Milliseconds. */
  readonly lifetime: number;
}

const minTtl = 60;
const maxTtl = 30 * 24 * 60 * 60;
const defaultTtl = 5 * 60;

/** Undefined if this request is not cached: caching is off unless a request asks for it. */
export function slotOf(
  { headers, body }: Received,
  address: Address,
  keyIsAuthorization: boolean,
): Slot | undefined {
  if (headers['cf-aig-skip-cache'] === 'true') return undefined;
  const ttl = Number(headers['cf-aig-cache-ttl']);
  const custom = headers['cf-aig-cache-key'];
  const inRange = ttl >= minTtl && ttl <= maxTtl;
  if (!inRange && custom === undefined) return undefined;
  const lifetime = (inRange ? ttl : defaultTtl) * 1000;
  if (custom !== undefined && !keyIsAuthorization) return { key: `custom ${custom}`, lifetime };
  const parts = [
    address.provider,
    address.operation,
    address.region,
    address.model,
    headers['authorization'],
    body.toString('base64'),
  ];
  return { key: createHash('sha256').update(JSON.stringify(parts)).digest('hex'), lifetime };
}

export class Cache {
  readonly #entries = new Map<string, CacheEntry>();

  constructor(readonly clock: () => number) {}

  find({ key }: Slot): Answer | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.expires > this.clock()) return entry.answer;
    this.#entries.delete(key);
    return undefined;
  }

  /** Returns the same response, and caches it when it was sent completely. Its Date does not change. */
  store(slot: Slot, answer: Answer): Answer {
    if (!answer.complete) return answer;
    const keep = (body: Buffer) =>
      void this.#entries.set(slot.key, {
        answer: { ...answer, body },
        expires: this.clock() + slot.lifetime,
      });
    const { body } = answer;
    if (Buffer.isBuffer(body)) {
      keep(body);
      return answer;
    }
    return { ...answer, body: (gone) => collected(body(gone), gone, keep) };
  }
}

async function* collected(chunks: AsyncIterable<Buffer>, signal: AbortSignal, keep: (body: Buffer) => void) {
  const sent: Buffer[] = [];
  for await (const chunk of chunks) {
    sent.push(chunk);
    yield chunk;
  }
  if (!signal.aborted) keep(Buffer.concat(sent));
}
