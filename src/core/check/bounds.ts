// What a check sends at most, said before it begins.
import type { Request } from '../model/request';

/** Tokens that the model may answer with. */
export const maxTokensOut = 32;
/** Tokens of the prompt, with what a model adds to any prompt: a bound, not an estimate. */
export const maxTokensIn = 200;

/**
 * How many prompts a check may send that can be charged: one, and either the same again without streaming, where
 * the stream arrives damaged, or the same again to see whether it comes from the cache.
 */
export function maxPrompts({ target }: Pick<Request, 'target'>): number {
  return target.stream === 'auto' ? 2 : 1;
}
