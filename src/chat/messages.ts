// Converts the messages of VS Code Chat into those that Bedrock accepts. Does not import VS Code.
import { isBlank } from '../core/model/blank';
import { type ContentBlock, type Message, textBlock } from '../core/model/request';

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
  /** The user's comes first, the roles alternate, and no block is blank: Bedrock refuses everything else. */
  readonly messages: readonly Message[];
}

/** Bedrock refuses a conversation that the assistant begins, as one does of which Chat has left out the beginning. */
const beginning: Message = { role: 'user', content: [textBlock('…')] };

/** Instructions come first, wherever they were; the other messages keep their order. */
export function chatPrompt(given: readonly ChatMessage[]): ChatPrompt {
  const system: string[] = [];
  const merged: { readonly role: Message['role']; readonly content: ContentBlock[] }[] = [];
  for (const { role, parts } of given) {
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
  const messages = merged[0]?.role === 'assistant' ? [beginning, ...merged] : merged;
  return { system: system.join('\n\n'), messages };
}

function blocksOf({ text }: ChatPart): ContentBlock[] {
  return isBlank(text) ? [] : [textBlock(text)];
}
