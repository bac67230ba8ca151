// Decides what the model is to cache of a prompt: https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
import { isRepeated } from '../conversation/followUp';
import { messageTokens } from '../core/content/blockKinds';
import { estimateTokens } from '../core/content/tokens';
import type { CachePoints, Message } from '../core/model/content';
import type { Turn } from '../core/model/reply';
import type { Request } from '../core/model/request';
import { modelFacts } from '../models/modelFacts';

/** The least that a model caches, in tokens, if the catalogue does not tell. Less is ignored, and costs nothing. */
const usualMinimum = 1024;

type Cacheable = Pick<Request, 'messages' | 'tools' | 'parameters' | 'target'>;

/**
 * Where to put cache points: after the tools, the system prompt, and the last user turn but one, which is the last that the
 * next prompt is sure to repeat; and after results of tools that have just come, which the next request of an agent
 * repeats. undefined if nothing is long enough for the model, which takes cache points. A first prompt without tools has
 * none: nobody knows whether there will be a second, and writing costs a quarter more than reading it once.
 */
export function cachePointsFor({ messages, tools, parameters, target }: Cacheable): CachePoints | undefined {
  const { model } = target;
  if (messages.length <= 1 && !tools) return undefined;
  const { minCacheTokens = usualMinimum, refusesCachedTools, refusesCachedResults } = modelFacts(model) ?? {};
  // What is cached is everything up to the point: the tools come first, then the system prompt.
  const isLongWith = countingUpTo(minCacheTokens);
  const toolsAreLong = isLongWith(tools?.tools ?? [], (tool) => estimateTokens(JSON.stringify(tool)));
  const systemIsLong = isLongWith([parameters.systemPrompt ?? ''], estimateTokens);
  const turns = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const repeated = turns.slice(-2).filter((turn, at, { length }) => {
    const hasResult = hasToolResult(messages[turn]);
    return at < length - 1 ? !(refusesCachedResults && hasResult) : hasResult && !refusesCachedResults;
  });
  let counted = 0;
  const long = repeated.filter((turn) => {
    const added = messages.slice(counted, turn + 1);
    counted = turn + 1;
    return isLongWith(added, (message) => messageTokens([message]));
  });
  const points: CachePoints = {
    ...(!refusesCachedTools && toolsAreLong && { tools: true }),
    ...(parameters.systemPrompt?.trim() && systemIsLong && { system: true }),
    ...(long.length > 0 && { messages: long }),
  };
  return Object.keys(points).length > 0 ? points : undefined;
}

/**
 * Returns a function that adds the tokens of some items, and says whether all so far are at least `minimum`. It counts no
 * further: a conversation may be long, and has one more turn each time.
 */
function countingUpTo(minimum: number) {
  let count = 0;
  return <T>(items: readonly T[], tokensOf: (item: T) => number): boolean => {
    for (const item of items) {
      if (count >= minimum) break;
      count += tokensOf(item);
    }
    return count >= minimum;
  };
}

function hasToolResult(message: Message | undefined): boolean {
  return message?.content.some(({ type }) => type === 'toolResult') ?? false;
}

/** Shares of the price of a token: what writing it costs more, and what reading it costs less. */
const writingCosts = 0.25;
const readingSaves = 0.9;

/**
 * Whether caching has cost more than it saved in the conversation of these turns: its prompts come too late, or what is
 * before them changes. What the last turn wrote does not count: nothing could have read it.
 */
export function isCachingLost(turns: readonly Turn[]): boolean {
  const usages = turns
    .filter(isRepeated)
    .flatMap(({ reply, request }) => (request.copied ? [] : (reply.usage ?? [])));
  const read = usages.reduce((sum, usage) => sum + usage.cacheRead, 0);
  const written = usages.slice(0, -1).reduce((sum, usage) => sum + usage.cacheWrite, 0);
  return isLost({ read, written });
}

/** Tokens that were read from the cache, and tokens written to it that could have been read since. */
export interface CachingSums {
  readonly read: number;
  readonly written: number;
}

/** Whether reading has saved less than writing has cost. */
export function isLost({ read, written }: CachingSums): boolean {
  return read * readingSaves < written * writingCosts;
}
