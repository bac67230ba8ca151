// Whether fields of a reply that were read from a file are what the rest of the extension relies on: a file may be
// damaged, or written by another version of this extension.
import { isContentBlock } from '../core/content/blockKinds';
import { isRecord } from '../core/model/json';
import { guardrailPolicyKinds } from '../core/model/guardrail';
import { operationOf } from '../core/model/operation';
import type { RetryReason } from '../core/model/attemptRecord';

type Fields = Readonly<Record<string, unknown>>;

export const isString = (value: unknown): value is string => typeof value === 'string';
export const isFlag = (value: unknown): value is true => value === true;

/** JSON can also hold what becomes Infinity. */
export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Whether a value is a time that a Date can hold, ms since the epoch. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

/** Returns a function that knows these values. */
export function isOneOf(...values: readonly unknown[]): (value: unknown) => boolean {
  return (value) => values.includes(value);
}

/** Returns a function that knows arrays whose items all are such. */
export function isListOf(isItem: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isItem);
}

/** Returns a function that knows objects whose fields are such. A field that is not named may be anything. */
export function hasFields(fields: {
  readonly [name: string]: (value: unknown) => boolean;
}): (value: unknown) => boolean {
  return (value) => isRecord(value) && Object.entries(fields).every(([name, holds]) => holds(value[name]));
}

/** Returns a function that also knows undefined. */
export function isOptional(holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || holds(value);
}

export const isOperation = isOneOf(
  ...(['converse', 'invoke'] as const).flatMap((api) => [operationOf(api, true), operationOf(api, false)]),
);

const isOptionalString = isOptional(isString);
export const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether a value is a BlockEnd. */
export const isBlockEnd = hasFields({
  ...{ block: isOneOf('text', 'gap', 'reasoning'), signature: isOptionalString, redacted: isOptionalString },
});

/** Whether a value is a BlockMark. */
export function isBlockMark(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type, length, signature, redacted } = value;
  if (type === 'text' || type === 'gap') return isLength(length);
  if (type !== 'reasoning') return isContentBlock(value) && value.type === 'toolUse';
  return isLength(length) && isOptionalString(signature) && isOptionalString(redacted);
}

const retryReasons: { readonly [R in RetryReason]: true } = {
  busy: true,
  offline: true,
  clock: true,
  colonRewritten: true,
  streamDamaged: true,
  credentialsRefreshed: true,
  reasoningDropped: true,
  cachePointsDropped: true,
};

export function isRetryReason(value: unknown): boolean {
  return isString(value) && Object.hasOwn(retryReasons, value);
}

export const isUsage = hasFields({
  ...{ input: isNumber, output: isNumber, cacheRead: isNumber, cacheWrite: isNumber },
  ...{ cacheWrite1h: isOptional(isNumber), reasoning: isOptional(isNumber) },
});

export const isGuardrailPolicies = isListOf(
  hasFields({
    kind: isOneOf(...Object.values(guardrailPolicyKinds)),
    name: isOptional(isString),
    action: isOneOf('blocked', 'masked', 'noticed'),
    where: isOneOf('prompt', 'reply'),
  }),
);

export const isDataLossFinding = hasFields({
  action: isOptional(isOneOf('block', 'flag')),
  policies: isListOf(isString),
  profiles: isListOf(isString),
  where: isListOf(isOneOf('prompt', 'reply')),
});

export const isRequestIds = hasFields({
  ...{ logId: isOptional(isString), eventId: isOptional(isString), ray: isOptional(isString) },
  awsRequestId: isOptional(isString),
  cache: isOptional(isOneOf('HIT', 'MISS')),
  dataLoss: isOptional(isDataLossFinding),
});

/** The fields of `value` that are such; the others are left out. */
export function validFields(
  value: Fields,
  known: { readonly [name: string]: (value: unknown) => boolean },
): Fields {
  return Object.fromEntries(
    Object.entries(value).filter(([name, field]) => Object.hasOwn(known, name) && known[name]?.(field)),
  );
}
