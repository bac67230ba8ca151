// An entry of the setting `models`, part by part: what is wrong in one is kept for whoever needs that part.
import { regionPattern } from '../core/gateway/address';
import { isRecord } from '../core/gateway/response';
import { type OwnPrice, buckets } from '../core/model/cost';
import type { Api, Family } from '../core/model/request';
import { oneOf } from './accept';

/** What a prompt needs of an entry: the whole, or a part of it. */
export type ModelPart = 'entry' | 'region' | 'api' | 'body';

export interface Model {
  readonly id: string;
  readonly label?: string;
  readonly region?: string;
  readonly api?: Api;
  readonly body?: Family;
  /** What is wrong with a price stops no prompt: its cost is unknown then, and says why. */
  readonly price?: OwnPrice;
  /** What is there, but cannot be used; absent above. */
  readonly wrong: readonly ModelPart[];
}

export const apiOf = oneOf<Api>('converse', 'invoke');
const bodyOf = oneOf<Family>('claudeMessages', 'claudeText', 'titanText');
const regionOf = (value: unknown) =>
  typeof value === 'string' && regionPattern.test(value) ? value : undefined;

/** The entry `value` of `id`. Never throws. `null` stands for "not set". */
export function modelOf(id: string, value: unknown): Model {
  if (!isRecord(value)) return { id, wrong: ['entry'] };
  const { label, price } = value;
  const region = regionOf(value['region']);
  const api = apiOf(value['api']);
  const body = bodyOf(value['body']);
  return {
    id,
    ...(typeof label === 'string' && label && { label }),
    ...(region !== undefined && { region }),
    ...(api && { api }),
    ...(body && { body }),
    ...(isSet(price) && { price: priceOf(price) }),
    wrong: Object.entries({ region, api, body }).flatMap(([part, accepted]) =>
      isSet(value[part]) && accepted === undefined ? [part as ModelPart] : [],
    ),
  };
}

const isSet = (value: unknown) => value !== undefined && value !== null;

/** Input and output are a price; what the prompt cache costs is set by those who use it. */
function priceOf(value: unknown): OwnPrice {
  if (!isRecord(value) || !('input' in value && 'output' in value)) return 'invalid';
  const good = Object.entries(value).every(
    ([bucket, usd]) =>
      buckets.some((known) => known === bucket) && typeof usd === 'number' && usd >= 0 && usd < Infinity,
  );
  return good ? value : 'invalid';
}
