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

/** A tool as VS Code offers it. */
export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema?: object | undefined;
}
