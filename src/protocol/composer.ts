// What the composer of the reply panel shows.

/** The size of a conversation for its model, and its cost. */
export interface SizeView {
  readonly text: string;
  /** The full meaning of the text, as a tooltip. */
  readonly detail: string;
  readonly level: 'normal' | 'near' | 'over';
  /** A sentence if the window is nearly used up or too small; else ''. */
  readonly advice: string;
}

/** What the composer shows besides the text in it, which the page owns while it is loaded. */
export interface ComposerView {
  /** Present while an earlier prompt is edited: what was typed before that began. */
  readonly editing?: { readonly before: string };
  readonly attachments: readonly { readonly id: string; readonly name: string }[];
  /** The name of the selection that can be attached; '' if nothing is selected. */
  readonly selection: string;
  readonly queue: readonly { readonly id: string; readonly text: string }[];
  /** Says when the queue is sent, or why it was not; '' if it is empty. */
  readonly queueNote: string;
  /** Whether the queue waits for the user, not for a reply. */
  readonly isQueueHeld: boolean;
  /** The short name of the model that is asked, and its ID. */
  readonly model: string;
  readonly modelDetail: string;
  readonly size?: SizeView;
  /** How many of the last turns a new conversation could begin with; 0 if that makes no sense. */
  readonly turnsToTake: number;
  /** The last prompt, if the conversation shows none; '' if there is none. */
  readonly lastPrompt: string;
}
