import type { Hash } from '../model/ports';

/** All that determines a model's answer. */
export interface Asked {
  readonly operation: string;
  readonly region: string;
  readonly model: string;
  /** Headers that change the answer, such as InvokeModel's guardrail. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it is sent. */
  readonly body: string | Uint8Array;
}

/**
 * The key under which the gateway may keep an answer: SHA-256, hex. Equal prompts have equal keys, so that
 * they hit although their signatures differ; prompts that differ in anything that matters never share one,
 * or one would be answered with the other's reply.
 */
export function cacheKey({ operation, region, model, headers, body }: Asked, hash: Hash): string {
  const relevant = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith('x-amzn-bedrock-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // A list in JSON, so that no two of its items can run into one another; the body after it, to the end.
  return hash.sha256(JSON.stringify([1, operation, region, model, relevant]), body);
}
