// The record of a request: data to count it, price it and find it again. Never text of the prompt or the reply.
import type { Operation } from '../model/operation';
import type { FailureKind } from '../model/failure';
import type { Cost } from '../model/cost';
import type { Outcome } from '../model/reply';
import type { Authentication, Surface } from '../model/request';
import type { RequestIds } from '../model/requestIds';

/** One request, as a line of JSON. Flat, with plain names, so that other tools can read it too. */
export interface ActivityRecord {
  /** When it was sent, ms since the epoch. */
  readonly at: number;
  readonly id: string;
  readonly conversation: string;
  readonly surface: Surface;
  /** The ID of the extension that sent a prompt of `chat`, or `core` for VS Code itself. */
  readonly initiator?: string;
  readonly model: string;
  readonly region: string;
  /** Of the latest attempt; absent if there was none. */
  readonly operation?: Operation;
  /** The gateway's address. */
  readonly gateway: string;
  readonly authentication: Authentication;
  readonly outcome: Outcome['kind'];
  readonly failure?: FailureKind;
  readonly stopReason?: string;
  /** How many HTTP requests were sent for it; 0 if it failed before. */
  readonly attempts: number;
  readonly cache?: RequestIds['cache'];
  /** How long the gateway was asked to cache the reply, seconds; absent if it was not. */
  readonly ttl?: number;
  /** A fresh reply was requested, not a cached one. */
  readonly anew?: true;

  /** Tokens, as in Usage; absent if Bedrock reported none. */
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite1h?: number;

  /** USD, estimated; absent if unknown, or if nothing was received that could cost anything. */
  readonly usd?: number;
  /** `usd` is a lower bound: more tokens were sent than were counted. */
  readonly atLeast?: true;
  readonly priceSource?: 'list' | 'settings';
  /** The day of the price list, YYYY-MM-DD. */
  readonly priceDate?: string;
  /** The price list has no price for this region; another region's was used. */
  readonly approximate?: true;
  /** If the list has no price for the model: the model whose price was used. */
  readonly borrowedFrom?: string;
  /** Why the cost is unknown, though it may not be 0. */
  readonly costUnknown?: Extract<Cost, { kind: 'unknown' }>['because'];
  /** USD that the gateway's cache saved, estimated. */
  readonly savedUsd?: number;

  /** ms until the first text; absent if there was none. */
  readonly firstText?: number;
  /** ms until the end. */
  readonly total: number;
  /** Total bytes of all bodies, over all attempts. */
  readonly sent?: number;
  readonly received?: number;

  readonly logId?: string;
  readonly eventId?: string;
  readonly ray?: string;
  readonly awsRequestId?: string;
  /** What data loss prevention did; `found` if it did not say. */
  readonly dataLoss?: 'block' | 'flag' | 'found';
  /** The names of the policies that applied. */
  readonly dataLossPolicies?: readonly string[];
  /** Keyed hash of everything that determines the reply: equal for equal prompts, and useless without the key. */
  readonly prompt?: string;
}

/**
 * A record as a line of a file. It begins with a line end too, so that a line that a crash left incomplete does not
 * spoil this one.
 */
export function recordLine(record: ActivityRecord): string {
  return `\n${JSON.stringify(record)}\n`;
}

export interface Lines {
  readonly records: readonly ActivityRecord[];
  /** The number of lines that are no records. */
  readonly damaged: number;
}

/** Parses the lines of a record file. Accepts lines of later versions, with unknown fields. */
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

const requiredNumbers = ['at', 'attempts', 'total'] as const satisfies readonly (keyof ActivityRecord)[];
const requiredTexts = [
  'id',
  'conversation',
  'surface',
  'model',
  'region',
  'gateway',
  'outcome',
] as const satisfies readonly (keyof ActivityRecord)[];
/** Optional numbers. */
const optionalNumbers = [
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

/** Optional texts. */
const optionalTexts = [
  'initiator',
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
const maxTime = 8.64e15;

/** Whether `value` has all required fields of a record, and its optional fields have the right types. */
export function isActivityRecord(value: unknown): value is ActivityRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  const { at, dataLossPolicies } = record;
  return (
    requiredTexts.every((name) => typeof record[name] === 'string') &&
    requiredNumbers.every((name) => Number.isFinite(record[name])) &&
    Math.abs(at as number) <= maxTime &&
    optionalNumbers.every((name) => record[name] === undefined || Number.isFinite(record[name])) &&
    optionalTexts.every((name) => record[name] === undefined || typeof record[name] === 'string') &&
    (dataLossPolicies === undefined || Array.isArray(dataLossPolicies))
  );
}
