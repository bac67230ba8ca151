// What the composer of the reply panel shows.
import type { AttachmentView, PendingView } from './attachments';

/** The size of a conversation for its model, and its cost. */
export interface SizeView {
  readonly text: string;
  /** The full meaning of the text, as a tooltip. */
  readonly detail: string;
  readonly level: 'normal' | 'near' | 'over';
  /** A sentence if the window is nearly used up or too small; else ''. */
  readonly advice: string;
}

/** The edits of earlier prompts. As the text in the composer, the page owns them while it is loaded. */
export interface EditsView {
  /** The turn whose prompt is in the composer, and what was typed there before; absent if none is. */
  readonly editing?: { readonly turn: string; readonly before: string };
  /** What was typed in place of other prompts, and not sent. */
  readonly rewrites: readonly { readonly turn: string; readonly text: string }[];
}

/** Queued prompts that wait for the same thing. */
export interface QueueView {
  /** Says when they are sent, or why they were not. */
  readonly note: string;
  readonly prompts: readonly { readonly id: string; readonly text: string }[];
  /** They wait for the user, and can be sent now. */
  readonly canSend: boolean;
}

/** A question about a prompt, which waits for the answer. */
export interface QuestionView {
  readonly id: string;
  /** The beginning of the prompt. */
  readonly prompt: string;
  readonly text: string;
  readonly buttons: readonly string[];
}

/** What the composer shows besides the text in it, which the page owns while it is loaded. */
export interface ComposerView {
  readonly attachments: readonly AttachmentView[];
  /** What is being attached to the prompt; until then, it is not sent. */
  readonly preparing: readonly PendingView[];
  /** The name of the selection that can be attached; '' if nothing is selected. */
  readonly selection: string;
  readonly questions: readonly QuestionView[];
  readonly queues: readonly QueueView[];
  /** The short name of the model that is asked, and its ID. */
  readonly model: string;
  readonly modelDetail: string;
  readonly size?: SizeView;
  /** How many of the last turns a new conversation could begin with; 0 if that makes no sense. */
  readonly turnsToTake: number;
  /** The last prompt, if the conversation shows none; '' if there is none. */
  readonly lastPrompt: string;
}
