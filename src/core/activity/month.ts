// What a month has cost so far, and when that is worth a word.
import type { ActivityRecord } from './record';

/** A month by the user's clock. */
export interface Month {
  /** ms since the epoch. */
  readonly from: number;
  readonly to: number;
  /** YYYY-MM */
  readonly name: string;
}

export function monthOf(now: number): Month {
  const day = new Date(now);
  const from = new Date(day.getFullYear(), day.getMonth(), 1);
  return {
    from: from.getTime(),
    to: new Date(day.getFullYear(), day.getMonth() + 1, 1).getTime(),
    name: `${from.getFullYear()}-${String(from.getMonth() + 1).padStart(2, '0')}`,
  };
}

/** Costs, added up. */
export interface Spending {
  /** USD, estimated. */
  readonly usd: number;
  /** Requests whose cost is not known, or is more than was counted: the sum is the least that it can be. */
  readonly uncertain: number;
}

export const nothingSpent: Spending = { usd: 0, uncertain: 0 };

export function spend(spending: Spending, { usd = 0, costUnknown, atLeast }: ActivityRecord): Spending {
  return { usd: spending.usd + usd, uncertain: spending.uncertain + (costUnknown || atLeast ? 1 : 0) };
}

/** Percent of a budget at which the user is warned. */
export const thresholds = [100, 80] as const;
export type Threshold = (typeof thresholds)[number];

/** The highest threshold that `usd` has reached of a `budget` in USD; 0 is no budget. */
export function reached(usd: number, budget: number): Threshold | undefined {
  return budget > 0 ? thresholds.find((percent) => usd >= (budget * percent) / 100) : undefined;
}
