// What is being attached, and to which prompt: a file that is read, a picture that is scaled down.
import { randomUUID } from 'node:crypto';
import { type Disposable, EventEmitter } from 'vscode';
import type { Drafts } from '../conversation/drafts';
import { type Attachment, joinAttachments } from '../history/attachment';
import { type AttachTarget, DraftTarget } from './attachTarget';
import { type Attachable, attachableName } from './attachable';

export class PendingAttachment {
  readonly id: string;
  readonly name: string;
  /** Whether the user has removed it. */
  isRemoved = false;
  /** Whether it is attached now. */
  isAttached = false;
  private readonly stop = new AbortController();
  /** Aborted when nobody waits for it any longer: it is removed, or its prompt is deleted. */
  readonly signal = this.stop.signal;

  constructor(
    readonly thing: Attachable,
    public target: AttachTarget,
  ) {
    this.id = ('id' in thing && thing.id) || randomUUID();
    this.name = attachableName(thing);
  }

  /** What is attached to its prompt; undefined if that is gone. */
  get others(): readonly Attachment[] | undefined {
    return this.signal.aborted ? undefined : this.target.attachments;
  }

  /** Returns whether the prompt was still there. */
  attach(attachment: Attachment): boolean {
    const { others } = this;
    if (others) this.target.set(joinAttachments(others, [attachment]));
    return (this.isAttached = others !== undefined);
  }

  drop(): void {
    this.stop.abort();
  }
}

export class PendingAttachments implements Disposable {
  /** The first one first. */
  private readonly all = new Set<PendingAttachment>();
  private readonly changed = new EventEmitter<void>();
  /** Fires when something begins to be attached, or ends. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly drafts: Pick<Drafts, 'get' | 'update'>) {}

  /** From now on, these are being attached to what is typed in a conversation now. */
  begin(conversation: string, things: readonly Attachable[]): readonly PendingAttachment[] {
    const target = new DraftTarget(this.drafts, conversation);
    const begun = things.map((thing) => new PendingAttachment(thing, target));
    for (const pending of begun) this.all.add(pending);
    this.changed.fire();
    return begun;
  }

  /** They are attached, or can't be. */
  end(...ended: readonly PendingAttachment[]): void {
    for (const pending of ended) this.all.delete(pending);
    this.changed.fire();
  }

  /** The user removes one; of what is attached by now, nothing. */
  remove(id: string): void {
    for (const pending of this.all)
      if (pending.id === id) {
        pending.isRemoved = true;
        this.stop(pending);
      }
  }

  /** What is being attached to what the composer of a conversation shows. */
  of(conversation: string): readonly PendingAttachment[] {
    return [...this.all].filter(({ target }) => target.conversation === conversation && target.isInComposer);
  }

  /**
   * The user sends the prompt that these are for: they are attached to `target` from now on. Resolves, when none is
   * pending, to whether all are attached.
   */
  handOver(given: readonly PendingAttachment[], target: AttachTarget): Promise<boolean> {
    for (const pending of given) pending.target = target;
    return new Promise((resolve) => {
      const look = () => {
        if (given.some((pending) => this.all.has(pending))) return;
        listener.dispose();
        resolve(given.every(({ isAttached }) => isAttached));
      };
      const listener = this.onDidChange(look);
      this.changed.fire();
    });
  }

  /** What is typed in a conversation is now typed in another. */
  move(from: string, to: string): void {
    const target = new DraftTarget(this.drafts, to);
    for (const pending of this.of(from)) pending.target = target;
    this.changed.fire();
  }

  /** These conversations are deleted; all of them, if none are named. */
  forget(conversations?: readonly string[]): void {
    for (const pending of this.all)
      if (conversations?.includes(pending.target.conversation) ?? true) this.stop(pending);
  }

  /** Ends one without waiting for it. */
  private stop(pending: PendingAttachment): void {
    pending.drop();
    this.end(pending);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
