// What a period would have cost otherwise: with another model, or with a cache that keeps answers for a while.
import type { Cost } from '../model/cost';
import type { Usage } from '../model/usage';
import type { ActivityRecord } from './record';

export interface Scenario {
  /** What tokens cost with the model that is supposed; absent: each with its own, as it was recorded. */
  readonly price?: (usage: Usage, record: ActivityRecord) => Cost;
  /** Seconds for which each answer is supposed to be kept; absent: the cache did what it did. */
  readonly ttl?: number;
}

export interface Estimate {
  /** USD, of the requests that are compared; where there are none, of all in the sum. */
  readonly usd: number;
  /** More was sent than was counted: the sum is the least that it can be. */
  readonly atLeast: boolean;
  /** The same of what it did cost. */
  readonly wasAtLeast: boolean;
  /**
   * USD that it would have cost more (or less: negative) than it did, of the requests of which both can be told;
   * undefined where there are none, though others had a cost.
   */
  readonly difference: number | undefined;
  /** Requests that the cache would have answered. */
  readonly hits: number;
  /** Requests that had a cost, of which none can be told now: the sum leaves them out. */
  readonly unpriced: number;
  /** Requests of which it is not known what they did cost: the comparison leaves them out. */
  readonly uncompared: number;
}

/**
 * What `records`, oldest first, would have cost. The same tokens are assumed: another model would write another
 * reply, and count the prompt otherwise. `earlier` are the records before them, oldest first: they count for
 * nothing, but a cache would have had their answers.
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
  /** From when on an answer was kept, by prompt and gateway. */
  const kept = new Map<string, number>();
  if (ttl !== undefined) for (const record of earlier) repeats(record, ttl, kept);
  for (const record of records) {
    const hit = ttl === undefined ? record.cache === 'HIT' : repeats(record, ttl, kept);
    if (hit) hits += 1;
    const cost = hit ? 0 : costOf(record, price);
    if (cost === undefined) {
      unpriced += 1;
      continue;
    }
    atLeast ||= !hit && record.atLeast === true;
    const was = costBefore(record);
    if (was === undefined) {
      notCompared += cost;
      uncompared += 1;
      continue;
    }
    usd += cost;
    wasAtLeast ||= record.atLeast === true;
    more += cost - was;
    // What is free in both ways, such as a request that failed, is no comparison.
    if (cost > 0 || was > 0) compared += 1;
  }
  const isTold = compared > 0 || unpriced + uncompared === 0;
  return {
    usd: isTold ? usd : usd + notCompared,
    atLeast,
    wasAtLeast,
    difference: isTold ? more : undefined,
    hits,
    unpriced,
    uncompared,
  };
}

/**
 * Whether its gateway's cache would have had the answer; if not, it has it from its end on. A hit does not keep it
 * for longer.
 */
function repeats(
  { prompt, gateway, at, total, outcome, anew }: ActivityRecord,
  ttl: number,
  kept: Map<string, number>,
): boolean {
  if (prompt === undefined || anew) return false;
  const key = `${prompt} ${gateway}`;
  const since = kept.get(key);
  if (since !== undefined && at >= since && at - since <= ttl * 1000) return true;
  // Only a whole reply is kept: of two that run at a time, the one that ends first.
  const ended = at + total;
  if (outcome === 'done') kept.set(key, since !== undefined && at < since ? Math.min(since, ended) : ended);
  return false;
}

/** USD; undefined where there is none to tell. */
function costOf(record: ActivityRecord, price: Scenario['price']): number | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = record;
  const { usd, costUnknown, cache, savedUsd } = record;
  if (input === undefined || output === undefined) return costUnknown ? undefined : (usd ?? 0);
  if (price) {
    const cost = price({ input, output, cacheRead, cacheWrite, cacheWrite1h }, record);
    return cost.kind === 'sum' ? cost.usd : undefined;
  }
  // What was a hit is supposed to be none: it would have cost what it saved.
  return cache === 'HIT' ? savedUsd : usd;
}

/** USD that it did cost; undefined where that is not known. */
function costBefore({ usd, costUnknown, input, cache }: ActivityRecord): number | undefined {
  return usd ?? (costUnknown || (input !== undefined && cache !== 'HIT') ? undefined : 0);
}
