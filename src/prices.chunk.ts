// The chunk that holds AWS's price list, as @pydantic/genai-prices keeps it: loaded when a cost is first shown
// (esbuild.js makes it a file of its own, and leaves the other vendors out).
import { type ModelPrice, calcPrice, findProvider } from '@pydantic/genai-prices';
import {
  type Bucket,
  type Cost,
  type ListPrice,
  type OwnPrice,
  type Spent,
  costOf,
  pricedId,
  replyCost,
  tokensIn,
} from './core/prices';
import type { Reply, Usage } from './core/reply';
import type { Target } from './core/request';

/** The package does not date its prices; a test compares the version, so that both are renewed together. */
export const edition = { version: '0.1.8', date: '2026-09-23' } as const;

/** What a reply cost; undefined while that is to come, and where nothing came that could cost. */
export function costOfReply(reply: Reply, target: Target, own: OwnPrice | undefined): Cost | undefined {
  const shown = Boolean(reply.text || reply.reasoning);
  return costOfSpent({ ...reply, shown }, target, own, reply.endedAt ?? reply.startedAt);
}

/** The same of what is known of a reply without its text, at `at` (ms since the epoch). */
export function costOfSpent(
  spent: Spent,
  target: Target,
  own: OwnPrice | undefined,
  at: number,
): Cost | undefined {
  return replyCost(spent, (usage) => costOfUsage(usage, target, own, at));
}

/** What tokens cost at `at`, ms since the epoch. */
export function costOfUsage(
  usage: Usage,
  { model, region }: Target,
  own: OwnPrice | undefined,
  at: number,
): Cost {
  const id = pricedId(model);
  const about = { region, tokensIn: tokensIn(usage), at: new Date(at) };
  return costOf(usage, { own, list: id === undefined ? undefined : listPrice(id, about) });
}

/**
 * What AWS's list says of a model ID or inference profile ID at `at`; undefined when it does not know it.
 * `tokensIn` counts all tokens of the prompt: some models cost more from a size on.
 */
export function listPrice(
  model: string,
  { region, tokensIn, at }: { readonly region: string; readonly tokensIn: number; readonly at: Date },
): ListPrice | undefined {
  const entry = entryOn(model, at);
  if (!entry) return undefined;
  const { id, rates, steps, known } = entry;
  const key = `${region} ${steps.filter((step) => tokensIn > step).length}`;
  if (!known.has(key)) {
    const price = priceOf(rates, tokensIn, model);
    const isListed = tokensIn <= longContext || !dearerWhenLong.test(model);
    known.set(key, isListed ? { price, asOf: edition.date, approximate: !holdsIn(region, id) } : undefined);
  }
  return known.get(key);
}

/** What the list says of a model on a day, of any region and for any size of a prompt. */
interface Entry {
  readonly id: string;
  readonly rates: ModelPrice;
  /** Tokens of a prompt beyond which there is another price, or none. */
  readonly steps: readonly number[];
  /** By region, and by how many steps a prompt is beyond. */
  readonly known: Map<string, ListPrice | undefined>;
}

const entries = new Map<string, Map<number, Entry | undefined>>();

/** To find one takes the package up to 0.2 ms, and usage asks for 100,000 prices. Prices change with a day of UTC. */
function entryOn(model: string, at: Date): Entry | undefined {
  let days = entries.get(model);
  if (!days) entries.set(model, (days = new Map<number, Entry | undefined>()));
  const day = Math.floor(at.getTime() / 86_400_000);
  if (!days.has(day)) days.set(day, entryAt(model, at));
  return days.get(day);
}

function entryAt(model: string, at: Date): Entry | undefined {
  const found = calcPrice({ input_tokens: 1 }, model, { providerId: 'aws', timestamp: at });
  // Entries match by parts of an ID, so that a model's successor would be found, and have its price.
  if (!found || plain(found.model.id) !== plain(model)) return undefined;
  const tiers = Object.values(found.model_price).flatMap((rate) =>
    typeof rate === 'object' ? rate.tiers.map(({ start }) => start) : [],
  );
  return {
    id: found.model.id,
    rates: found.model_price,
    steps: [...new Set([...tiers, longContext])],
    known: new Map(),
  };
}

/**
 * AWS lists these twice, the second time as “Long Context”: a prompt beyond so many tokens costs about twice as
 * much, all of it. The package knows only the first price.
 */
const dearerWhenLong = /claude-sonnet-4-(?:5-)?20/;
const longContext = 200_000;

/** An ID without geography, date and version. */
function plain(id: string): string {
  return id
    .toLowerCase()
    .replace(/^(global|regional|us|us-gov|eu|apac|jp|au|ca|in)\./, '')
    .replace(/(-\d{8})?(-v\d+)?(:\d+)?(:\d+k)?$/, '');
}

const keys: { readonly [B in Bucket]: string } = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
};

function priceOf(price: ModelPrice, tokensIn: number, model: string): ListPrice['price'] {
  const of = (bucket: Bucket) => {
    const rate = price[keys[bucket]];
    if (typeof rate !== 'object') return rate;
    const tier = rate.tiers.filter(({ start }) => tokensIn > start).sort((a, b) => b.start - a.start)[0];
    return tier?.price ?? rate.base;
  };
  const known = Object.entries(keys).flatMap(([bucket]) => {
    // AWS lists writes to Nova's prompt cache at $0 (USE1-NovaPro-cache-write-input-token-count and its kin);
    // the package leaves them out, and would charge them as input.
    const free = bucket === 'cacheWrite' && /(^|\.)amazon\.nova-/.test(model) ? 0 : undefined;
    const rate = of(bucket as Bucket) ?? free;
    return rate === undefined ? [] : [[bucket, rate] as const];
  });
  return Object.fromEntries(known);
}

const listed = new Set(findProvider({ providerId: 'aws' })?.models.map(({ id }) => id));

/**
 * Whether an entry's price is that of `region`. The list tells global from regional profiles where AWS prices
 * those alike in all its commercial regions; of all other models it has the price of US regions.
 */
function holdsIn(region: string, entry: string): boolean {
  if (/^(us-gov|cn)-/.test(region)) return false;
  if (entry.startsWith('global.') || region.startsWith('us-')) return true;
  return entry.startsWith('regional.') && listed.has(entry.replace('regional.', 'global.'));
}
