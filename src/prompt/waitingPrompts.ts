// Prompts that the user has sent while something was still being attached to them.
import type { AttachTarget } from './attachTarget';
import type { PendingAttachment, PendingAttachments } from './pendingAttachments';

export class WaitingPrompts {
  /** Conversation → what its last prompt waits for. */
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(private readonly pending: Pick<PendingAttachments, 'handOver'>) {}

  /** Whether a prompt of the conversation waits, and so does the next one. */
  has(conversation: string): boolean {
    return this.last.has(conversation);
  }

  /** Resolves, when it is the turn of a prompt, to whether all of `attaching` is attached to it. */
  async wait(prompt: AttachTarget, attaching: readonly PendingAttachment[]): Promise<boolean> {
    const { conversation } = prompt;
    const ready = Promise.all([this.pending.handOver(attaching, prompt), this.last.get(conversation)]);
    this.last.set(conversation, ready);
    const [areAttached] = await ready;
    if (this.last.get(conversation) === ready) this.last.delete(conversation);
    return areAttached;
  }
}
