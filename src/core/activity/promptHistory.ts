// What is known of prompts that were asked before: when first, and whether the gateway's cache let them down.
import type { ActivityRecord } from './record';

/** A reply that was received whole, which the cache was asked to keep. */
interface Kept extends Pick<ActivityRecord, 'at' | 'total'> {
  readonly ttl: number;
  readonly streamed: boolean;
  readonly hit: boolean;
}

/** What is known of one prompt at one gateway. */
interface Asked {
  /** The latest two that were streamed and missed, the older first. */
  readonly streamed: readonly Kept[];
  /** The latest that was not streamed and missed. */
  readonly whole?: Kept;
  /** In one piece it is not kept either. */
  readonly isNeverKept: boolean;
}

/** A day of the record. */
interface Day {
  /** ms since the epoch, by the prompt's keyed hash. */
  readonly first: Map<string, number>;
  /** By prompt and gateway, in the order in which the replies ended. */
  readonly kept: Map<string, Kept[]>;
}

export class PromptHistory {
  /** By day, YYYY-MM-DD: what is removed from the record is forgotten by the day. */
  readonly #days = new Map<string, Day>();

  /** `day`: of the file that holds it. */
  add(day: string, { prompt, gateway, at, total, outcome, operation, cache, ttl }: ActivityRecord): void {
    if (prompt === undefined) return;
    let of = this.#days.get(day);
    if (!of) this.#days.set(day, (of = { first: new Map(), kept: new Map() }));
    // Windows append in the order in which replies end.
    of.first.set(prompt, Math.min(at, of.first.get(prompt) ?? at));
    if (ttl === undefined || outcome !== 'done') return;
    const kept = { at, total, ttl, streamed: isStreamed(operation), hit: cache === 'HIT' };
    const key = keyOf(prompt, gateway);
    const before = of.kept.get(key);
    if (before) before.push(kept);
    else of.kept.set(key, [kept]);
  }

  /** The record of that day is gone. */
  forget(day: string): void {
    this.#days.delete(day);
  }

  /** When a prompt was first asked here, ms since the epoch; undefined when it was not. */
  firstSeenAt(prompt: string): number | undefined {
    const times = [...this.#days.values()].flatMap(({ first }) => first.get(prompt) ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /**
   * Whether the gateway's cache keeps this prompt's reply in one piece but not as a stream, as far as is known at
   * `now` (ms since the epoch): two that were streamed and equal both missed, though the second should have hit; and
   * since then not so long has gone by that the cache would be empty. `ttl` is that of the prompt, in seconds.
   */
  streamsNotCached(prompt: string, gateway: string, ttl: number, now: number): boolean {
    const asked = this.#asked(keyOf(prompt, gateway));
    const [first, second] = asked.streamed;
    if (asked.isNeverKept || !first || !second || !shouldHaveHit(first, second)) return false;
    return now - Math.max(second.at, asked.whole?.at ?? 0) <= Math.min(second.ttl, ttl) * 1000;
  }

  #asked(key: string): Asked {
    const days = [...this.#days].filter(([, { kept }]) => kept.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
    return days.flatMap(([, { kept }]) => kept.get(key) ?? []).reduce(withReply, neverAsked);
  }
}

const neverAsked: Asked = { streamed: [], isNeverKept: false };

/** What is known with one reply more. */
function withReply(asked: Asked, reply: Kept): Asked {
  const { streamed, whole } = asked;
  if (reply.streamed)
    return { ...asked, streamed: reply.hit ? [] : [...streamed, reply].sort(byTime).slice(-2) };
  if (reply.hit) return { ...asked, isNeverKept: false };
  const isNeverKept = asked.isNeverKept || (whole !== undefined && shouldHaveHit(whole, reply));
  return { ...asked, isNeverKept, whole: reply };
}

function keyOf(prompt: string, gateway: string): string {
  return `${prompt} ${gateway}`;
}

function byTime(a: Kept, b: Kept): number {
  return a.at - b.at;
}

/** Whether a cache that keeps such replies had the first when the second was asked. */
function shouldHaveHit(first: Kept, second: Kept): boolean {
  const ended = first.at + first.total;
  return second.at >= ended && second.at - ended <= Math.min(first.ttl, second.ttl) * 1000;
}

function isStreamed(operation: ActivityRecord['operation']): boolean {
  return operation === 'converse-stream' || operation === 'invoke-with-response-stream';
}
