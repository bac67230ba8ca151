// What a reply costs: tokens in five buckets, each at its own price. What is not known is unknown, never 0.
import { stageOf } from './failure';
import type { ReplyProgress } from './reply';
import type { Usage } from './usage';
import type { AttemptRecord } from './attemptRecord';

export type Bucket = keyof Usage;

export const buckets: readonly Bucket[] = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'];

/** USD per million tokens. What is absent is not known. */
export type Price = { readonly [B in Bucket]?: number };

/** A price of AWS's public list. */
export interface ListPrice {
  readonly price: Price;
  /** The day of the list, YYYY-MM-DD. */
  readonly asOf: string;
  /** The list has one price for all regions, and AWS another for some: this may not be the region's. */
  readonly approximate: boolean;
  /** The model whose price this is, where the list has none of the model's own: one of the same line. */
  readonly borrowedFrom?: string;
}

/** What the user set for a model; `invalid` when that is no price. */
export type OwnPrice = Price | 'invalid';

/** A bucket's share in a sum. */
export interface CostPart {
  readonly bucket: Bucket;
  readonly tokens: number;
  /** USD */
  readonly perMillion: number;
}

/** A sum in USD, and what it is made of. */
export interface CostSum {
  readonly kind: 'sum';
  readonly source: 'list' | 'settings';
  readonly usd: number;
  /** Those of the buckets that have tokens. */
  readonly parts: readonly CostPart[];
  /** Of the list; see ListPrice. */
  readonly asOf?: string;
  readonly approximate?: boolean;
  readonly borrowedFrom?: string;
  /** More was sent than was counted. */
  readonly atLeast?: boolean;
}

/** Why there is no figure. */
export type UnknownCost =
  /** The reply ended before its tokens were told. */
  | { readonly kind: 'unknown'; readonly because: 'noUsage' }
  | { readonly kind: 'unknown'; readonly because: 'noPrice' }
  /** What the user set is no price; the list's does not step in for it. */
  | { readonly kind: 'unknown'; readonly because: 'ownInvalid' }
  | { readonly kind: 'unknown'; readonly because: 'noBucketPrice'; readonly bucket: Bucket };

export type Cost =
  | CostSum
  /** The gateway answered out of its cache: that costs nothing, and saved what AWS would have charged. */
  | { readonly kind: 'gatewayCache'; readonly saved?: Cost }
  | UnknownCost;

/** Where prices come from. The user's goes before the list's. */
export interface Prices {
  readonly own: OwnPrice | undefined;
  readonly list: ListPrice | undefined;
}

/** What `usage` costs. */
export function costOf(usage: Usage, { own, list }: Prices): Cost {
  if (own === 'invalid') return { kind: 'unknown', because: 'ownInvalid' };
  const price = own ?? list?.price;
  if (!price) return { kind: 'unknown', because: 'noPrice' };
  const parts: CostPart[] = [];
  let usd = 0;
  for (const bucket of buckets) {
    const tokens = tokensOf(usage, bucket);
    if (tokens === 0) continue;
    const perMillion = price[bucket];
    if (perMillion === undefined) return { kind: 'unknown', because: 'noBucketPrice', bucket };
    parts.push({ bucket, tokens, perMillion });
    usd += tokens * perMillion;
  }
  usd /= 1e6;
  // Written out, and not spread: usage asks for 100,000 of them at once.
  if (own || !list) return { kind: 'sum', source: 'settings', usd, parts };
  const { asOf, approximate, borrowedFrom } = list;
  const sum: CostSum = { kind: 'sum', source: 'list', usd, parts, asOf, approximate };
  return borrowedFrom === undefined ? sum : { ...sum, borrowedFrom };
}

/** The tokens that have the price of `bucket`. */
function tokensOf(usage: Usage, bucket: Bucket): number {
  const { cacheWrite, cacheWrite1h = 0 } = usage;
  if (bucket === 'cacheWrite1h') return cacheWrite1h;
  return bucket === 'cacheWrite' ? cacheWrite - cacheWrite1h : usage[bucket];
}

/** What a reply cost; undefined while that is to come, and where nothing came that could cost. */
export function replyCost(
  { requestIds, usage, outcome, hasOutput, damaged, records }: ReplyProgress,
  costOfUsage: (usage: Usage) => Cost,
): Cost | undefined {
  // What the cache answered costs nothing; an attempt before it that arrived damaged may.
  if (requestIds.cache === 'HIT')
    return damaged
      ? { kind: 'unknown', because: 'noUsage' }
      : { kind: 'gatewayCache', ...(usage && { saved: costOfUsage(usage) }) };
  if (usage) {
    const cost = costOfUsage(usage);
    return cost.kind === 'sum' && damaged ? { ...cost, atLeast: true } : cost;
  }
  // Bedrock tells tokens at the very end: of a reply that was stopped or broke off before, nobody knows them.
  if (outcome && (hasOutput || damaged || records.some(mayBeCharged)))
    return { kind: 'unknown', because: 'noUsage' };
  return undefined;
}

/** Whether AWS may have run what an attempt sent, though no tokens of it were told. */
function mayBeCharged({ sent, response, times, failure, stopped }: AttemptRecord): boolean {
  if (!sent) return false;
  if (response) return response.status < 300 && (failure === undefined || stageOf[failure] === 'stream');
  // Nobody answered: what was not refused may have been run.
  if (times.connected !== undefined || failure === 'connectionLost' || failure === 'noAnswer') return true;
  // Behind a proxy, and of two prompts that are alike, a connection is not seen.
  return stopped === true && times.resolved === undefined && times.tcpConnected === undefined;
}

/** All tokens that went in, whatever their price: the size by which some prices go up. */
export function tokensIn({ input, cacheRead, cacheWrite }: Usage): number {
  return input + cacheRead + cacheWrite;
}
