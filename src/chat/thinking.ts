// Remembers what models thought. VS Code shows it, but does not give it back with the next request
// (https://github.com/microsoft/vscode/issues/326597), and a model that thinks between uses of tools wants it back.
import { isProven, withoutReasoning } from '../core/bedrock/reasoning';
import type { ContentBlock, Message } from '../core/model/content';

/** How many replies are remembered, and UTF-16 units of all. */
const maxReplies = 500;
const maxLength = 8 * 1024 * 1024;

interface Remembered {
  readonly content: readonly ContentBlock[];
  readonly length: number;
}

export class ThinkingMemory {
  /** By what VS Code gives back of a reply; the oldest first. */
  private readonly replies = new Map<string, Remembered>();
  private length = 0;

  /** Takes a reply of `model`: all of it, since thinking goes back unchanged only where it was. */
  remember(model: string, blocks: readonly ContentBlock[]): void {
    const content = blocks.flatMap((block): readonly ContentBlock[] =>
      block.type !== 'reasoning' ? [block] : isProven(block) ? [{ ...block, model }] : [],
    );
    const key = keyOf(content);
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
  restore(messages: readonly Message[], { needsAll }: { readonly needsAll: boolean }): readonly Message[] {
    const known = ({ role, content }: Message) =>
      role === 'assistant' ? this.replies.get(keyOf(content) ?? '') : undefined;
    if (needsAll && messages.some((message) => message.role === 'assistant' && !known(message)))
      return withoutReasoning(messages);
    return messages.map((message) => ({ ...message, content: known(message)?.content ?? message.content }));
  }

  /** The model has refused the thinking in these messages. */
  forget(messages: readonly Message[]): void {
    for (const { role, content } of messages) {
      const key = role === 'assistant' ? keyOf(content) : undefined;
      if (key !== undefined) this.drop(key);
    }
  }

  private drop(key: string): void {
    this.length -= this.replies.get(key)?.length ?? 0;
    this.replies.delete(key);
  }
}

/**
 * What of a reply VS Code gives back: its texts and uses of tools; undefined if that is nothing. White space may differ:
 * texts are joined, and a blank one is left out.
 */
function keyOf(content: readonly ContentBlock[]): string | undefined {
  const texts = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const uses = content.flatMap((block) => (block.type === 'toolUse' ? [block.id, block.name] : []));
  const text = texts.replace(/\s+/g, '');
  return text || uses.length > 0 ? JSON.stringify([text, ...uses]) : undefined;
}
