// Reads VS Code's messages into plain data.
import * as vscode from 'vscode';
import {
  type LanguageModelChatRequestMessage,
  LanguageModelChatMessageRole,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
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
  if (part instanceof LanguageModelToolCallPart)
    return [{ type: 'toolCall', id: part.callId, name: part.name, input: part.input }];
  if (part instanceof LanguageModelToolResultPart) return [toolResult(part)];
  return dataPart(part);
}

function toolResult(part: LanguageModelToolResultPart): ChatPart {
  const { isError }: { readonly isError?: unknown } = part as { isError?: unknown };
  return {
    ...{ type: 'toolResult', id: part.callId, isError: isError === true },
    parts: [...part.content].flatMap((inner): ChatPart[] => {
      const read = partOf(inner);
      return read.length > 0 ? read : promptTsx(inner);
    }),
  };
}

/** VS Code's class for other data than text, which its stable API has got since our oldest version. */
function dataPart(part: unknown): ChatPart[] {
  const { LanguageModelDataPart: DataPart } = vscode as { LanguageModelDataPart?: unknown };
  if (typeof DataPart !== 'function' || !(part instanceof DataPart)) return [];
  const { mimeType, data } = part as { mimeType?: unknown; data?: unknown };
  return typeof mimeType === 'string' && data instanceof Uint8Array
    ? [{ type: 'data', mimeType, bytes: data }]
    : [];
}

/** What a tool made with @vscode/prompt-tsx: a tree, whose texts are the result. */
function promptTsx(part: unknown): ChatPart[] {
  if (!(part instanceof vscode.LanguageModelPromptTsxPart)) return [];
  const text = textsIn(part.value).join('');
  return [{ type: 'text', text: text || JSON.stringify(part.value) }];
}

/** https://github.com/microsoft/vscode-prompt-tsx/blob/main/src/base/jsonTypes.ts: a node has children, or a text. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { node, children, text, lineBreakBefore } = value as Readonly<Record<string, unknown>>;
  if (typeof text === 'string') return [lineBreakBefore ? `\n${text}` : text];
  const inner = [node, ...(Array.isArray(children) ? (children as unknown[]) : [])];
  return inner.flatMap(textsIn);
}
