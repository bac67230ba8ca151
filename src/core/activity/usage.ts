// Sums up requests by model, by day, and in total.
import { localDay } from './period';
import type { ActivityRecord } from './record';

/** A row of the table. */
export interface UsageRow {
  /** A model's ID, or a day (YYYY-MM-DD). */
  readonly key: string;
  readonly requests: number;
  /** HTTP requests to the gateway, including retries. */
  readonly attempts: number;
  /** Requests that failed or were blocked, and replies that were interrupted. */
  readonly errors: number;
  readonly hits: number;
  /** Responses for which the gateway reported a cache lookup. */
  readonly cacheLookups: number;
  /** Tokens that AWS charges, without those of cache hits. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly cacheWrite1h: number;
  /** USD, estimated. */
  readonly usd: number;
  /** Requests whose cost is unknown or a lower bound: `usd` is a lower bound then. */
  readonly uncertain: number;
  /** Requests in `usd` that were priced like another model. */
  readonly borrowed: number;
  /** ms until the first text; undefined if there was none. */
  readonly median: number | undefined;
  readonly p95: number | undefined;
  /** USD that the gateway's cache saved, estimated. */
  readonly saved: number;
  /** Hits whose saving is unknown: `saved` is a lower bound then. */
  readonly savedUncertain: number;
}

/** The total cost. */
export type Spending = Pick<UsageRow, 'usd' | 'uncertain'>;

export interface UsageReport {
  readonly rows: readonly UsageRow[];
  readonly total: UsageRow;
}

export type GroupedBy = 'model' | 'day';

const keyOf: { readonly [G in GroupedBy]: (record: ActivityRecord) => string } = {
  model: ({ model }) => model,
  day: ({ at }) => localDay(at),
};

/** Sums up `records`. */
export function usageOf(records: Iterable<ActivityRecord>, by: GroupedBy): UsageReport {
  const sum = new UsageSum(by);
  for (const record of records) sum.add(record);
  return sum.report;
}

/** A running sum of requests. */
export class UsageSum {
  readonly #keyOf: (record: ActivityRecord) => string;
  readonly #groups = new Map<string, UsageAccumulator>();
  readonly #total = new UsageAccumulator('');

  constructor(by: GroupedBy) {
    this.#keyOf = keyOf[by];
  }

  add(record: ActivityRecord): void {
    const key = this.#keyOf(record);
    let group = this.#groups.get(key);
    if (!group) this.#groups.set(key, (group = new UsageAccumulator(key)));
    group.add(record);
    this.#total.add(record);
  }

  /** Adds the requests of `other`, which has the same grouping. */
  addAll(other: UsageSum): void {
    for (const [key, added] of other.#groups) {
      let group = this.#groups.get(key);
      if (!group) this.#groups.set(key, (group = new UsageAccumulator(key)));
      group.addAll(added);
    }
    this.#total.addAll(other.#total);
  }

  /** Rows are in the order of their first request. */
  get report(): UsageReport {
    return { rows: [...this.#groups.values()].map((group) => group.row), total: this.#total.row };
  }

  /** The total cost; cheaper than a row. */
  get spending(): Spending {
    return this.#total.spending;
  }
}

const errors: ReadonlySet<ActivityRecord['outcome']> = new Set(['failed', 'blocked', 'cut']);

/** The fields that are plain sums. In one object, so that new fields are included in addAll(). */
const zero = {
  requests: 0,
  attempts: 0,
  errors: 0,
  hits: 0,
  cacheLookups: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  usd: 0,
  uncertain: 0,
  borrowed: 0,
  saved: 0,
  savedUncertain: 0,
};
const summed = Object.keys(zero) as (keyof typeof zero)[];

class UsageAccumulator {
  readonly #sums = { ...zero };
  readonly #firstTexts: number[] = [];

  constructor(readonly key: string) {}

  add(record: ActivityRecord): void {
    const sums = this.#sums;
    sums.requests += 1;
    sums.attempts += record.attempts;
    if (errors.has(record.outcome)) sums.errors += 1;
    if (record.cache) sums.cacheLookups += 1;
    if (record.cache === 'HIT') {
      sums.hits += 1;
      sums.saved += record.savedUsd ?? 0;
      if (record.savedUsd === undefined) sums.savedUncertain += 1;
    } else {
      sums.input += record.input ?? 0;
      sums.output += record.output ?? 0;
      sums.cacheRead += record.cacheRead ?? 0;
      sums.cacheWrite += record.cacheWrite ?? 0;
      sums.cacheWrite1h += record.cacheWrite1h ?? 0;
    }
    sums.usd += record.usd ?? 0;
    if (record.costUnknown || record.atLeast) sums.uncertain += 1;
    if (record.borrowedFrom !== undefined) sums.borrowed += 1;
    if (record.firstText !== undefined) this.#firstTexts.push(record.firstText);
  }

  addAll(other: UsageAccumulator): void {
    for (const name of summed) this.#sums[name] += other.#sums[name];
    for (const ms of other.#firstTexts) this.#firstTexts.push(ms);
  }

  get spending(): Spending {
    const { usd, uncertain } = this.#sums;
    return { usd, uncertain };
  }

  get row(): UsageRow {
    const sorted = Float64Array.from(this.#firstTexts).sort();
    return {
      key: this.key,
      ...this.#sums,
      median: percentile(sorted, 50),
      p95: percentile(sorted, 95),
    };
  }
}

/**
 * The percentile of `sorted` by the nearest rank; undefined for an empty list.
 * https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
