// Owns running replies. Views only observe: closing one never cancels a reply.
import { Disposable, EventEmitter } from 'vscode';
import type { Engine } from '../engine/engine.chunk';
import type { Log } from '../core/model/ports';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import { type ReplyEvent, type Turn, reduceReply, newReply } from '../core/model/reply';
import { type Request, textOf } from '../core/model/request';
import { sentLine } from '../ui/logLines';

export interface Conversation {
  readonly id: string;
  readonly turns: readonly Turn[];
}

export interface Change {
  readonly conversation: string;
  readonly turn: Turn;
  /** Absent when the turn is new. */
  readonly event?: ReplyEvent;
}

/** How much Conversations keeps. */
export interface KeptLimits {
  readonly conversations: number;
  /** Characters of the prompts and replies of all conversations together. */
  readonly characters: number;
}

const defaultLimits: KeptLimits = { conversations: 200, characters: 32 * 1024 * 1024 };

/**
 * The latest conversations of this window. When there are too many, the oldest are dropped, except those that a view
 * shows and those with a running reply.
 */
export class Conversations implements Disposable {
  /** Conversation ID → the IDs of its requests; the oldest conversation first. */
  private readonly requestIds = new Map<string, readonly string[]>();
  /** Request ID → its turn. */
  private readonly turns = new Map<string, Turn>();
  private readonly viewers = new Set<() => string | undefined>();
  private readonly running = new Map<string, AbortController>();
  private readonly sending = new Set<Promise<void>>();
  private readonly changed = new EventEmitter<Change>();
  /** Fires for each new turn and for each event of its reply, in order. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly loadAsk: () => Promise<Pick<Engine, 'ask' | 'endedLine'>>,
    private readonly log: Pick<Log, 'info'>,
    private readonly limits = defaultLimits,
  ) {}

  /** The IDs of the conversations that are kept, oldest first. */
  get ids(): readonly string[] {
    return [...this.requestIds.keys()];
  }

  get(id: string): Conversation | undefined {
    const requests = this.requestIds.get(id);
    return requests && { id, turns: requests.flatMap((request) => this.turns.get(request) ?? []) };
  }

  /** The turn of a request. */
  turn(request: string): Turn | undefined {
    return this.turns.get(request);
  }

  /** The ID of the latest request whose reply is still running; undefined if none is. */
  get latestRunning(): string | undefined {
    return [...this.running.keys()].at(-1);
  }

  /** Registers a view: the conversation whose ID `shown` returns is not dropped. */
  keepShown(shownId: () => string | undefined): Disposable {
    this.viewers.add(shownId);
    return new Disposable(() => void this.viewers.delete(shownId));
  }

  /** Whether the reply to `request`, or without it any reply, is still running. */
  isRunning(request?: string): boolean {
    return request === undefined ? this.running.size > 0 : this.running.has(request);
  }

  /** Sends `request`. Resolves when its reply has ended or was stopped; views have no influence on that. */
  send(request: Request): Promise<void> {
    const sending = this.sendNow(request).finally(() => this.sending.delete(sending));
    this.sending.add(sending);
    return sending;
  }

  /** Stops all replies. Resolves when each has ended. */
  async close(): Promise<void> {
    for (const controller of this.running.values()) controller.abort();
    await Promise.allSettled(this.sending);
  }

  private async sendNow(request: Request): Promise<void> {
    const controller = new AbortController();
    this.running.set(request.id, controller);
    this.put({ request, reply: newReply(Date.now()) });
    this.logInfo(sentLine(request));
    try {
      const { ask, endedLine } = await this.loadAsk();
      for await (const event of ask(request, controller.signal)) {
        const turn = this.apply(request, event);
        if (turn && event.type === 'ended') this.logInfo(endedLine(turn, event.outcome));
      }
    } catch (error) {
      // ask() does not throw, but its chunk may fail to load.
      const failure = partNotLoaded(error);
      this.logInfo(`${request.id}: failed: ${failure.kind}`);
      this.apply(request, { type: 'ended', outcome: { kind: 'failed', failure } });
    }
  }

  /** Aborts the HTTP request that feeds a reply; its text is kept. */
  stop(request: string): void {
    this.running.get(request)?.abort();
  }

  dispose(): void {
    void this.close();
    this.changed.dispose();
  }

  /** The turn after `event`; undefined if the turn has been dropped. */
  private apply(request: Request, event: ReplyEvent): Turn | undefined {
    const before = this.turns.get(request.id);
    if (!before) return undefined;
    const turn = { request, reply: reduceReply(before.reply, event, Date.now()) };
    if (event.type === 'ended') this.running.delete(request.id);
    this.put(turn, event);
    return turn;
  }

  /** Replies that end because the window closes may outlive the log. */
  private logInfo(line: string): void {
    try {
      this.log.info(line);
    } catch {
      // The log is closed.
    }
  }

  private put(turn: Turn, event?: ReplyEvent): void {
    const { conversation, id } = turn.request;
    if (!this.turns.has(id))
      this.requestIds.set(conversation, [...(this.requestIds.get(conversation) ?? []), id]);
    this.turns.set(id, turn);
    if (!event) this.dropOldest(conversation);
    this.changed.fire({ conversation, turn, ...(event && { event }) });
  }

  /** Drops old conversations until the limits hold; keeps `latest`. */
  private dropOldest(latest: string): void {
    const sizes = new Map([...this.requestIds].map(([id, requests]) => [id, this.sizeOf(requests)]));
    let characters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const shown = new Set([...this.viewers].map((viewer) => viewer()));
    for (const [id, requests] of [...this.requestIds]) {
      if (this.requestIds.size <= this.limits.conversations && characters <= this.limits.characters) return;
      if (id === latest || shown.has(id) || requests.some((request) => this.running.has(request))) continue;
      characters -= sizes.get(id) ?? 0;
      this.requestIds.delete(id);
      for (const request of requests) this.turns.delete(request);
    }
  }

  private sizeOf(requests: readonly string[]): number {
    return requests.reduce((sum, id) => {
      const turn = this.turns.get(id);
      if (!turn) return sum;
      const { request, reply } = turn;
      const prompts = request.messages.reduce((length, message) => length + textOf(message).length, 0);
      return sum + prompts + reply.text.length + reply.reasoning.length;
    }, 0);
  }
}
