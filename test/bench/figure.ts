// A figure: two things measured side by side in one run, so that whatever else the machine does hits both.

/** A line of the bench's output. Both sides are in `unit`; `ratio` is ours to the baseline's. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly unit: string;
  /** Whatever else a figure has to tell, such as `difference`. */
  readonly [more: string]: number | string;
}

/** What a bench finds: its figure, and what must never be so and is, in sentences. Times are never among these. */
export interface Finding {
  readonly figure: Figure;
  readonly broken?: readonly string[];
}

/** Tells a person how a run goes on. */
export type Say = (line: string) => void;

/** Both sides of one round. */
export interface Pair<T = number> {
  readonly ours: T;
  readonly baseline: T;
}

/** Runs both sides `rounds` times after `warmUp` more, each first in every second round. */
export async function interleaved<T>(
  { ours, baseline }: Pair<() => Promise<T>>,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const early = round % 2 === 0 ? await ours() : undefined;
    const its = await baseline();
    const pair = { ours: early ?? (await ours()), baseline: its };
    if (round >= 0) pairs.push(pair);
  }
  return pairs;
}

/** The value below which `share` of `values` lie: 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * The interval that holds the median of whatever `values` are drawn from, with a confidence of 95 % or more; undefined for
 * fewer than six, which allow none. It assumes nothing of how they spread: each of them lies below that median or above
 * it, like a tossed coin.
 * https://online.stat.psu.edu/stat415/lesson/19/19.2
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const count = sorted.length;
  // The most values that lie below the interval. That so many or fewer lie below the median has a likelihood of 2.5 % at
  // most, the sum of the likelihoods of each number; in logarithms, since half to the power of a thousand is 0 here.
  let outside = -1;
  let likely = -count * Math.LN2;
  for (let sum = Math.exp(likely); sum <= 0.025; sum += Math.exp(likely)) {
    outside += 1;
    likely += Math.log((count - outside) / (outside + 1));
  }
  const [low, high] = [sorted[outside], sorted[count - 1 - outside]];
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** The figure of `pairs`: the medians of both sides, and where the ratio of a pair lies. Says how far they spread. */
export function summed(name: string, unit: string, pairs: readonly Pair[], say: Say): Figure {
  const sides = { ours: pairs.map(({ ours }) => ours), baseline: pairs.map(({ baseline }) => baseline) };
  const spread = (values: readonly number[], digits: number) =>
    [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(digits)).join(' / ');
  for (const [side, values] of Object.entries(sides))
    say(`${side}: ${spread(values, 2)} ${unit} (quartiles of ${values.length})`);
  const ratios = pairs.map(({ ours, baseline }) => ours / baseline);
  const medians = { ours: quantile(sides.ours, 0.5), baseline: quantile(sides.baseline, 0.5) };
  const figure = figureOf(name, unit, medians);
  const interval = medianInterval(ratios);
  if (!interval) {
    say(`ratio of each pair: ${spread(ratios, 3)}`);
    return figure;
  }
  const [ratioLow, ratioHigh] = interval.map(rounded) as [number, number];
  say(`ratio of each pair: ${spread(ratios, 3)}; the median is in ${ratioLow}–${ratioHigh} (95 %)`);
  return { ...figure, ratioLow, ratioHigh };
}

export function figureOf(name: string, unit: string, { ours, baseline }: Pair): Figure {
  return { name, ours: rounded(ours), baseline: rounded(baseline), ratio: rounded(ours / baseline), unit };
}

export function rounded(value: number): number {
  return Number(value.toFixed(3));
}
