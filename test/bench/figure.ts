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

/** The figure of `pairs`: the medians of both sides. Says how far they spread. */
export function summed(name: string, unit: string, pairs: readonly Pair[], say: Say): Figure {
  const sides = { ours: pairs.map(({ ours }) => ours), baseline: pairs.map(({ baseline }) => baseline) };
  const spread = (values: readonly number[], digits: number) =>
    [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(digits)).join(' / ');
  for (const [side, values] of Object.entries(sides))
    say(`${side}: ${spread(values, 2)} ${unit} (quartiles of ${values.length})`);
  say(
    `ratio of each pair: ${spread(
      pairs.map(({ ours, baseline }) => ours / baseline),
      3,
    )}`,
  );
  return figureOf(name, unit, { ours: quantile(sides.ours, 0.5), baseline: quantile(sides.baseline, 0.5) });
}

export function figureOf(name: string, unit: string, { ours, baseline }: Pair): Figure {
  return { name, ours: rounded(ours), baseline: rounded(baseline), ratio: rounded(ours / baseline), unit };
}

export function rounded(value: number): number {
  return Number(value.toFixed(3));
}
