// Helpers for conversations with models that think.
import type { Content, Said } from './ways.js';

export interface Reasoning {
  readonly reasoningText?: { readonly text: string; readonly signature: string };
  readonly redactedContent?: Uint8Array;
}
export const isThinking = (block: Content) => 'reasoningContent' in block;
export const reasoningIn = (content: readonly Content[]) =>
  content.filter(isThinking).map(({ reasoningContent }) => reasoningContent as Reasoning);
export const kindsIn = (content: readonly Content[]) =>
  content.map((block) =>
    isThinking(block) ? Object.keys(block['reasoningContent'] as object)[0] : Object.keys(block)[0],
  );
export const prompt = (text: string): Said => ({ role: 'user', content: [{ text }] });
export const reply = (content: readonly Content[]): Said => ({ role: 'assistant', content });
export const results = (content: readonly Content[]): Said => ({
  role: 'user',
  content: content.flatMap(({ toolUse }) =>
    toolUse
      ? [
          {
            toolResult: {
              toolUseId: (toolUse as { toolUseId: string }).toolUseId,
              content: [{ text: 'done' }],
            },
          },
        ]
      : [],
  ),
});
export const withoutThinking = ({ role, content }: Said): Said => ({
  role,
  content: content.filter((block) => !isThinking(block)),
});

export const bound = /The block is bound to a different conversation\. Remove the block, or set/;
export const script = 'call read {"path":"a"}\ncall read {"path":"b"}';
export const tools = ['read'];
