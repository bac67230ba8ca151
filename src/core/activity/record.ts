// What is kept of a request: facts by which it can be counted, priced and found again. Never a word of the prompt
// or the reply.
import type { Operation } from '../model/operation';
import type { FailureKind } from '../model/failure';
import type { Cost } from '../model/cost';
import type { Outcome } from '../model/reply';
import type { Authentication, Surface } from '../model/request';
import type { RequestIds } from '../model/requestIds';

/** One request, as a line of JSON: flat, with whole words, so that other tools can read it too. */
export interface ActivityRecord {
  /** ms since the epoch, when it was sent. */
  readonly at: number;
  readonly id: string;
  readonly conversation: string;
  readonly surface: Surface;
  readonly model: string;
  readonly region: string;
  /** Of the latest attempt; absent where none was made. */
  readonly operation?: Operation;
  /** The gateway's address. */
  readonly gateway: string;
  readonly authentication: Authentication;
  readonly outcome: Outcome['kind'];
  readonly failure?: FailureKind;
  readonly stopReason?: string;
  /** How many requests were sent for it; 0 where it failed before. */
  readonly attempts: number;
  readonly cache?: RequestIds['cache'];
  /** Seconds for which the gateway was asked to keep the answer; absent where it was not asked to. */
  readonly ttl?: number;
  /** Another answer was asked for: none that a cache has. */
  readonly anew?: true;

  /** Tokens, as Usage has them; absent where Bedrock did not tell. */
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite1h?: number;

  /** USD, estimated; absent where that cannot be told, or nothing came that could cost. */
  readonly usd?: number;
  /** More was sent than was counted. */
  readonly atLeast?: true;
  readonly priceSource?: 'list' | 'settings';
  /** The day of the price list, YYYY-MM-DD. */
  readonly priceDate?: string;
  /** The price list has no price for the region: it is that of others. */
  readonly approximate?: true;
  /** The model whose price was taken, where the list has none of the model's own. */
  readonly borrowedFrom?: string;
  /** Why there is no figure, though it may have cost something. */
  readonly costUnknown?: Extract<Cost, { kind: 'unknown' }>['because'];
  /** USD, estimated: what the gateway's cache saved. */
  readonly savedUsd?: number;

  /** ms until the first text; absent where none came. */
  readonly firstText?: number;
  /** ms until the end. */
  readonly total: number;
  /** Bytes of all bodies that were sent and received, in all attempts. */
  readonly sent?: number;
  readonly received?: number;

  readonly logId?: string;
  readonly eventId?: string;
  readonly ray?: string;
  readonly awsRequestId?: string;
  /** What data loss prevention did; `found` where it did not say. */
  readonly dataLoss?: 'block' | 'flag' | 'found';
  /** The policies that applied, by name. */
  readonly dataLossPolicies?: readonly string[];
  /** Keyed hash of all that determines the answer: equal for equal prompts, and of no use without the key. */
  readonly prompt?: string;
}

/** Records as lines of a file. A line begins with a line end too: what a crash left half-written before it spoils only itself. */
export function recordLine(record: ActivityRecord): string {
  return `\n${JSON.stringify(record)}\n`;
}

export interface Lines {
  readonly records: readonly ActivityRecord[];
  /** Lines that are no records. */
  readonly damaged: number;
}

/** The records of whole lines. Lines of a later version, with fields that are unknown here, are taken too. */
export function readLines(text: string): Lines {
  const records: ActivityRecord[] = [];
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (!line) continue;
    const value = parsed(line);
    if (isActivityRecord(value)) records.push(value);
    else damaged += 1;
  }
  return { records, damaged };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const needed = ['at', 'attempts', 'total'] as const satisfies readonly (keyof ActivityRecord)[];
const neededTexts = [
  'id',
  'conversation',
  'surface',
  'model',
  'region',
  'gateway',
  'outcome',
] as const satisfies readonly (keyof ActivityRecord)[];
/** What is added up, where it is there. */
const figures = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'usd',
  'savedUsd',
  'firstText',
  'ttl',
  'sent',
  'received',
] as const satisfies readonly (keyof ActivityRecord)[];

/** What is shown, where it is there. */
const texts = [
  'operation',
  'failure',
  'stopReason',
  'cache',
  'costUnknown',
  'priceSource',
  'priceDate',
  'borrowedFrom',
  'logId',
  'eventId',
  'ray',
  'awsRequestId',
  'dataLoss',
  'prompt',
] as const satisfies readonly (keyof ActivityRecord)[];

/** ms since the epoch: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const latest = 8.64e15;

/** Whether a value has what every record has, and what else it has of a record's is of its type. */
export function isActivityRecord(value: unknown): value is ActivityRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  const { at, dataLossPolicies } = record;
  return (
    neededTexts.every((name) => typeof record[name] === 'string') &&
    needed.every((name) => Number.isFinite(record[name])) &&
    Math.abs(at as number) <= latest &&
    figures.every((name) => record[name] === undefined || Number.isFinite(record[name])) &&
    texts.every((name) => record[name] === undefined || typeof record[name] === 'string') &&
    (dataLossPolicies === undefined || Array.isArray(dataLossPolicies))
  );
}
