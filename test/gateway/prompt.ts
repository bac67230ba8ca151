/** The prompt as a model reads it, independent of the API. */
export interface Prompt {
  readonly messages: readonly { readonly role: string; readonly text: string }[];
  readonly system: string;
  readonly maxTokens: number | undefined;
  readonly stopSequences: readonly string[];
}

export const charactersOf = ({ messages, system }: Prompt): number =>
  messages.reduce((sum, { text }) => sum + text.length, system.length);
