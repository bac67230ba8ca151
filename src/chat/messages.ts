// What VS Code Chat sends, as plain data: what is made of it does not depend on VS Code's classes.
import type { Message } from '../core/model/content';

/** A part of a message of VS Code Chat. */
export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'data'; readonly mimeType: string; readonly bytes: Uint8Array }
  | { readonly type: 'toolCall'; readonly id: string; readonly name: string; readonly input: unknown }
  | {
      readonly type: 'toolResult';
      readonly id: string;
      readonly parts: readonly ChatPart[];
      readonly isError: boolean;
    };

export interface ChatMessage {
  readonly role: Message['role'] | 'system';
  readonly parts: readonly ChatPart[];
}

/** Whether data of a type is a picture. */
export function isPictureType(mimeType: string): boolean {
  return /^image\//i.test(mimeType);
}

/** Whether data of a type is text. What is no MIME type, such as `cache_control`, is meant for VS Code alone. */
export function isTextType(mimeType: string): boolean {
  return /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b)/i.test(mimeType);
}

/** Whether data of a type is a file that the user may have attached. */
export function isFileType(mimeType: string): boolean {
  return /^(?:application\/pdf|audio\/|video\/)/i.test(mimeType);
}

/** A tool as VS Code offers it. */
export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema?: object | undefined;
}
