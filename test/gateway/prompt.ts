import type { PromptContent } from './content/blocks.js';

/** The prompt as a model reads it, independent of the API. */
export interface Prompt {
  /** The text of each message, without what else is in it. */
  readonly messages: readonly { readonly role: string; readonly text: string }[];
  readonly system: string;
  readonly maxTokens: number | undefined;
  readonly stopSequences: readonly string[];
  /** The whole prompt; absent for models that read text only. */
  readonly content?: PromptContent;
}
