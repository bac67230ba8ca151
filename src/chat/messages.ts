// Converts the messages of VS Code Chat into those that Bedrock accepts. Does not import VS Code.
import { isBlank } from '../core/model/blank';
import { type Message, type TextBlock, textBlock } from '../core/model/content';

/** A part of a message of VS Code Chat. */
export interface ChatPart {
  readonly type: 'text';
  readonly text: string;
}

export interface ChatMessage {
  readonly role: Message['role'] | 'system';
  readonly parts: readonly ChatPart[];
}

export interface ChatPrompt {
  /** '' if there are no instructions. */
  readonly system: string;
  /** The roles alternate, and no block is blank: Bedrock refuses both. */
  readonly messages: readonly Message[];
}

/** Instructions come first, wherever they were; the other messages keep their order. */
export function chatPrompt(messages: readonly ChatMessage[]): ChatPrompt {
  const system: string[] = [];
  const merged: { readonly role: Message['role']; readonly content: TextBlock[] }[] = [];
  for (const { role, parts } of messages) {
    const content = parts.flatMap(blocksOf);
    if (content.length === 0) continue;
    if (role === 'system') {
      system.push(content.map(({ text }) => text).join(''));
      continue;
    }
    const last = merged.at(-1);
    if (last?.role === role) last.content.push(...content);
    else merged.push({ role, content });
  }
  return { system: system.join('\n\n'), messages: merged };
}

function blocksOf({ text }: ChatPart): TextBlock[] {
  return isBlank(text) ? [] : [textBlock(text)];
}
