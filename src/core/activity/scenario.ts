// Estimates what a period would have cost with another model, or with a cache that keeps replies for a while.
import type { Cost } from '../model/cost';
import type { Usage } from '../model/usage';
import type { ActivityRecord } from './record';

export interface Scenario {
  /** Prices tokens with the scenario's model; absent: keep the recorded costs. */
  readonly price?: (usage: Usage, record: ActivityRecord) => Cost;
  /** How long the scenario's cache keeps each reply, seconds; absent: keep the recorded cache hits. */
  readonly ttl?: number;
}

export interface Estimate {
  /** USD, of the requests that can be compared; if there are none, of all in the sum. */
  readonly usd: number;
  /** The sum is a lower bound. */
  readonly atLeast: boolean;
  /** The actual cost is a lower bound. */
  readonly wasAtLeast: boolean;
  /**
   * How much more it would have cost than it did (negative: less), USD, of the requests for which both are known;
   * undefined if there are none, though others had a cost.
   */
  readonly difference: number | undefined;
  /** The number of requests that the cache would have answered. */
  readonly hits: number;
  /** The number of requests whose cost in the scenario is unknown: the sum leaves them out. */
  readonly unpriced: number;
  /** The number of requests whose actual cost is unknown: the comparison leaves them out. */
  readonly uncompared: number;
}

/**
 * Estimates what `records`, oldest first, would have cost. Assumes the same tokens, though another model would write
 * another reply, and count the prompt differently. `earlier` are the records before them, oldest first: they are not
 * counted, but a cache would hold their replies.
 */
export function estimateScenario(
  records: Iterable<ActivityRecord>,
  { price, ttl }: Scenario,
  earlier: Iterable<ActivityRecord> = [],
): Estimate {
  let usd = 0;
  let notCompared = 0;
  let atLeast = false;
  let wasAtLeast = false;
  let more = 0;
  let hits = 0;
  let unpriced = 0;
  let compared = 0;
  let uncompared = 0;
  /** Since when a reply is cached, by prompt and gateway. */
  const cachedSince = new Map<string, number>();
  if (ttl !== undefined) for (const record of earlier) isCacheHit(record, ttl, cachedSince);
  for (const record of records) {
    const hit = ttl === undefined ? record.cache === 'HIT' : isCacheHit(record, ttl, cachedSince);
    if (hit) hits += 1;
    const cost = hit ? 0 : costOf(record, price);
    if (cost === undefined) {
      unpriced += 1;
      continue;
    }
    atLeast ||= !hit && record.atLeast === true;
    const actual = actualCost(record);
    if (actual === undefined) {
      notCompared += cost;
      uncompared += 1;
      continue;
    }
    usd += cost;
    wasAtLeast ||= record.atLeast === true;
    more += cost - actual;
    // A request that is free either way, such as a failed one, says nothing.
    if (cost > 0 || actual > 0) compared += 1;
  }
  const isComparable = compared > 0 || unpriced + uncompared === 0;
  return {
    usd: isComparable ? usd : usd + notCompared,
    atLeast,
    wasAtLeast,
    difference: isComparable ? more : undefined,
    hits,
    unpriced,
    uncompared,
  };
}

/**
 * Whether the gateway's cache would have had the reply. If not, adds the reply to `cachedSince`, from its end on. A hit
 * does not extend its time.
 */
function isCacheHit(
  { prompt, gateway, at, total, outcome, anew }: ActivityRecord,
  ttl: number,
  cachedSince: Map<string, number>,
): boolean {
  if (prompt === undefined || anew) return false;
  const key = `${prompt} ${gateway}`;
  const since = cachedSince.get(key);
  if (since !== undefined && at >= since && at - since <= ttl * 1000) return true;
  // Only a complete reply is cached; of two that run at the same time, the one that ends first.
  const ended = at + total;
  if (outcome === 'done')
    cachedSince.set(key, since !== undefined && at < since ? Math.min(since, ended) : ended);
  return false;
}

/** The cost in the scenario, USD; undefined if unknown. */
function costOf(record: ActivityRecord, price: Scenario['price']): number | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = record;
  const { usd, costUnknown, cache, savedUsd } = record;
  if (input === undefined || output === undefined) return costUnknown ? undefined : (usd ?? 0);
  if (price) {
    const cost = price({ input, output, cacheRead, cacheWrite, cacheWrite1h }, record);
    return cost.kind === 'sum' ? cost.usd : undefined;
  }
  // In the scenario a recorded hit is no hit: it would have cost what it saved.
  return cache === 'HIT' ? savedUsd : usd;
}

/** The actual cost, USD; undefined if unknown. */
function actualCost({ usd, costUnknown, input, cache }: ActivityRecord): number | undefined {
  return usd ?? (costUnknown || (input !== undefined && cache !== 'HIT') ? undefined : 0);
}
