// Tells equal prompts without keeping them.
import type { Hash } from '../model/ports';
import type { Request } from '../model/request';

/**
 * A keyed hash (HMAC-SHA-256, its first 128 bits) of all that determines the answer: equal for equal prompts. A hash
 * without a key would let anyone who reads the record try out which prompt it was.
 */
export function fingerprint(
  { target, messages, parameters, guardrail }: Request,
  key: string,
  hash: Hash,
): string {
  const { model, region, api, body } = target;
  const asked = [1, api, body, region, model, sorted(parameters), sorted(guardrail), messages];
  const bytes = hash.hmacSha256(key, JSON.stringify(asked)).subarray(0, 16);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** Fields in one order, however they were set. */
function sorted(value: object | undefined): readonly (readonly [string, unknown])[] {
  return Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
