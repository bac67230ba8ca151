// The prompt that something is attached to: by the time that a file is read, another one may be in the composer.
import type { Drafts } from '../conversation/drafts';
import type { Attachment } from '../history/attachment';
import type { TypedPrompt } from '../history/draft';

/** A prompt, as something that is attached sees it. */
export interface AttachTarget {
  readonly conversation: string;
  /** Whether the prompt is what the composer shows of its conversation. */
  readonly isInComposer: boolean;
  /** What is attached to it; undefined if the prompt is gone. */
  readonly attachments: readonly Attachment[] | undefined;
  /** Call it only while the prompt is there. */
  set(attachments: readonly Attachment[]): void;
}

/** What is typed in a conversation now: at its end, or in place of the prompt of an earlier turn. */
export class DraftTarget implements AttachTarget {
  /** The turn whose prompt is edited. */
  private readonly turn: string | undefined;

  constructor(
    private readonly drafts: Pick<Drafts, 'get' | 'update'>,
    readonly conversation: string,
  ) {
    this.turn = drafts.get(conversation).editing?.turn;
  }

  get isInComposer(): boolean {
    return this.drafts.get(this.conversation).editing?.turn === this.turn;
  }

  get attachments(): readonly Attachment[] | undefined {
    const { attachments, editing } = this.drafts.get(this.conversation);
    if (this.isInComposer) return attachments;
    // What was typed before an edit comes back with its end. An edit that was given up does not.
    return this.turn === undefined ? (editing?.attachments ?? []) : undefined;
  }

  set(attachments: readonly Attachment[]): void {
    const { drafts, conversation } = this;
    const { editing } = drafts.get(conversation);
    if (editing && !this.isInComposer) drafts.update(conversation, { editing: { ...editing, attachments } });
    else drafts.update(conversation, { attachments });
  }
}

/** A prompt that the user sends while something is being attached to it. The draft holds it as outgoing. */
export class OutgoingTarget implements AttachTarget {
  readonly isInComposer = false;

  constructor(
    private readonly drafts: Pick<Drafts, 'get' | 'update'>,
    readonly conversation: string,
    public prompt: TypedPrompt,
  ) {}

  get attachments(): readonly Attachment[] | undefined {
    const { outgoing = [] } = this.drafts.get(this.conversation);
    return outgoing.includes(this.prompt) ? this.prompt.attachments : undefined;
  }

  set(attachments: readonly Attachment[]): void {
    const { drafts, conversation, prompt: before } = this;
    const { outgoing = [] } = drafts.get(conversation);
    const prompt = { ...before, attachments };
    this.prompt = prompt;
    drafts.update(conversation, { outgoing: outgoing.map((each) => (each === before ? prompt : each)) });
  }
}
