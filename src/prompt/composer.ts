// The host half of the composer: takes a typed prompt to its place in the conversation. Whatever does not get sent comes
// back to the draft.
import { randomUUID } from 'node:crypto';
import { Disposable } from 'vscode';
import type { Change, Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import { earlierMessages } from '../conversation/followUp';
import { isBlank } from '../core/model/blank';
import type { Turn } from '../core/model/reply';
import { type Message, type Request, frozen, textBlock } from '../core/model/request';
import { type QueuedPrompt, type TypedPrompt, emptyDraft, withPromptBack } from '../history/draft';
import type { ReportError } from '../ui/errors';
import { modelForResending, modelOfConversation } from './conversationModel';
import type { PromptInput } from './requestBuilder';
import type { SendOverrides, Sender } from './sender';
import { appendSelection } from './variables';

export interface ComposerDeps {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly sender: Pick<Sender, 'send' | 'resend'>;
  /** Reports why a queued prompt could not be sent. */
  readonly report: ReportError;
  /** The user's name for sending a queued prompt. */
  readonly queueName: () => string;
}

/** A change of what the page's composer shows that the page does not make itself. */
export interface ComposerListener {
  /** A prompt was not sent: its text goes back into the composer. */
  onPromptBack(conversation: string, text: string): void;
}

export interface ResendOptions extends SendOverrides {
  /** The model to ask; by default, the conversation's. */
  readonly model?: string;
}

export class Composer implements Disposable {
  /** IDs of the turns whose prompts are about to be sent again. */
  private readonly resending = new Set<string>();
  private readonly listeners = new Set<ComposerListener>();
  private readonly subscription: Disposable;

  constructor(private readonly deps: ComposerDeps) {
    this.subscription = deps.conversations.onDidChange((change) => this.follow(change));
  }

  listen(listener: ComposerListener): Disposable {
    this.listeners.add(listener);
    return new Disposable(() => void this.listeners.delete(listener));
  }

  /**
   * Sends what is typed in a conversation. While the reply that it would follow is running, it is queued.
   * @throws SettingInvalid
   */
  async submit(conversation: string, text: string): Promise<void> {
    const { drafts } = this.deps;
    const { attachments, editing, outgoing } = drafts.get(conversation);
    const prompt: TypedPrompt = { text, attachments, ...(editing && { editing }) };
    if (isBlank(text) && attachments.length === 0) return;
    const last = this.lastTurn(conversation);
    const isBusy = outgoing !== undefined || (last !== undefined && !last.reply.outcome);
    if (isBusy && !editing) {
      this.enqueue(conversation, prompt, last?.request.id ?? '');
      return;
    }
    const { editing: ended, ...rest } = drafts.get(conversation);
    drafts.set(conversation, { ...rest, text: editing?.before ?? '', attachments: [], outgoing: prompt });
    const parent = editing ? this.deps.conversations.turn(editing.turn)?.request.parent : last?.request.id;
    const sent = await this.send(conversation, prompt, parent);
    // What was queued while questions about this prompt were open.
    if (sent && !editing) this.moveQueue(conversation, last?.request.id ?? '');
  }

  /** Takes a prompt out of the queue. Returns it; undefined if it has been sent meanwhile. */
  unqueue(conversation: string, id: string): QueuedPrompt | undefined {
    const { queue } = this.deps.drafts.get(conversation);
    const prompt = queue.find((queued) => queued.id === id);
    if (prompt) this.deps.drafts.update(conversation, { queue: queue.filter((queued) => queued !== prompt) });
    return prompt;
  }

  /** Puts a queued prompt back into the composer. */
  editQueued(conversation: string, id: string): void {
    const prompt = this.unqueue(conversation, id);
    if (prompt) this.putBack(conversation, prompt);
  }

  /** Sends the first queued prompt of a conversation, if the reply before it has ended. @throws SettingInvalid */
  async sendQueued(conversation: string): Promise<void> {
    const { drafts, conversations } = this.deps;
    const { queue, outgoing } = drafts.get(conversation);
    const [next, ...rest] = queue;
    if (!next || outgoing) return;
    const parent = conversations.turn(next.after) ?? this.lastTurn(conversation);
    if (parent && !parent.reply.outcome) return;
    drafts.update(conversation, { queue: rest, outgoing: next });
    const sent = await this.send(conversation, next, parent?.request.id, () =>
      drafts.update(conversation, { queue: [next, ...drafts.get(conversation).queue] }),
    );
    if (sent) this.moveQueue(conversation, next.after);
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
    const { conversation, parent, surface, messages, sources, withoutLogBodies } = turn.request;
    const chosen = model ?? modelForResending(turn, conversations, drafts);
    await sender.resend(
      {
        conversation,
        surface,
        sources,
        messages: [...earlierMessages(conversations.before(turn.request.id)), ...messages.slice(-1)],
        ...(parent !== undefined && { parent }),
        ...(chosen !== undefined && { model: chosen }),
        ...(withoutLogBodies && { withoutLogBodies }),
      },
      overrides,
    );
  }

  /**
   * Begins a conversation with the last `count` shown turns of another, and moves the draft there. Returns its ID.
   * Nothing is sent.
   */
  takeLastTurns(conversation: string, count: number): string {
    const { conversations, drafts } = this.deps;
    const id = randomUUID();
    const { text, attachments, model } = drafts.get(conversation);
    // First, since the new conversation is shown with its first turn.
    drafts.set(id, { ...emptyDraft, text, attachments, ...(model !== undefined && { model }) });
    drafts.update(conversation, { text: '', attachments: [] });
    const turns = conversations.get(conversation)?.turns ?? [];
    let parent: string | undefined;
    for (const { request, reply } of turns.slice(turns.length - count)) {
      const { parent: before, ...rest } = request;
      const copy: Request = {
        ...rest,
        ...{ id: randomUUID(), conversation: id, copied: true },
        messages: request.messages.slice(-1),
        ...(parent !== undefined && { parent }),
      };
      parent = copy.id;
      conversations.addEnded({ request: frozen(copy), reply });
    }
    return id;
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

  private enqueue(conversation: string, { text, attachments }: TypedPrompt, after: string): void {
    const { drafts } = this.deps;
    const { queue } = drafts.get(conversation);
    const queued = { id: randomUUID(), text, attachments, after: queue.at(-1)?.after ?? after };
    drafts.update(conversation, { text: '', attachments: [], queue: [...queue, queued] });
  }

  /** Sends a prompt that the draft holds as outgoing. Returns whether it was sent; if not, calls `putBack`. */
  private async send(
    conversation: string,
    prompt: TypedPrompt | QueuedPrompt,
    parent: string | undefined,
    putBack = () => this.putBack(conversation, prompt),
  ): Promise<boolean> {
    const { drafts, sender } = this.deps;
    const { model: chosen } = drafts.get(conversation);
    let sent = false;
    try {
      sent = await sender.send(this.inputOf(conversation, prompt, parent));
      return sent;
    } finally {
      const { outgoing, model, ...draft } = drafts.get(conversation);
      // The model that was chosen for this prompt is now the conversation's; one that was chosen since is for the next.
      const isUsed = sent && model === chosen;
      drafts.set(conversation, { ...draft, ...(!isUsed && model !== undefined && { model }) });
      if (!sent) putBack();
    }
  }

  private inputOf(conversation: string, prompt: TypedPrompt, parent: string | undefined): PromptInput {
    const { conversations } = this.deps;
    const { attachments, editing } = prompt;
    const edited = editing && conversations.turn(editing.turn)?.request;
    const followed = parent === undefined ? undefined : conversations.turn(parent);
    const before = followed ? [...conversations.before(followed.request.id), followed] : [];
    const model = this.modelOf(conversation);
    const own: Message = { role: 'user', content: [textBlock(promptText(prompt))] };
    return {
      conversation,
      ...(followed && { parent: followed.request.id }),
      surface: followed ? 'followUp' : attachments.length > 0 ? 'about' : 'ask',
      messages: [...earlierMessages(before), own],
      sources: [...(edited?.sources ?? []), ...attachments.flatMap(({ sources }) => sources)],
      ...(model !== undefined && { model }),
      // The earlier prompts are sent again, and with them what was not to be logged.
      ...([edited, ...before.map(({ request }) => request)].some((request) => request?.withoutLogBodies) && {
        withoutLogBodies: true as const,
      }),
    };
  }

  private putBack(conversation: string, prompt: TypedPrompt): void {
    const { drafts } = this.deps;
    drafts.set(conversation, withPromptBack(drafts.get(conversation), prompt));
    for (const listener of this.listeners) listener.onPromptBack(conversation, prompt.text);
  }

  /** The prompts behind the one that was just sent wait for its reply. */
  private moveQueue(conversation: string, before: string): void {
    const { conversations, drafts } = this.deps;
    const sent = conversations.allTurns(conversation).at(-1);
    if (!sent) return;
    const queue = drafts
      .get(conversation)
      .queue.map((queued) => (queued.after === before ? { ...queued, after: sent.request.id } : queued));
    drafts.update(conversation, { queue });
  }

  private follow({ conversation, turn, event }: Change): void {
    if (event?.type !== 'ended' || event.outcome.kind !== 'done') return;
    const [next] = this.deps.drafts.get(conversation).queue;
    if (next?.after !== turn.request.id) return;
    this.sendQueued(conversation).catch((error: unknown) => this.deps.report(this.deps.queueName(), error));
  }
}

function promptText({ text, attachments }: TypedPrompt): string {
  return attachments.reduce((prompt, attached) => appendSelection(prompt, attached.text).trimStart(), text);
}
