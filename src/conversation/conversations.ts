// Owns running replies. Views only observe: closing one never cancels a reply.
import { type Disposable, EventEmitter } from 'vscode';
import type { Engine } from '../engine/engine.chunk';
import type { Log } from '../core/model/ports';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import { type ReplyEvent, type Turn, reduceReply, newReply } from '../core/model/reply';
import type { Request } from '../core/model/request';
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

export class Conversations implements Disposable {
  private readonly known = new Map<string, Conversation>();
  private readonly running = new Map<string, AbortController>();
  private readonly sending = new Set<Promise<void>>();
  private readonly changed = new EventEmitter<Change>();
  /** Fires for each new turn and for each event of its reply, in order. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly loadAsk: () => Promise<Pick<Engine, 'ask' | 'endedLine'>>,
    private readonly log: Pick<Log, 'info'>,
  ) {}

  /** All conversations of this window, oldest first. */
  get all(): readonly Conversation[] {
    return [...this.known.values()];
  }

  get(id: string): Conversation | undefined {
    return this.known.get(id);
  }

  /** Whether a reply to `request`, or any reply at all, is still on its way. */
  isRunning(request?: string): boolean {
    return request === undefined ? this.running.size > 0 : this.running.has(request);
  }

  /** Sends `request`; its reply runs until it ends or is stopped, whoever looks. Resolves when it has ended. */
  send(request: Request): Promise<void> {
    const sending = this.sendNow(request).finally(() => this.sending.delete(sending));
    this.sending.add(sending);
    return sending;
  }

  /** Stops all replies. Resolves when each has ended. */
  async close(): Promise<void> {
    for (const stopping of this.running.values()) stopping.abort();
    await Promise.allSettled(this.sending);
  }

  private async sendNow(request: Request): Promise<void> {
    const stopping = new AbortController();
    this.running.set(request.id, stopping);
    this.put({ request, reply: newReply(Date.now()) });
    this.say(sentLine(request));
    try {
      const { ask, endedLine } = await this.loadAsk();
      for await (const event of ask(request, stopping.signal)) {
        const turn = this.apply(request, event);
        if (turn && event.type === 'ended') this.say(endedLine(turn, event.outcome));
      }
    } catch (error) {
      // ask() does not throw, but the chunk that holds it may fail to load.
      const failure = partNotLoaded(error);
      this.say(`${request.id}: failed: ${failure.kind}`);
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

  /** The turn after `event`; undefined when there is no such turn any more. */
  private apply(request: Request, event: ReplyEvent): Turn | undefined {
    const before = this.known.get(request.conversation)?.turns.find((turn) => turn.request.id === request.id);
    if (!before) return undefined;
    const turn = { request, reply: reduceReply(before.reply, event, Date.now()) };
    if (event.type === 'ended') this.running.delete(request.id);
    this.put(turn, event);
    return turn;
  }

  /** Replies that the window's closing stops outlive its log. */
  private say(line: string): void {
    try {
      this.log.info(line);
    } catch {
      // Nobody reads it any more.
    }
  }

  private put(turn: Turn, event?: ReplyEvent): void {
    const { conversation, id } = turn.request;
    const turns = this.known.get(conversation)?.turns ?? [];
    const known = turns.some(({ request }) => request.id === id);
    this.known.set(conversation, {
      id: conversation,
      turns: known ? turns.map((old) => (old.request.id === id ? turn : old)) : [...turns, turn],
    });
    this.changed.fire({ conversation, turn, ...(event && { event }) });
  }
}
