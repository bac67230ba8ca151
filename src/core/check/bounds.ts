// Upper bounds for what a check sends, shown before it begins.
import type { Request } from '../model/request';

/** Output token limit. */
export const maxTokensOut = 32;
/** Upper bound for input tokens, including those that a model adds to every prompt. */
export const maxTokensIn = 200;

/**
 * The most chargeable prompts that a check may send: one, and a second one without streaming if the stream arrives
 * damaged, or to test whether the reply comes from the cache.
 */
export function maxPrompts({ target }: Pick<Request, 'target'>): number {
  return target.stream === 'auto' ? 2 : 1;
}
