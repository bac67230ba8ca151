// The cost of a reply: five kinds of tokens, each with its own price. An unknown cost is never reported as 0.
import { stageOf } from './failure';
import type { ReplyProgress } from './reply';
import type { Usage } from './usage';
import type { AttemptRecord } from './attemptRecord';

export type Bucket = Exclude<keyof Usage, 'reasoning'>;

export const buckets: readonly Bucket[] = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'];

/** USD per million tokens. An absent price is not known. */
export type Price = { readonly [B in Bucket]?: number };

/** A price of AWS's public list. */
export interface ListPrice {
  readonly price: Price;
  /** The day of the list, YYYY-MM-DD. */
  readonly asOf: string;
  /** The list has one price for all regions, but AWS charges more in some; this may not be the region's price. */
  readonly approximate: boolean;
  /** If the list has no price for the model: the model of the same line whose price is used instead. */
  readonly borrowedFrom?: string;
}

/** The user's price for a model; `invalid` if the setting cannot be read as a price. */
export type OwnPrice = Price | 'invalid';

/** One kind of tokens in a sum. */
export interface CostPart {
  readonly bucket: Bucket;
  readonly tokens: number;
  /** USD */
  readonly perMillion: number;
}

/** A sum in USD, and its parts. */
export interface CostSum {
  readonly kind: 'sum';
  readonly source: 'list' | 'settings';
  readonly usd: number;
  /** Only buckets that have tokens. */
  readonly parts: readonly CostPart[];
  /** From the price list; see ListPrice. */
  readonly asOf?: string;
  readonly approximate?: boolean;
  readonly borrowedFrom?: string;
  /** The sum is a lower bound: more tokens were sent than were counted. */
  readonly atLeast?: boolean;
}

/** Why the cost is unknown. */
export type UnknownCost =
  /** The reply ended before Bedrock reported its tokens. */
  | { readonly kind: 'unknown'; readonly because: 'noUsage' }
  | { readonly kind: 'unknown'; readonly because: 'noPrice' }
  /** The user's price is invalid. The list's price is not used instead. */
  | { readonly kind: 'unknown'; readonly because: 'ownInvalid' }
  | { readonly kind: 'unknown'; readonly because: 'noBucketPrice'; readonly bucket: Bucket };

export type Cost =
  | CostSum
  /** The gateway answered from its cache: that costs nothing, and saved what AWS would have charged. */
  | { readonly kind: 'gatewayCache'; readonly saved?: Cost }
  | UnknownCost;

/** The prices for a model. The user's price takes precedence over the list's. */
export interface Prices {
  readonly own: OwnPrice | undefined;
  readonly list: ListPrice | undefined;
}

/** The cost of `usage`. */
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
  // Written out instead of spread: Activity computes 100,000 of them at once.
  if (own || !list) return { kind: 'sum', source: 'settings', usd, parts };
  const { asOf, approximate, borrowedFrom } = list;
  const sum: CostSum = { kind: 'sum', source: 'list', usd, parts, asOf, approximate };
  return borrowedFrom === undefined ? sum : { ...sum, borrowedFrom };
}

/** The number of tokens that are charged at the price of `bucket`. */
function tokensOf(usage: Usage, bucket: Bucket): number {
  const { cacheWrite, cacheWrite1h = 0 } = usage;
  if (bucket === 'cacheWrite1h') return cacheWrite1h;
  return bucket === 'cacheWrite' ? cacheWrite - cacheWrite1h : usage[bucket];
}

/** The cost of a reply; undefined while it is not known yet, and if nothing was received that could cost anything. */
export function replyCost(
  { requestIds, usage, outcome, hasOutput, damaged, records }: ReplyProgress,
  costOfUsage: (usage: Usage) => Cost,
): Cost | undefined {
  // A response from the cache costs nothing, but a damaged attempt before it may.
  if (requestIds.cache === 'HIT')
    return damaged
      ? { kind: 'unknown', because: 'noUsage' }
      : { kind: 'gatewayCache', ...(usage && { saved: costOfUsage(usage) }) };
  if (usage) {
    const cost = costOfUsage(usage);
    return cost.kind === 'sum' && damaged ? { ...cost, atLeast: true } : cost;
  }
  // Bedrock reports tokens at the very end: they are unknown for a reply that was stopped or interrupted before.
  if (outcome && (hasOutput || damaged || records.some(mayBeCharged)))
    return { kind: 'unknown', because: 'noUsage' };
  return undefined;
}

/** Whether AWS may have run the prompt of an attempt, though it reported no tokens for it. */
function mayBeCharged({ sent, response, times, failure, stopped }: AttemptRecord): boolean {
  if (!sent) return false;
  if (response) return response.status < 300 && (failure === undefined || stageOf[failure] === 'stream');
  // There was no response: a request that was not refused may have been run.
  if (times.connected !== undefined || failure === 'connectionLost' || failure === 'noAnswer') return true;
  // Behind a proxy, and with two equal prompts, the connection is not observed.
  return stopped === true && times.resolved === undefined && times.tcpConnected === undefined;
}

/** All input tokens, cached or not. Some prices go up with this number. */
export function tokensIn({ input, cacheRead, cacheWrite }: Usage): number {
  return input + cacheRead + cacheWrite;
}
