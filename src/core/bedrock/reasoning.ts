// Which earlier thinking is sent to a model: its own, unchanged, and no other model's. Newer models bind each block to
// everything that they were sent before it, and refuse a conversation that lacks some of that. Another model's thinking
// is not part of it, since it is left out of every prompt for them.
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

/** The messages for `model`, without other models' thinking. A message that was nothing else is left out. */
export function withReasoningOf(model: string, messages: readonly Message[]): readonly Message[] {
  return without(messages, (block) => block.type === 'reasoning' && !isOwn(block, model));
}

/** The messages without any thinking. A message that was nothing else is left out. */
export function withoutReasoning(messages: readonly Message[]): readonly Message[] {
  return without(messages, ({ type }) => type === 'reasoning');
}

function isOwn(block: ReasoningBlock, model: string): boolean {
  return block.model !== undefined && isSameModelId(block.model, model);
}

function without(
  messages: readonly Message[],
  isLeftOut: (block: ContentBlock) => boolean,
): readonly Message[] {
  return messages.flatMap((message): readonly Message[] => {
    const content = message.content.filter((block) => !isLeftOut(block));
    if (content.length === message.content.length) return [message];
    return content.length > 0 ? [{ ...message, content }] : [];
  });
}

/** Whether two IDs mean one model, in whatever geography. */
export function isSameModelId(one: string, other: string): boolean {
  const base = baseIdOf(one);
  return one === other || (base !== undefined && base === baseIdOf(other));
}
