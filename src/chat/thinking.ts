// Remembers what models thought. VS Code shows it, but does not give it back with the next request
// (https://github.com/microsoft/vscode/issues/326597), and a model that thinks between uses of tools wants it back.
import { isProven, withoutReasoning } from '../core/bedrock/reasoning';
import { type ContentBlock, type Message, textOf } from '../core/model/content';
import type { Request } from '../core/model/request';
import { nodeHash } from '../platform/node/hash';

/** How many replies are remembered, and UTF-16 units of all. */
const maxReplies = 500;
const maxLength = 8 * 1024 * 1024;

interface Remembered {
  readonly content: readonly ContentBlock[];
  readonly length: number;
}

/** The conversation that a reply is part of: what was asked, and by whom. */
type Asked = Pick<Request, 'messages' | 'initiator'>;

export class ThinkingMemory {
  /** By what VS Code gives back of a reply; the oldest first. */
  private readonly replies = new Map<string, Remembered>();
  private length = 0;

  /** Takes the reply of `model` to `asked`: all of it, since thinking goes back unchanged only where it was. */
  remember(model: string, blocks: readonly ContentBlock[], { messages, initiator }: Asked): void {
    const content = blocks.flatMap((block): readonly ContentBlock[] =>
      block.type !== 'reasoning' ? [block] : isProven(block) ? [{ ...block, model }] : [],
    );
    const key = keyOf(content, messages.at(-1), initiator);
    if (key === undefined) return;
    this.drop(key);
    const length = JSON.stringify(content).length + key.length;
    this.replies.set(key, { content, length });
    this.length += length;
    for (const [oldest] of this.replies)
      if (this.replies.size > maxReplies || this.length > maxLength) this.drop(oldest);
  }

  /**
   * The messages with what the model thought. `needsAll`: the model takes back all or nothing, so nothing is added if the
   * thinking of one reply is not remembered.
   */
  restore(asked: Asked, { needsAll }: { readonly needsAll: boolean }): readonly Message[] {
    const { messages } = asked;
    const known = keysIn(asked).map((key) => (key === undefined ? undefined : this.replies.get(key)));
    if (needsAll && messages.some(({ role }, index) => role === 'assistant' && !known[index]))
      return withoutReasoning(messages);
    return messages.map((message, index) => ({
      ...message,
      content: known[index]?.content ?? message.content,
    }));
  }

  /** The model has refused the thinking in these messages. */
  forget(asked: Asked): void {
    for (const key of keysIn(asked)) if (key !== undefined) this.drop(key);
  }

  private drop(key: string): void {
    this.length -= this.replies.get(key)?.length ?? 0;
    this.replies.delete(key);
  }
}

/** The keys of the replies among the messages; undefined for all others. */
function keysIn({ messages, initiator }: Asked): readonly (string | undefined)[] {
  return messages.map(({ role, content }, index) =>
    role === 'assistant' ? keyOf(content, messages[index - 1], initiator) : undefined,
  );
}

/**
 * What of a reply VS Code gives back: its texts and uses of tools; undefined if that is nothing. White space may differ:
 * texts are joined, and a blank one is left out. `before`: the message before it.
 */
function keyOf(
  content: readonly ContentBlock[],
  before: Message | undefined,
  initiator: string | undefined,
): string | undefined {
  const text = textIn(content);
  const uses = content.flatMap((block) => (block.type === 'toolUse' ? [block.id, block.name] : []));
  if (uses.length > 0) return JSON.stringify([text, ...uses]);
  // The ID of a use is the model's own. A few words may be those of another conversation, or another extension's.
  return text ? JSON.stringify([text, initiator ?? '', placeOf(before)]) : undefined;
}

function placeOf(before: Message | undefined): string {
  const results = before?.content.flatMap((block) => (block.type === 'toolResult' ? [block.toolUse] : []));
  return nodeHash.sha256(JSON.stringify([textIn(before?.content ?? []), results]));
}

function textIn(content: readonly ContentBlock[]): string {
  return textOf({ content }).replace(/\s+/g, '');
}
