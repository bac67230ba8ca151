// Reads VS Code's messages into plain data, so that what is made of them does not depend on VS Code's classes.
import {
  type LanguageModelChatRequestMessage,
  LanguageModelChatMessageRole,
  LanguageModelTextPart,
} from 'vscode';
import type { ChatMessage, ChatPart } from './messages';

/** VS Code's API has only user and assistant, but Chat also sends this one. */
const systemRole = 3;

export function chatMessage({ role, content }: LanguageModelChatRequestMessage): ChatMessage {
  return { role: roleOf(role), parts: [...content].flatMap(partOf) };
}

function roleOf(role: LanguageModelChatMessageRole | typeof systemRole): ChatMessage['role'] {
  if (role === systemRole) return 'system';
  return role === LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user';
}

/** Empty for a part that no model needs, such as one of a later version of VS Code. */
function partOf(part: unknown): ChatPart[] {
  if (part instanceof LanguageModelTextPart) return [{ type: 'text', text: part.value }];
  return [];
}
