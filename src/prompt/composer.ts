// The host half of the composer: takes a typed prompt to its place in the conversation. Whatever does not get sent comes
// back to the draft.
import { randomUUID } from 'node:crypto';
import { Disposable, l10n } from 'vscode';
import type { Change, Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import { isBlank } from '../core/model/blank';
import type { Turn } from '../core/model/reply';
import { type QueuedPrompt, type TypedPrompt, withPromptBack, withPromptOut } from '../history/draft';
import type { ReportError } from '../ui/errors';
import { showInformationMessage } from '../ui/messages';
import { OutgoingTarget } from './attachTarget';
import { modelForResending, modelOfBranch, modelOfConversation } from './conversationModel';
import { resentInput, typedInput } from './composerInput';
import type { PendingAttachments } from './pendingAttachments';
import { lacksQuestion } from './promptContent';
import type { SendOverrides, Sender } from './sender';
import { WaitingPrompts } from './waitingPrompts';

export interface ComposerDeps {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly pending: Pick<PendingAttachments, 'of' | 'handOver'>;
  readonly sender: Pick<Sender, 'send' | 'resend'>;
  /** Reports why a queued prompt could not be sent. */
  readonly report: ReportError;
  /** The user's name for sending a queued prompt. */
  readonly queueName: () => string;
}

/** A change of what the page's composer shows that the page does not make itself. */
export interface ComposerListener {
  /** A prompt was not sent: its text goes back into the composer. */
  onPromptBack(conversation: string, prompt: TypedPrompt): void;
}

export interface ResendOptions extends SendOverrides {
  /** The model to ask; by default, the conversation's. */
  readonly model?: string;
}

/** A prompt that is about to be sent: the user may have to answer questions first. */
interface Outgoing {
  readonly conversation: string;
  /** The turn that it will follow. */
  readonly parent: string | undefined;
  /** The user has just sent it, so its branch is shown then. One that goes by itself leaves the shown branch as it is. */
  readonly isByHand: boolean;
  /** The ID of the queued prompt, if it is one. It stays in the queue until it is sent. */
  readonly queued?: string;
}

/** Where a prompt goes. */
interface Destination extends Pick<Outgoing, 'parent' | 'isByHand'> {
  /** undefined if the settings decide. */
  readonly model: string | undefined;
}

export class Composer implements Disposable {
  /** By the ID that the request will have, so that other prompts can be queued behind it. */
  private readonly outgoing = new Map<string, Outgoing>();
  /** IDs of the turns whose prompts are about to be sent again. */
  private readonly resending = new Set<string>();
  private readonly waiting: WaitingPrompts;
  private readonly listeners = new Set<ComposerListener>();
  private readonly subscription: Disposable;

  constructor(private readonly deps: ComposerDeps) {
    this.waiting = new WaitingPrompts(deps.pending);
    this.subscription = deps.conversations.onDidChange((change) => this.follow(change));
  }

  listen(listener: ComposerListener): Disposable {
    this.listeners.add(listener);
    return new Disposable(() => void this.listeners.delete(listener));
  }

  /**
   * Sends what is typed in a conversation, once all of it is attached. While the reply that it would follow is running, it
   * is queued.
   * @throws SettingInvalid
   */
  async submit(conversation: string, text: string): Promise<void> {
    const { drafts, pending } = this.deps;
    const before = drafts.get(conversation);
    const attaching = pending.of(conversation);
    if (isBlank(text) && before.attachments.length === 0 && attaching.length === 0) return;
    const { draft, prompt } = withPromptOut(before, text);
    drafts.set(conversation, draft);
    if (attaching.length === 0 && !this.waiting.has(conversation)) {
      await this.submitOutgoing(conversation, prompt);
      return;
    }
    const target = new OutgoingTarget(drafts, conversation, prompt);
    const areAttached = await this.waiting.wait(target, attaching);
    // The conversation may be deleted.
    if (!target.attachments) return;
    // The user has been told why something is not attached, and decides whether the prompt goes without it.
    if (areAttached) await this.submitOutgoing(conversation, target.prompt);
    else this.endOutgoing(conversation, target.prompt, false);
  }

  /** Sends or queues a prompt that the draft holds as outgoing. */
  private async submitOutgoing(conversation: string, prompt: TypedPrompt): Promise<void> {
    const { text, attachments, editing } = prompt;
    if (lacksQuestion(prompt)) {
      this.askForQuestion(conversation, prompt);
      return;
    }
    const ahead = editing ? undefined : this.ahead(conversation);
    if (ahead !== undefined) {
      this.endOutgoing(conversation, prompt, true);
      this.putInQueue(conversation, { id: randomUUID(), text, attachments }, ahead);
      return;
    }
    const parent = editing
      ? this.deps.conversations.turn(editing.turn)?.request.parent
      : this.lastTurn(conversation)?.request.id;
    await this.send(conversation, prompt, { parent, isByHand: true, model: this.modelOf(conversation) });
  }

  /** The queued prompts of a conversation, without those that are about to be sent. */
  queueOf(conversation: string): readonly QueuedPrompt[] {
    const going = new Set([...this.outgoing.values()].map(({ queued }) => queued));
    return this.deps.drafts.get(conversation).queue.filter(({ id }) => !going.has(id));
  }

  /**
   * Whether a queued prompt waits for the user. Only one behind a prompt that is running, or about to be sent, goes on by
   * itself: once that has not ended normally, or another session has left it, nothing is sent that nobody asked for.
   */
  isHeld({ after }: QueuedPrompt): boolean {
    const awaited = this.deps.conversations.turn(after);
    const isRunning = awaited !== undefined && !awaited.reply.outcome;
    return !isRunning && !this.outgoing.has(after);
  }

  /** Whether a queued prompt waits for a reply in the shown branch, and so is sent there. */
  goesToShownBranch({ after }: QueuedPrompt): boolean {
    const outgoing = this.outgoing.get(after);
    return outgoing ? this.willBeShown(outgoing) : this.isShown(after);
  }

  /** Whether a prompt that is sent now has to wait for another. */
  isBusy(conversation: string): boolean {
    return this.ahead(conversation) !== undefined;
  }

  /** Takes a prompt out of the queue. Returns it; undefined if it has been sent meanwhile, or is about to be. */
  unqueue(conversation: string, id: string): QueuedPrompt | undefined {
    const prompt = this.queueOf(conversation).find((queued) => queued.id === id);
    if (prompt) this.dropQueued(conversation, id);
    return prompt;
  }

  /** Puts a queued prompt back into the composer. */
  editQueued(conversation: string, id: string): void {
    const prompt = this.unqueue(conversation, id);
    if (prompt) this.putBack(conversation, prompt);
  }

  /**
   * Sends a queued prompt that waits for the user; while another is running, that one's reply comes first.
   * @throws SettingInvalid
   */
  async sendQueued(conversation: string, id: string): Promise<void> {
    const prompt = this.queueOf(conversation).find((queued) => queued.id === id);
    if (!prompt || !this.isHeld(prompt)) return;
    const ahead = this.ahead(conversation);
    if (ahead === undefined) {
      const parent = this.lastTurn(conversation)?.request.id;
      await this.send(conversation, prompt, { parent, isByHand: true, model: this.modelOf(conversation) });
      return;
    }
    this.dropQueued(conversation, id);
    this.putInQueue(conversation, prompt, ahead);
  }

  /** Sends the prompt of a turn again, as another version of it. @throws SettingInvalid */
  async resend(turn: Turn, options: ResendOptions = {}): Promise<void> {
    const { id } = turn.request;
    // A second click would send, and charge, a second prompt.
    if (this.resending.has(id)) return;
    this.resending.add(id);
    try {
      await this.resendNow(turn, options);
    } finally {
      this.resending.delete(id);
    }
  }

  private async resendNow(turn: Turn, { model, ...overrides }: ResendOptions): Promise<void> {
    const { conversations, drafts, sender } = this.deps;
    const input = resentInput(turn.request, {
      before: conversations.before(turn.request.id),
      model: model ?? modelForResending(turn, conversations, drafts),
    });
    const id = randomUUID();
    await sender.resend({ ...input, id }, overrides);
    this.show(id);
  }

  /** The model for the next prompt of a conversation; undefined if the settings decide. */
  modelOf(conversation: string): string | undefined {
    return modelOfConversation(conversation, this.deps.conversations, this.deps.drafts);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private lastTurn(conversation: string): Turn | undefined {
    return this.deps.conversations.get(conversation)?.turns.at(-1);
  }

  /** The turns up to this one, the first prompt first; empty if there is no such turn. */
  private branchTo(id: string | undefined): readonly Turn[] {
    const turn = id === undefined ? undefined : this.deps.conversations.turn(id);
    return turn ? [...this.deps.conversations.before(turn.request.id), turn] : [];
  }

  /** Whether a turn is in the shown branch. */
  private isShown(turn: string): boolean {
    const { conversation } = this.deps.conversations.turn(turn)?.request ?? {};
    if (conversation === undefined) return false;
    return (
      this.deps.conversations.get(conversation)?.turns.some(({ request }) => request.id === turn) ?? false
    );
  }

  private willBeShown({ conversation, parent, isByHand }: Outgoing): boolean {
    return isByHand || parent === this.lastTurn(conversation)?.request.id;
  }

  /**
   * The ID of the request whose reply, in the shown branch, comes before a prompt that is sent now; undefined if none has
   * to be waited for.
   */
  private ahead(conversation: string): string | undefined {
    const going = [...this.outgoing].findLast(
      ([, outgoing]) => outgoing.conversation === conversation && this.willBeShown(outgoing),
    );
    if (going) return going[0];
    const last = this.lastTurn(conversation);
    return last && !last.reply.outcome ? last.request.id : undefined;
  }

  /** Puts the prompt back, with the edit that it may be: the page takes it for sent. */
  private askForQuestion(conversation: string, prompt: TypedPrompt): void {
    this.endOutgoing(conversation, prompt, false);
    void showInformationMessage(
      l10n.t('Bedrock takes a document only with a question about it. Type one, and send the prompt again.'),
    );
  }

  /** Puts a prompt at the end of the queue, with the model that is chosen now. */
  private putInQueue(
    conversation: string,
    { id, text, attachments }: Omit<QueuedPrompt, 'after' | 'model'>,
    after: string,
  ): void {
    const { drafts } = this.deps;
    const { queue, model } = drafts.get(conversation);
    const queued = { ...{ id, text, attachments, after }, ...(model !== undefined && { model }) };
    drafts.update(conversation, { queue: [...queue, queued] });
  }

  private dropQueued(conversation: string, id: string): void {
    const { queue } = this.deps.drafts.get(conversation);
    this.deps.drafts.update(conversation, { queue: queue.filter((queued) => queued.id !== id) });
  }

  /** Sends a queued prompt whose turn has come. The ones that waited with it are next. */
  private async sendNext(conversation: string, prompt: QueuedPrompt): Promise<void> {
    const { drafts } = this.deps;
    const request = randomUUID();
    const parent = prompt.after;
    // Its branch may not be the shown one, which may have another model.
    const model = prompt.model ?? modelOfBranch(this.branchTo(parent));
    const sending = this.send(conversation, prompt, { parent, isByHand: false, model }, request);
    const queue = drafts
      .get(conversation)
      .queue.map((queued) =>
        queued.after === prompt.after && queued.id !== prompt.id ? { ...queued, after: request } : queued,
      );
    drafts.update(conversation, { queue });
    await sending;
  }

  /** Sends a prompt that the draft holds as outgoing or in its queue. If it is not sent, it is back there. */
  private async send(
    conversation: string,
    prompt: TypedPrompt | QueuedPrompt,
    { parent, isByHand, model: asked }: Destination,
    request: string = randomUUID(),
  ): Promise<void> {
    const { conversations, drafts, sender } = this.deps;
    const { editing }: TypedPrompt = prompt;
    const queued = 'id' in prompt ? prompt.id : undefined;
    let isSent = false;
    this.outgoing.set(request, { conversation, parent, isByHand, ...(queued !== undefined && { queued }) });
    try {
      const input = typedInput(prompt, {
        conversation,
        before: this.branchTo(parent),
        model: asked,
        edited: editing && conversations.turn(editing.turn)?.request,
      });
      isSent = await sender.send({ ...input, id: request });
      if (isSent && isByHand) this.show(request);
    } finally {
      this.outgoing.delete(request);
      const { model, ...draft } = drafts.get(conversation);
      // The model that was chosen for this prompt is now its branch's; one that was chosen since is for the next.
      const isUsed = isSent && model === asked && this.isShown(request);
      drafts.set(conversation, { ...draft, ...(!isUsed && model !== undefined && { model }) });
      if (queued === undefined) this.endOutgoing(conversation, prompt, isSent);
      else if (isSent) this.dropQueued(conversation, queued);
    }
  }

  /** Shows the branch of a prompt that the user has sent: while questions were open, another may have come into sight. */
  private show(request: string): void {
    if (this.deps.conversations.turn(request) && !this.isShown(request))
      this.deps.conversations.showVersion(request);
  }

  private endOutgoing(conversation: string, prompt: TypedPrompt, isSent: boolean): void {
    const { drafts } = this.deps;
    const { outgoing = [], ...draft } = drafts.get(conversation);
    const others = outgoing.filter((each) => each !== prompt);
    drafts.set(conversation, { ...draft, ...(others.length > 0 && { outgoing: others }) });
    if (!isSent) this.putBack(conversation, prompt);
  }

  private putBack(conversation: string, prompt: TypedPrompt): void {
    const { drafts } = this.deps;
    drafts.set(conversation, withPromptBack(drafts.get(conversation), prompt));
    for (const listener of this.listeners) listener.onPromptBack(conversation, prompt);
  }

  private follow({ conversation, turn, event }: Change): void {
    if (event?.type !== 'ended' || event.outcome.kind !== 'done') return;
    const next = this.queueOf(conversation).find(({ after }) => after === turn.request.id);
    if (!next) return;
    this.sendNext(conversation, next).catch((error: unknown) =>
      this.deps.report(this.deps.queueName(), error),
    );
  }
}
