// What a follow-up sends of the conversation before it.
import { isProven } from '../core/bedrock/reasoning';
import { isBlank } from '../core/model/blank';
import type { ContentBlock, Message } from '../core/model/content';
import type { Turn } from '../core/model/reply';
import { blocksOf } from '../core/model/replyBlocks';
import { promptMessage } from '../core/model/request';

/**
 * Whether a follow-up repeats this turn. A prompt without a reply is left out, since the roles must alternate; so is
 * one that was blocked: a guardrail would block it again, with everything that follows.
 */
export function isRepeated({ reply: { text, outcome } }: Turn): boolean {
  return !isBlank(text) && outcome?.kind !== 'blocked';
}

/**
 * Whether the model's thinking goes along: not if the conversation has become another one than the model thought in, or
 * the model has refused its thinking before. A turn that is not repeated never was, so the model thought without it too.
 */
export function isReasoningRepeated(turns: readonly Turn[]): boolean {
  return turns.every(({ request, reply }) => !request.copied && !reply.reasoningDropped);
}

/** The messages to send before the next prompt of the conversation whose turns these are. */
export function earlierMessages(turns: readonly Turn[]): readonly Message[] {
  const withReasoning = isReasoningRepeated(turns);
  return turns.filter(isRepeated).flatMap((turn): readonly Message[] => {
    const prompt = promptMessage(turn.request);
    return prompt ? [prompt, { role: 'assistant', content: repliedBlocks(turn, withReasoning) }] : [];
  });
}

/** A reply as its model wrote it. No tool that it asked for has an answer here. */
function repliedBlocks({ request, reply }: Turn, withReasoning: boolean): readonly ContentBlock[] {
  return blocksOf(reply).flatMap((block): readonly ContentBlock[] => {
    if (block.type === 'reasoning')
      return withReasoning && isProven(block) ? [{ ...block, model: request.target.model }] : [];
    return block.type === 'toolUse' ? [] : [block];
  });
}
