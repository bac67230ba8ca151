// What is known of prompts that were asked before: when first, and whether the gateway's cache let them down.
import type { ActivityRecord } from './record';

/** A reply that was received whole though the cache was to have it. */
type Missed = Pick<ActivityRecord, 'at' | 'total'> & { readonly ttl: number };

/** One prompt at one gateway. */
interface Asked {
  /** The latest two that were streamed, the older first. */
  streamed: readonly Missed[];
  /** The latest that was not streamed. */
  whole?: Missed;
  /** In one piece it is not kept either. */
  isNeverKept: boolean;
}

export class Repeats {
  /** ms since the epoch, by the prompt's keyed hash. */
  readonly #first = new Map<string, number>();
  readonly #asked = new Map<string, Asked>();

  add({ prompt, gateway, at, total, outcome, operation, cache, ttl }: ActivityRecord): void {
    if (prompt === undefined) return;
    // Windows append in the order in which replies end.
    this.#first.set(prompt, Math.min(at, this.#first.get(prompt) ?? at));
    if (ttl === undefined || outcome !== 'done') return;
    const key = keyOf(prompt, gateway);
    let asked = this.#asked.get(key);
    if (!asked) this.#asked.set(key, (asked = { streamed: [], isNeverKept: false }));
    const missed = { at, total, ttl };
    if (isStreamed(operation))
      asked.streamed = cache === 'HIT' ? [] : [...asked.streamed, missed].sort(byTime).slice(-2);
    else if (cache === 'HIT') asked.isNeverKept = false;
    else {
      if (asked.whole && shouldHaveHit(asked.whole, missed)) asked.isNeverKept = true;
      asked.whole = missed;
    }
  }

  /** When a prompt was first asked here, ms since the epoch; undefined when it was not. */
  firstAsked(prompt: string): number | undefined {
    return this.#first.get(prompt);
  }

  /**
   * Whether the gateway's cache keeps this prompt's reply in one piece but not as a stream, as far as is known at
   * `now` (ms since the epoch): two that were streamed and equal both missed, though the second should have hit; and
   * since then not so long has gone by that the cache would be empty. `ttl` is that of the prompt, in seconds.
   */
  streamIsNotKept(prompt: string, gateway: string, ttl: number, now: number): boolean {
    const asked = this.#asked.get(keyOf(prompt, gateway));
    const [first, second] = asked?.streamed ?? [];
    if (!asked || asked.isNeverKept || !first || !second || !shouldHaveHit(first, second)) return false;
    return now - Math.max(second.at, asked.whole?.at ?? 0) <= Math.min(second.ttl, ttl) * 1000;
  }
}

function keyOf(prompt: string, gateway: string): string {
  return `${prompt} ${gateway}`;
}

function byTime(a: Missed, b: Missed): number {
  return a.at - b.at;
}

/** Whether a cache that keeps such replies had the first when the second was asked. */
function shouldHaveHit(first: Missed, second: Missed): boolean {
  const ended = first.at + first.total;
  return second.at >= ended && second.at - ended <= Math.min(first.ttl, second.ttl) * 1000;
}

function isStreamed(operation: ActivityRecord['operation']): boolean {
  return operation === 'converse-stream' || operation === 'invoke-with-response-stream';
}
