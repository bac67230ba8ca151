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
import type { OpenQuestions } from './openQuestions';
import { lacksQuestion, sentPrompt } from './promptContent';
import { type Outgoing, PromptQueue } from './promptQueue';
import type { SendOverrides, Sender } from './sender';
import { WaitingPrompts } from './waitingPrompts';

export interface ComposerDeps {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly pending: Pick<PendingAttachments, 'of' | 'handOver'>;
  readonly sender: Pick<Sender, 'send' | 'resend'>;
  readonly questions: Pick<OpenQuestions, 'askerFor'>;
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

/** Where a prompt goes. */
interface Destination extends Pick<Outgoing, 'parent' | 'isByHand'> {
  /** undefined if the settings decide. */
  readonly model: string | undefined;
}

export class Composer implements Disposable {
  readonly queue: PromptQueue;
  /** IDs of the turns whose prompts are about to be sent again. */
  private readonly resending = new Set<string>();
  private readonly waiting: WaitingPrompts;
  private readonly listeners = new Set<ComposerListener>();
  private readonly subscription: Disposable;

  constructor(private readonly deps: ComposerDeps) {
    this.queue = new PromptQueue(deps.conversations, deps.drafts);
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
    const ahead = editing ? undefined : this.queue.ahead(conversation);
    if (ahead !== undefined) {
      this.endOutgoing(conversation, prompt, true);
      this.queue.put(conversation, { text, attachments }, ahead);
      return;
    }
    const parent = editing
      ? this.deps.conversations.turn(editing.turn)?.request.parent
      : this.queue.lastTurn(conversation)?.request.id;
    await this.send(conversation, prompt, { parent, isByHand: true, model: this.modelOf(conversation) });
  }

  /** Puts a queued prompt back into the composer. */
  editQueued(conversation: string, id: string): void {
    const prompt = this.queue.take(conversation, id);
    if (prompt) this.putBack(conversation, prompt);
  }

  /**
   * Sends a queued prompt that waits for the user; while another is running, that one's reply comes first.
   * @throws SettingInvalid
   */
  async sendQueued(conversation: string, id: string): Promise<void> {
    const prompt = this.queue.of(conversation).find((queued) => queued.id === id);
    if (!prompt || !this.queue.isHeld(prompt)) return;
    const ahead = this.queue.ahead(conversation);
    if (ahead === undefined) {
      const parent = this.queue.lastTurn(conversation)?.request.id;
      await this.send(conversation, prompt, { parent, isByHand: true, model: this.modelOf(conversation) });
      return;
    }
    this.queue.drop(conversation, id);
    this.queue.put(conversation, prompt, ahead);
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
    const { conversations, drafts, sender, questions } = this.deps;
    const { conversation } = turn.request;
    const input = resentInput(turn.request, {
      before: conversations.before(turn.request.id),
      model: model ?? modelForResending(turn, conversations, drafts),
    });
    const id = randomUUID();
    const isStillWanted = () => conversations.turn(turn.request.id) !== undefined;
    const ask = questions.askerFor(conversation, sentPrompt(turn.request), isStillWanted);
    await sender.resend({ ...input, id }, { ...overrides, isStillWanted, ask });
    this.show(id);
  }

  /** The model for the next prompt of a conversation; undefined if the settings decide. */
  modelOf(conversation: string): string | undefined {
    return modelOfConversation(conversation, this.deps.conversations, this.deps.drafts);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** The turns up to this one, the first prompt first; empty if there is no such turn. */
  private branchTo(id: string | undefined): readonly Turn[] {
    const turn = id === undefined ? undefined : this.deps.conversations.turn(id);
    return turn ? [...this.deps.conversations.before(turn.request.id), turn] : [];
  }

  /** Puts the prompt back, with the edit that it may be: the page takes it for sent. */
  private askForQuestion(conversation: string, prompt: TypedPrompt): void {
    this.endOutgoing(conversation, prompt, false);
    void showInformationMessage(
      l10n.t('Bedrock takes a document only with a question about it. Type one, and send the prompt again.'),
    );
  }

  /** Sends a queued prompt whose turn has come. The ones that waited with it are next. */
  private async sendNext(conversation: string, prompt: QueuedPrompt): Promise<void> {
    const request = randomUUID();
    const parent = prompt.after;
    // Its branch may not be the shown one, which may have another model.
    const model = prompt.model ?? modelOfBranch(this.branchTo(parent));
    const sending = this.send(conversation, prompt, { parent, isByHand: false, model }, request);
    this.queue.lineUpBehind(conversation, prompt, request);
    await sending;
  }

  /** Sends a prompt that the draft holds as outgoing or in its queue. If it is not sent, it is back there. */
  private async send(
    conversation: string,
    prompt: TypedPrompt | QueuedPrompt,
    { parent, isByHand, model: asked }: Destination,
    request: string = randomUUID(),
  ): Promise<void> {
    const { conversations, drafts, sender, questions } = this.deps;
    const { editing }: TypedPrompt = prompt;
    const queued = 'id' in prompt ? prompt.id : undefined;
    const isStillWanted = () => this.isHeldByDraft(conversation, prompt);
    let isSent = false;
    this.queue.beginSending(request, {
      conversation,
      parent,
      isByHand,
      ...(queued !== undefined && { queued }),
    });
    try {
      const input = typedInput(prompt, {
        conversation,
        before: this.branchTo(parent),
        model: asked,
        edited: editing && conversations.turn(editing.turn)?.request,
      });
      isSent = await sender.send(
        { ...input, id: request },
        {
          isStillWanted,
          ask: questions.askerFor(conversation, prompt, isStillWanted),
        },
      );
      if (isSent && isByHand) this.show(request);
    } finally {
      this.queue.endSending(request);
      if (this.isHeldByDraft(conversation, prompt)) {
        const { model, ...draft } = drafts.get(conversation);
        // The model that was chosen for this prompt is now its branch's; one that was chosen since is for the next.
        const isUsed = isSent && model === asked && this.queue.isShown(request);
        drafts.set(conversation, { ...draft, ...(!isUsed && model !== undefined && { model }) });
        if (queued === undefined) this.endOutgoing(conversation, prompt, isSent);
        else if (isSent) this.queue.drop(conversation, queued);
      }
    }
  }

  /** false if the conversation has been deleted, while questions were open. */
  private isHeldByDraft(conversation: string, prompt: TypedPrompt | QueuedPrompt): boolean {
    const { outgoing = [], queue } = this.deps.drafts.get(conversation);
    return 'id' in prompt ? queue.some(({ id }) => id === prompt.id) : outgoing.includes(prompt);
  }

  /** Shows the branch of a prompt that the user has sent: while questions were open, another may have come into sight. */
  private show(request: string): void {
    if (this.deps.conversations.turn(request) && !this.queue.isShown(request))
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
    const next = this.queue.of(conversation).find(({ after }) => after === turn.request.id);
    if (!next) return;
    this.sendNext(conversation, next).catch((error: unknown) =>
      this.deps.report(this.deps.queueName(), error),
    );
  }
}
