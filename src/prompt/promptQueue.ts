// Which prompt waits for which: prompts that are about to be sent, and queued ones behind them or behind running replies.
import { randomUUID } from 'node:crypto';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import type { Turn } from '../core/model/reply';
import type { QueuedPrompt } from '../history/draft';

/** A prompt that is about to be sent: the user may have to answer questions first. */
export interface Outgoing {
  readonly conversation: string;
  /** The turn that it will follow. */
  readonly parent: string | undefined;
  /** The user has just sent it, so its branch is shown then. One that goes by itself leaves the shown branch as it is. */
  readonly isByHand: boolean;
  /** The ID of the queued prompt, if it is one. It stays in the queue until it is sent. */
  readonly queued?: string;
}

/**
 * What a queued prompt waits for: a reply that is running, a prompt that is about to be sent, or the user. Only one behind
 * a prompt that is running, or about to be sent, goes on by itself: once that has not ended normally, or another session
 * has left it, nothing is sent that nobody asked for.
 */
export type Awaited = 'reply' | 'prompt' | 'user' | 'userAfterReply' | 'userAfterPrompt';

export class PromptQueue {
  /** By the ID that the request will have, so that other prompts can be queued behind it. */
  private readonly outgoing = new Map<string, Outgoing>();

  constructor(
    private readonly conversations: Conversations,
    private readonly drafts: Drafts,
  ) {}

  /** The queued prompts of a conversation, without those that are about to be sent. */
  of(conversation: string): readonly QueuedPrompt[] {
    const going = new Set([...this.outgoing.values()].map(({ queued }) => queued));
    return this.drafts.get(conversation).queue.filter(({ id }) => !going.has(id));
  }

  awaitedBy({ after }: QueuedPrompt): Awaited {
    if (this.outgoing.has(after)) return 'prompt';
    const turn = this.conversations.turn(after);
    if (!turn) return 'userAfterPrompt';
    const { outcome } = turn.reply;
    if (!outcome) return 'reply';
    // It was its turn, and the user has not sent it.
    return outcome.kind === 'done' ? 'user' : 'userAfterReply';
  }

  /** Whether a queued prompt waits for the user. */
  isHeld(prompt: QueuedPrompt): boolean {
    return !['reply', 'prompt'].includes(this.awaitedBy(prompt));
  }

  /** Whether a queued prompt waits for a reply in the shown branch, and so is sent there. */
  goesToShownBranch({ after }: QueuedPrompt): boolean {
    const outgoing = this.outgoing.get(after);
    return outgoing ? this.willBeShown(outgoing) : this.isShown(after);
  }

  /**
   * The ID of the request whose reply, in the shown branch, comes before a prompt that is sent now; undefined if none has
   * to be waited for.
   */
  ahead(conversation: string): string | undefined {
    const going = [...this.outgoing].findLast(
      ([, outgoing]) => outgoing.conversation === conversation && this.willBeShown(outgoing),
    );
    if (going) return going[0];
    const last = this.lastTurn(conversation);
    return last && !last.reply.outcome ? last.request.id : undefined;
  }

  /** Takes a prompt out of the queue. Returns it; undefined if it has been sent meanwhile, or is about to be. */
  take(conversation: string, id: string): QueuedPrompt | undefined {
    const prompt = this.of(conversation).find((queued) => queued.id === id);
    if (prompt) this.drop(conversation, id);
    return prompt;
  }

  /** Puts a prompt at the end of the queue, with the model that is chosen now. */
  put(
    conversation: string,
    { id = randomUUID(), text, attachments }: Pick<QueuedPrompt, 'text' | 'attachments'> & { id?: string },
    after: string,
  ): void {
    const { queue, model } = this.drafts.get(conversation);
    const queued = { ...{ id, text, attachments, after }, ...(model !== undefined && { model }) };
    this.drafts.update(conversation, { queue: [...queue, queued] });
  }

  drop(conversation: string, id: string): void {
    const { queue } = this.drafts.get(conversation);
    this.drafts.update(conversation, { queue: queue.filter((queued) => queued.id !== id) });
  }

  /** The prompts that waited with this one wait for its reply now. */
  lineUpBehind(conversation: string, prompt: QueuedPrompt, request: string): void {
    const { queue } = this.drafts.get(conversation);
    const linedUp = queue.map((queued) =>
      queued.after === prompt.after && queued.id !== prompt.id ? { ...queued, after: request } : queued,
    );
    this.drafts.update(conversation, { queue: linedUp });
  }

  beginSending(request: string, outgoing: Outgoing): void {
    this.outgoing.set(request, outgoing);
  }

  endSending(request: string): void {
    this.outgoing.delete(request);
  }

  lastTurn(conversation: string): Turn | undefined {
    return this.conversations.get(conversation)?.turns.at(-1);
  }

  /** Whether a turn is in the shown branch. */
  isShown(turn: string): boolean {
    const { conversation } = this.conversations.turn(turn)?.request ?? {};
    if (conversation === undefined) return false;
    return this.conversations.get(conversation)?.turns.some(({ request }) => request.id === turn) ?? false;
  }

  private willBeShown({ conversation, parent, isByHand }: Outgoing): boolean {
    return isByHand || parent === this.lastTurn(conversation)?.request.id;
  }
}
