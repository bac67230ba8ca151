// What a follow-up sends of the conversation before it.
import { isBlank } from '../core/model/blank';
import type { Turn } from '../core/model/reply';
import { type Message, textBlock } from '../core/model/content';
import { promptMessage } from '../core/model/request';

/**
 * Whether a follow-up repeats this turn. A prompt without a reply is left out, since the roles must alternate; so is
 * one that was blocked: a guardrail would block it again, with everything that follows.
 */
export function isRepeated({ reply: { text, outcome } }: Turn): boolean {
  return !isBlank(text) && outcome?.kind !== 'blocked';
}

/** The messages to send before the next prompt of the conversation whose turns these are. */
export function earlierMessages(turns: readonly Turn[]): readonly Message[] {
  return turns.filter(isRepeated).flatMap(({ request, reply }): readonly Message[] => {
    const prompt = promptMessage(request);
    return prompt ? [prompt, { role: 'assistant', content: [textBlock(reply.text)] }] : [];
  });
}
