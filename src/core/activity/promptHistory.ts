// Earlier prompts: when each was first sent, and whether the gateway failed to cache its reply.
import type { ActivityRecord } from './record';

/** A completely received reply that the gateway was asked to cache. */
interface CacheableReply extends Pick<ActivityRecord, 'at' | 'total'> {
  readonly ttl: number;
  readonly streamed: boolean;
  readonly hit: boolean;
}

/** What is known about one prompt at one gateway. */
interface PromptState {
  /** The latest two streamed replies that missed the cache, the older first. */
  readonly streamed: readonly CacheableReply[];
  /** The latest reply that was not streamed and missed the cache. */
  readonly whole?: CacheableReply;
  /** Replies in one piece are not cached either. */
  readonly isNeverKept: boolean;
}

/** One day of the record. */
interface Day {
  /** When each prompt was first sent, ms since the epoch, by its keyed hash. */
  readonly first: Map<string, number>;
  /** By prompt and gateway, in the order in which the replies ended. */
  readonly kept: Map<string, CacheableReply[]>;
}

export class PromptHistory {
  /** By day, YYYY-MM-DD, since the record is deleted by the day. */
  readonly #days = new Map<string, Day>();

  /** Adds a record; `day` is that of its file. */
  add(day: string, { prompt, gateway, at, total, outcome, operation, cache, ttl }: ActivityRecord): void {
    if (prompt === undefined) return;
    let records = this.#days.get(day);
    if (!records) this.#days.set(day, (records = { first: new Map(), kept: new Map() }));
    // Windows append to the file in the order in which replies end.
    records.first.set(prompt, Math.min(at, records.first.get(prompt) ?? at));
    if (ttl === undefined || outcome !== 'done') return;
    const reply = { at, total, ttl, streamed: isStreamed(operation), hit: cache === 'HIT' };
    const key = keyOf(prompt, gateway);
    const replies = records.kept.get(key);
    if (replies) replies.push(reply);
    else records.kept.set(key, [reply]);
  }

  /** Removes a day whose record was deleted. */
  forget(day: string): void {
    this.#days.delete(day);
  }

  /** When a prompt was first sent, ms since the epoch; undefined if it never was. */
  firstSeenAt(prompt: string): number | undefined {
    const times = [...this.#days.values()].flatMap(({ first }) => first.get(prompt) ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /**
   * Whether the gateway caches this prompt's reply in one piece but not as a stream, as far as is known at `now` (ms
   * since the epoch): two equal streamed prompts missed, though the second should have hit, and the cache would still
   * hold the reply. `ttl` is that of the prompt, in seconds.
   */
  streamsNotCached(prompt: string, gateway: string, ttl: number, now: number): boolean {
    const state = this.#stateOf(keyOf(prompt, gateway));
    const [first, second] = state.streamed;
    if (state.isNeverKept || !first || !second || !shouldHaveHit(first, second)) return false;
    return now - Math.max(second.at, state.whole?.at ?? 0) <= Math.min(second.ttl, ttl) * 1000;
  }

  #stateOf(key: string): PromptState {
    const days = [...this.#days].filter(([, { kept }]) => kept.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
    return days.flatMap(([, { kept }]) => kept.get(key) ?? []).reduce(withReply, noReplies);
  }
}

const noReplies: PromptState = { streamed: [], isNeverKept: false };

/** Adds one reply to what is known. */
function withReply(state: PromptState, reply: CacheableReply): PromptState {
  const { streamed, whole } = state;
  if (reply.streamed)
    return { ...state, streamed: reply.hit ? [] : [...streamed, reply].sort(byTime).slice(-2) };
  if (reply.hit) return { ...state, isNeverKept: false };
  const isNeverKept = state.isNeverKept || (whole !== undefined && shouldHaveHit(whole, reply));
  return { ...state, isNeverKept, whole: reply };
}

function keyOf(prompt: string, gateway: string): string {
  return `${prompt} ${gateway}`;
}

function byTime(a: CacheableReply, b: CacheableReply): number {
  return a.at - b.at;
}

/** Whether a cache that stores such replies had the first when the second was requested. */
function shouldHaveHit(first: CacheableReply, second: CacheableReply): boolean {
  const ended = first.at + first.total;
  return second.at >= ended && second.at - ended <= Math.min(first.ttl, second.ttl) * 1000;
}

function isStreamed(operation: ActivityRecord['operation']): boolean {
  return operation === 'converse-stream' || operation === 'invoke-with-response-stream';
}
