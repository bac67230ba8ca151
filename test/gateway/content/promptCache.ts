// Bedrock's prompt cache: a prompt is kept up to each of its cache points, and read from there when it comes again.
// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
import type { Usage } from '../reply.js';
import type { CacheTtl, PromptContent } from './blocks.js';
import { chain, type Step } from './chain.js';
import { baseModel, type ModelRules } from './modelRules.js';

const lifetimes: { readonly [Ttl in CacheTtl]: number } = { '5m': 5 * 60_000, '1h': 60 * 60_000 };
/** How many blocks before a cache point are compared with what is kept. */
const lookback = 20;

const tokens = (characters: number) => Math.ceil(characters / 4);

type InputUsage = Pick<
  Usage,
  'inputTokens' | 'cacheReadInputTokens' | 'cacheWriteInputTokens' | 'cacheDetails'
>;

interface Kept {
  readonly ttl: CacheTtl;
  expires: number;
}

export class PromptCache {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly clock: () => number) {}

  /** Counts a prompt's tokens as Bedrock bills them, and keeps the prompt up to its cache points. */
  use(content: PromptContent, model: string, { leastCached }: ModelRules): InputUsage {
    const steps = chain(content);
    const points = steps.flatMap(({ cache, characters }, index) =>
      cache && tokens(characters) >= leastCached ? [index] : [],
    );
    const keyOf = (step: Step) => `${baseModel(model)} ${step.digest}`;
    const isNear = (index: number) => points.some((point) => index <= point && index > point - lookback);
    const hit = steps.findLastIndex((step, index) => isNear(index) && this.#isKept(keyOf(step)));
    const read = hit < 0 ? 0 : tokens(steps[hit]!.characters);
    const cacheDetails: { ttl: string; inputTokens: number }[] = [];
    let counted = read;
    for (const point of points) {
      const step = steps[point]!;
      const ttl = step.cache!;
      const written = tokens(step.characters) - counted;
      if (written > 0) cacheDetails.push({ ttl, inputTokens: written });
      counted = Math.max(counted, tokens(step.characters));
      this.#keep(keyOf(step), ttl);
    }
    if (hit >= 0) this.#renew(keyOf(steps[hit]!));
    return {
      inputTokens: tokens(steps.at(-1)?.characters ?? 0) - counted,
      cacheReadInputTokens: read,
      cacheWriteInputTokens: counted - read,
      ...(cacheDetails.length > 0 && { cacheDetails }),
    };
  }

  #isKept(key: string): boolean {
    return (this.#kept.get(key)?.expires ?? 0) > this.clock();
  }

  #keep(key: string, ttl: CacheTtl): void {
    this.#kept.set(key, { ttl, expires: this.clock() + lifetimes[ttl] });
  }

  /** A read begins the time anew. */
  #renew(key: string): void {
    const kept = this.#kept.get(key);
    if (kept) kept.expires = this.clock() + lifetimes[kept.ttl];
  }
}
