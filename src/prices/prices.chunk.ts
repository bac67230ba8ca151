// The chunk that contains AWS's price list, from @pydantic/genai-prices, and our own list of missing prices. Loaded
// when a cost is first shown (esbuild.js makes it a file of its own, and leaves out other vendors).
import type { ModelPrice } from '@pydantic/genai-prices';
import { splitId } from '../core/bedrock/geographies';
import { profileIdOf } from '../core/bedrock/modelId';
import { isOfLine, isSameModel, titleOf } from '../core/bedrock/modelVersion';
import {
  type Bucket,
  type Cost,
  type ListPrice,
  type OwnPrice,
  type Price,
  costOf,
  replyCost,
  tokensIn,
} from '../core/model/cost';
import type { ReplyProgress } from '../core/model/reply';
import type { Usage } from '../core/model/usage';
import type { Target } from '../core/model/request';
import { listedPrice, priceIn } from './ownList';
import { listedIds, listedRates } from './packageList';

/** The package does not date its prices; a test compares the version, so that the date is updated with it. */
export const priceListVersion = { version: '0.1.8', date: '2026-09-23' } as const;

/** The cost of a reply; undefined while it is not known yet, and if nothing was received that could cost anything. */
export function costOfReply(
  reply: ReplyProgress,
  target: Target,
  own: OwnPrice | undefined,
): Cost | undefined {
  const at = reply.endedAt ?? reply.startedAt;
  return replyCost(reply, (usage) => costOfUsage(usage, target, own, at));
}

/** What a price depends on. */
export type PricedTarget = Pick<Target, 'model' | 'region'>;

/** The cost of `usage` at `at`, ms since the epoch. */
export function costOfUsage(
  usage: Usage,
  { model, region }: PricedTarget,
  own: OwnPrice | undefined,
  at: number,
): Cost {
  const id = profileIdOf(model);
  const context = { region, tokensIn: tokensIn(usage), at: new Date(at) };
  return costOf(usage, { own, list: id === undefined ? undefined : listPrice(id, context) });
}

/**
 * The list price of a model ID or inference profile ID at `at`; undefined if it is unknown. `tokensIn` is the total
 * number of input tokens: some models cost more for long prompts.
 */
export function listPrice(
  model: string,
  { region, tokensIn, at }: { readonly region: string; readonly tokensIn: number; readonly at: Date },
): ListPrice | undefined {
  const entry = entryOn(model, at);
  if (!entry) return undefined;
  const { steps, cached } = entry;
  const key = `${region} ${steps.filter((step) => tokensIn > step).length}`;
  if (!cached.has(key)) {
    const price = entry.priceOf(tokensIn);
    const { asOf, borrowedFrom } = entry;
    const approximate = !entry.appliesToRegion(region);
    cached.set(
      key,
      price && { price, asOf, approximate, ...(borrowedFrom !== undefined && { borrowedFrom }) },
    );
  }
  return cached.get(key);
}

/** The prices of a model on one day, for all regions and prompt lengths. */
interface Entry extends Pick<ListPrice, 'asOf' | 'borrowedFrom'> {
  /** undefined for a prompt so long that its price is not known. */
  readonly priceOf: (tokensIn: number) => Price | undefined;
  readonly appliesToRegion: (region: string) => boolean;
  /** Prompt lengths beyond which the price changes, or is unknown. */
  readonly steps: readonly number[];
  /** Cached prices, by region and number of steps exceeded. */
  readonly cached: Map<string, ListPrice | undefined>;
}

const entries = new Map<string, Map<number, Entry | undefined>>();

/**
 * Cached, since a lookup in the package takes up to 0.2 ms, and Activity looks up 100,000 prices. Prices change at
 * midnight UTC.
 */
function entryOn(model: string, at: Date): Entry | undefined {
  let days = entries.get(model);
  if (!days) entries.set(model, (days = new Map<number, Entry | undefined>()));
  const day = Math.floor(at.getTime() / 86_400_000);
  if (!days.has(day)) days.set(day, entryAt(model, at));
  return days.get(day);
}

/**
 * The model's own price from the package, else from our list; else the price of another model of the same line, as
 * `borrowedFrom`.
 */
function entryAt(model: string, at: Date): Entry | undefined {
  const candidates = packageEntriesFor(model, at);
  const own = candidates.find(({ id }) => isSameModel(model, id));
  if (own) return fromPackage(model, own);
  const row = listedPrice(model);
  if (row)
    return {
      priceOf: (tokensIn) => priceIn(row, model, tokensIn),
      appliesToRegion: (region) =>
        !region.startsWith('us-gov-') && (row.everywhere ?? region.startsWith('us-')),
      steps: row.beyond ? [row.beyond.tokensIn] : [],
      asOf: row.asOf,
      cached: new Map(),
    };
  const related = candidates.find(({ id }) => isOfLine(model, id));
  return related && { ...fromPackage(model, related), borrowedFrom: titleOf(related.id) };
}

/** The package's entry for a model. It may be another model, since entries match by parts of an ID. */
interface PackageEntry {
  /** The entry's ID, without the package's prefix. */
  readonly id: string;
  readonly rates: ModelPrice;
  /** The entry is for the model's global profile only. */
  readonly isGlobal: boolean;
  readonly isRegional: boolean;
}

function packageEntriesFor(model: string, at: Date): readonly PackageEntry[] {
  const find = (id: string): PackageEntry[] => {
    const listed = listedRates(id, at);
    if (!listed) return [];
    const isRegional = listed.id.startsWith(regional);
    return [
      {
        id: isRegional ? listed.id.slice(regional.length) : listed.id,
        rates: listed.rates,
        isGlobal: listed.id.startsWith(global),
        isRegional,
      },
    ];
  };
  // Most entries list some geographies by name; the price is the same for all.
  const { geography, base } = splitId(model);
  const others = geography === undefined || geography === 'global' ? [] : find(base);
  return [...find(model), ...others.filter(({ isRegional }) => isRegional)];
}

const regional = 'regional.';
const global = 'global.';

function fromPackage(model: string, { id, rates, isGlobal, isRegional }: PackageEntry): Entry {
  const tiers = Object.values(rates).flatMap((rate) =>
    typeof rate === 'object' ? rate.tiers.map(({ start }) => start) : [],
  );
  // Regional profiles have the same price in all commercial regions if the model also has a global profile. For all
  // other models, and for Amazon's own, the list has the price of US regions.
  const appliesEverywhere =
    isGlobal || (isRegional && listedIds.has(global + id) && !id.startsWith('amazon.'));
  return {
    priceOf: (tokensIn) =>
      tokensIn > longContext && longContextPriced.test(model) ? undefined : priceOf(rates, tokensIn, model),
    appliesToRegion: (region) =>
      !region.startsWith('us-gov-') && (appliesEverywhere || region.startsWith('us-')),
    steps: [...new Set([...tiers, longContext])],
    asOf: priceListVersion.date,
    cached: new Map(),
  };
}

/**
 * AWS lists these twice, the second time as “Long Context”: a prompt beyond this length costs about twice as much, for
 * all tokens. The package only has the first price.
 */
const longContextPriced = /claude-sonnet-4-(?:5-)?20/;
const longContext = 200_000;

const rateNames: { readonly [B in Bucket]: string } = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
};

function priceOf(price: ModelPrice, tokensIn: number, model: string): Price {
  const rateOf = (bucket: Bucket) => {
    const rate = price[rateNames[bucket]];
    if (typeof rate !== 'object') return rate;
    const tier = rate.tiers.filter(({ start }) => tokensIn > start).sort((a, b) => b.start - a.start)[0];
    return tier?.price ?? rate.base;
  };
  const rates = Object.entries(rateNames).flatMap(([bucket]) => {
    const rate = rateOf(bucket as Bucket) ?? missingRates[bucket as Bucket]?.(model, rateOf('input'));
    return rate === undefined ? [] : [[bucket, rate] as const];
  });
  return Object.fromEntries(rates);
}

/** Prices in AWS's list that the package lacks. */
const missingRates: {
  readonly [B in Bucket]?: (model: string, input: number | undefined) => number | undefined;
} = {
  // Writes to Nova's prompt cache are free (USE1-NovaPro-cache-write-input-token-count and similar); the package would
  // charge them as input. Nova caches nothing for an hour.
  cacheWrite: (model) => (/(^|\.)amazon\.nova-/.test(model) ? 0 : undefined),
  // Claude's one-hour cache writes cost twice its input, by AWS's list of October 2026 in all regions, and
  // https://platform.claude.com/docs/en/build-with-claude/prompt-caching
  cacheWrite1h: (model, input) =>
    input !== undefined && /(^|\.)anthropic\.claude-/.test(model) ? 2 * input : undefined,
};
