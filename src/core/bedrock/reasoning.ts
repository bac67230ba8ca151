// Which of a model's earlier thinking is sent back to it. All of it, unchanged, or none: newer models bind each block to
// everything before it, and refuse a conversation that lacks some.
// https://platform.claude.com/docs/en/build-with-claude/extended-thinking#preserving-thinking-blocks
import type { ContentBlock, Message, ReasoningBlock } from '../model/content';
import { baseIdOf } from './modelId';

/** https://datatracker.ietf.org/doc/html/rfc4648#section-4 */
const base64 = /^(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)?$/;

/** Whether a block can be sent back at all: a model takes only what it can recognize as its own. */
export function isProven({ signature, redacted }: ReasoningBlock): boolean {
  // A damaged one can't even be written.
  return redacted === undefined ? Boolean(signature) : redacted !== '' && base64.test(redacted);
}

/** The messages for `model`: without thinking if any of it is another model's. */
export function withReasoningOf(model: string, messages: readonly Message[]): readonly Message[] {
  const isForeign = (block: ContentBlock) =>
    block.type === 'reasoning' && !(block.model !== undefined && isSameModelId(block.model, model));
  return messages.some(({ content }) => content.some(isForeign)) ? withoutReasoning(messages) : messages;
}

/** The messages without any thinking. A message that was nothing else is left out. */
export function withoutReasoning(messages: readonly Message[]): readonly Message[] {
  return messages
    .map(({ role, content }) => ({ role, content: content.filter(({ type }) => type !== 'reasoning') }))
    .filter(({ content }) => content.length > 0);
}

/** Whether two IDs mean one model, in whatever geography. */
export function isSameModelId(one: string, other: string): boolean {
  const base = baseIdOf(one);
  return one === other || (base !== undefined && base === baseIdOf(other));
}
