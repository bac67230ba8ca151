// Recognizes equal prompts without storing them.
import { blockFingerprint } from '../content/blockKinds';
import type { Hash } from '../model/ports';
import type { Request } from '../model/request';

/**
 * A keyed hash (the first 128 bits of HMAC-SHA-256) of everything that determines the reply: equal for equal prompts.
 * Without a key, anyone who reads the record could guess prompts and compare their hashes.
 */
export function fingerprint(
  { target, messages, parameters, guardrail, tools }: Request,
  key: string,
  hash: Hash,
): string {
  const { model, region, api, body } = target;
  const contents = messages.map(({ role, content }) => ({ role, content: content.map(blockFingerprint) }));
  const rest = [sorted(parameters), sorted(guardrail), contents, ...(tools ? [tools] : [])];
  const input = [1, api, body, region, model, ...rest];
  const bytes = hash.hmacSha256(key, JSON.stringify(input)).subarray(0, 16);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The fields, sorted by name. */
function sorted(value: object | undefined): readonly (readonly [string, unknown])[] {
  return Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
