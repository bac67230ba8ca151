import { createHash } from 'node:crypto';
import type { Address } from './address.js';
import type { Answer } from './answer.js';
import type { Received } from './received.js';

interface Kept {
  readonly answer: Answer;
  readonly expires: number;
}

/** Where a reply is or would be kept, and for how long. */
export interface Slot {
  readonly key: string;
  /** Milliseconds. */
  readonly lifetime: number;
}

const shortest = 60;
const longest = 30 * 24 * 60 * 60;
const withoutLifetime = 5 * 60;

/** Undefined when this request is not to be cached: caching is off until a request asks for it. */
export function slotOf(
  { headers, body }: Received,
  address: Address,
  keyIsAuthorization: boolean,
): Slot | undefined {
  if (headers['cf-aig-skip-cache'] === 'true') return undefined;
  const asked = Number(headers['cf-aig-cache-ttl']);
  const custom = headers['cf-aig-cache-key'];
  const inRange = asked >= shortest && asked <= longest;
  if (!inRange && custom === undefined) return undefined;
  const lifetime = (inRange ? asked : withoutLifetime) * 1000;
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
  readonly #kept = new Map<string, Kept>();

  constructor(readonly clock: () => number) {}

  find({ key }: Slot): Answer | undefined {
    const kept = this.#kept.get(key);
    if (kept && kept.expires > this.clock()) return kept.answer;
    this.#kept.delete(key);
    return undefined;
  }

  /** The same answer, kept once the last of it has been sent. Its Date stays what it is today. */
  keeping(slot: Slot, answer: Answer): Answer {
    if (!answer.complete) return answer;
    const keep = (body: Buffer) =>
      void this.#kept.set(slot.key, { answer: { ...answer, body }, expires: this.clock() + slot.lifetime });
    const { body } = answer;
    if (Buffer.isBuffer(body)) {
      keep(body);
      return answer;
    }
    return { ...answer, body: (gone) => collected(body(gone), gone, keep) };
  }
}

async function* collected(chunks: AsyncIterable<Buffer>, gone: AbortSignal, keep: (body: Buffer) => void) {
  const sent: Buffer[] = [];
  for await (const chunk of chunks) {
    sent.push(chunk);
    yield chunk;
  }
  if (!gone.aborted) keep(Buffer.concat(sent));
}
