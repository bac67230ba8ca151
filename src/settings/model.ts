// Parses an entry of the setting `models`. Invalid parts are recorded, and reported only when a prompt needs them.
import { regionPattern } from '../core/gateway/address';
import { isRecord } from '../core/gateway/response';
import { type Capability, capabilities } from '../core/model/capabilities';
import { type OwnPrice, buckets } from '../core/model/cost';
import type { Api, Family } from '../core/model/request';
import { oneOf } from './accept';

/** A part of an entry that may be invalid, or the whole entry. */
export type ModelPart = 'entry' | 'region' | 'api' | 'body' | 'takes';

export interface Model {
  readonly id: string;
  readonly label?: string;
  readonly region?: string;
  readonly api?: Api;
  readonly body?: Family;
  /** An invalid price stops no prompt; the cost is then unknown. */
  readonly price?: OwnPrice;
  /** Tokens of a prompt and its reply together. An invalid number is ignored: the size is then shown without a limit. */
  readonly contextWindow?: number;
  /** All that the model takes besides text. */
  readonly takes?: readonly Capability[];
  /** Parts with an invalid value; they are absent above. */
  readonly invalidParts: readonly ModelPart[];
}

export const apiOf = oneOf<Api>('converse', 'invoke');
const bodyOf = oneOf<Family>('claudeMessages', 'claudeText', 'titanText');
const capabilityOf = oneOf(...capabilities);
const regionOf = (value: unknown) =>
  typeof value === 'string' && regionPattern.test(value) ? value : undefined;

/** Parses the entry `value` of a model ID. `null` means "not set". Never throws. */
export function modelOf(id: string, value: unknown): Model {
  if (!isRecord(value)) return { id, invalidParts: ['entry'] };
  const { label, price, contextWindow } = value;
  const region = regionOf(value['region']);
  const api = apiOf(value['api']);
  const body = bodyOf(value['body']);
  const takes = capabilitiesOf(value['takes']);
  return {
    id,
    ...(typeof label === 'string' && label && { label }),
    ...(region !== undefined && { region }),
    ...(api && { api }),
    ...(body && { body }),
    ...(isPresent(price) && { price: priceOf(price) }),
    ...(isTokenCount(contextWindow) && { contextWindow }),
    ...(takes && { takes }),
    invalidParts: Object.entries({ region, api, body, takes }).flatMap(([part, accepted]) =>
      isPresent(value[part]) && accepted === undefined ? [part as ModelPart] : [],
    ),
  };
}

/** A list of capabilities, none of them unknown; undefined for anything else. */
function capabilitiesOf(value: unknown): readonly Capability[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = value.flatMap((each) => capabilityOf(each) ?? []);
  return known.length === value.length ? known : undefined;
}

function isTokenCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

const isPresent = (value: unknown) => value !== undefined && value !== null;

/** A price needs input and output; prices of the prompt cache are optional. */
function priceOf(value: unknown): OwnPrice {
  if (!isRecord(value) || !('input' in value && 'output' in value)) return 'invalid';
  const isValid = Object.entries(value).every(
    ([bucket, usd]) =>
      buckets.some((known) => known === bucket) && typeof usd === 'number' && usd >= 0 && usd < Infinity,
  );
  return isValid ? value : 'invalid';
}
