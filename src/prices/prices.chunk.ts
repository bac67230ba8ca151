// The chunk that holds AWS's price list, as @pydantic/genai-prices keeps it, and our own of what it lacks: loaded when a cost is first shown
// (esbuild.js makes it a file of its own, and leaves the other vendors out).
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

/** The package does not date its prices; a test compares the version, so that both are renewed together. */
export const priceListVersion = { version: '0.1.8', date: '2026-09-23' } as const;

/** What a reply cost; undefined while that is to come, and where nothing came that could cost. */
export function costOfReply(
  reply: ReplyProgress,
  target: Target,
  own: OwnPrice | undefined,
): Cost | undefined {
  const at = reply.endedAt ?? reply.startedAt;
  return replyCost(reply, (usage) => costOfUsage(usage, target, own, at));
}

/** What tokens cost at `at`, ms since the epoch. */
export function costOfUsage(
  usage: Usage,
  { model, region }: Target,
  own: OwnPrice | undefined,
  at: number,
): Cost {
  const id = profileIdOf(model);
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
  const { steps, known } = entry;
  const key = `${region} ${steps.filter((step) => tokensIn > step).length}`;
  if (!known.has(key)) {
    const price = entry.priceOf(tokensIn);
    const { asOf, borrowedFrom } = entry;
    const approximate = !entry.appliesToRegion(region);
    known.set(
      key,
      price && { price, asOf, approximate, ...(borrowedFrom !== undefined && { borrowedFrom }) },
    );
  }
  return known.get(key);
}

/** What the list says of a model on a day, of any region and for any size of a prompt. */
interface Entry extends Pick<ListPrice, 'asOf' | 'borrowedFrom'> {
  /** Undefined for a prompt so long that its price is not known. */
  readonly priceOf: (tokensIn: number) => Price | undefined;
  readonly appliesToRegion: (region: string) => boolean;
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

/** The model's own price of the package's, else of our list; else that of one of its line, which is said. */
function entryAt(model: string, at: Date): Entry | undefined {
  const found = findingsOf(model, at);
  const own = found.find(({ id }) => isSameModel(model, id));
  if (own) return packagesEntry(model, own);
  const row = listedPrice(model);
  if (row)
    return {
      priceOf: (tokensIn) => priceIn(row, model, tokensIn),
      appliesToRegion: (region) =>
        !region.startsWith('us-gov-') && (row.everywhere ?? region.startsWith('us-')),
      steps: row.beyond ? [row.beyond.tokensIn] : [],
      asOf: row.asOf,
      known: new Map(),
    };
  const kin = found.find(({ id }) => isOfLine(model, id));
  return kin && { ...packagesEntry(model, kin), borrowedFrom: titleOf(kin.id) };
}

/** What the package finds for a model, which may be another: its entries match by parts of an ID. */
interface Finding {
  /** The entry's, without the package's own beginning. */
  readonly id: string;
  readonly rates: ModelPrice;
  /** The package tells the price of the model's global profile from that of all others. */
  readonly isGlobal: boolean;
  readonly isRegional: boolean;
}

function findingsOf(model: string, at: Date): readonly Finding[] {
  const find = (id: string): Finding[] => {
    const found = listedRates(id, at);
    if (!found) return [];
    const isRegional = found.id.startsWith(regional);
    return [
      {
        id: isRegional ? found.id.slice(regional.length) : found.id,
        rates: found.rates,
        isGlobal: found.id.startsWith(global),
        isRegional,
      },
    ];
  };
  // Of most models the entry lists geographies by name, and not all of them; it has the same price for any.
  const { geography, base } = splitId(model);
  const others = geography === undefined || geography === 'global' ? [] : find(base);
  return [...find(model), ...others.filter(({ isRegional }) => isRegional)];
}

const regional = 'regional.';
const global = 'global.';

function packagesEntry(model: string, { id, rates, isGlobal, isRegional }: Finding): Entry {
  const tiers = Object.values(rates).flatMap((rate) =>
    typeof rate === 'object' ? rate.tiers.map(({ start }) => start) : [],
  );
  // AWS prices regional profiles alike in all its commercial regions where it has global ones besides; of all other
  // models, and of Amazon's own, the list has the price of US regions.
  const isEverywheres = isGlobal || (isRegional && listedIds.has(global + id) && !id.startsWith('amazon.'));
  return {
    priceOf: (tokensIn) =>
      tokensIn > longContext && longContextPriced.test(model) ? undefined : priceOf(rates, tokensIn, model),
    appliesToRegion: (region) => !region.startsWith('us-gov-') && (isEverywheres || region.startsWith('us-')),
    steps: [...new Set([...tiers, longContext])],
    asOf: priceListVersion.date,
    known: new Map(),
  };
}

/**
 * AWS lists these twice, the second time as “Long Context”: a prompt beyond so many tokens costs about twice as
 * much, all of it. The package knows only the first price.
 */
const longContextPriced = /claude-sonnet-4-(?:5-)?20/;
const longContext = 200_000;

const keys: { readonly [B in Bucket]: string } = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
};

function priceOf(price: ModelPrice, tokensIn: number, model: string): Price {
  const of = (bucket: Bucket) => {
    const rate = price[keys[bucket]];
    if (typeof rate !== 'object') return rate;
    const tier = rate.tiers.filter(({ start }) => tokensIn > start).sort((a, b) => b.start - a.start)[0];
    return tier?.price ?? rate.base;
  };
  const known = Object.entries(keys).flatMap(([bucket]) => {
    const rate = of(bucket as Bucket) ?? unlisted[bucket as Bucket]?.(model, of('input'));
    return rate === undefined ? [] : [[bucket, rate] as const];
  });
  return Object.fromEntries(known);
}

/** Prices of AWS's list that the package leaves out. */
const unlisted: {
  readonly [B in Bucket]?: (model: string, input: number | undefined) => number | undefined;
} = {
  // Writes to Nova's prompt cache are at $0 (USE1-NovaPro-cache-write-input-token-count and its kin); the package
  // would charge them as input. For an hour, Nova keeps nothing.
  cacheWrite: (model) => (/(^|\.)amazon\.nova-/.test(model) ? 0 : undefined),
  // What Claude writes for an hour costs twice its input: so AWS's list of October 2026 in all regions, and
  // https://platform.claude.com/docs/en/build-with-claude/prompt-caching
  cacheWrite1h: (model, input) =>
    input !== undefined && /(^|\.)anthropic\.claude-/.test(model) ? 2 * input : undefined,
};
