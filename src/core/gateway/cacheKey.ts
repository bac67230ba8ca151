import type { Hash } from '../model/ports';

/** Everything that determines a model's reply. */
export interface CacheKeyInput {
  readonly operation: string;
  readonly region: string;
  readonly model: string;
  /** Headers that change the reply, such as InvokeModel's guardrail. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it is sent. */
  readonly body: string | Uint8Array;
}

/**
 * The gateway's cache key for a request: SHA-256, hex. Equal prompts have equal keys and hit the cache, though their
 * signatures differ. Prompts with any relevant difference have different keys; otherwise one would get the other's
 * reply.
 */
export function cacheKey({ operation, region, model, headers, body }: CacheKeyInput, hash: Hash): string {
  const relevant = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith('x-amzn-bedrock-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // JSON, so that items cannot run into one another; the body comes last.
  return hash.sha256(JSON.stringify([1, operation, region, model, relevant]), body);
}
