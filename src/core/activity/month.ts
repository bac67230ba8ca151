// Months, and the budget thresholds that the user is warned about.

/** A month in the user's time zone. */
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

/** Percent of a budget at which the user is warned. */
export const thresholds = [100, 80] as const;
export type Threshold = (typeof thresholds)[number];

/** Returns the highest threshold that `usd` has reached of a `budget` in USD. A budget of 0 means none. */
export function reached(usd: number, budget: number): Threshold | undefined {
  return budget > 0 ? thresholds.find((percent) => usd >= (budget * percent) / 100) : undefined;
}
