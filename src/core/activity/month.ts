// Months, and when what one has cost is worth a word.

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

/** Percent of a budget at which the user is warned. */
export const thresholds = [100, 80] as const;
export type Threshold = (typeof thresholds)[number];

/** The highest threshold that `usd` has reached of a `budget` in USD; 0 is no budget. */
export function reached(usd: number, budget: number): Threshold | undefined {
  return budget > 0 ? thresholds.find((percent) => usd >= (budget * percent) / 100) : undefined;
}
