// Owns running replies. Views only observe: closing one never cancels a reply.
import { Disposable, EventEmitter } from 'vscode';
import type { Engine } from '../engine/engine.chunk';
import type { Log } from '../core/model/ports';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import { type Reply, type ReplyEvent, type Turn, reduceReply, newReply } from '../core/model/reply';
import { type Request, promptBlobs, promptOf } from '../core/model/request';
import { sentLine } from '../ui/logLines';
import { ConversationTree, type Versions } from './tree';

export interface Conversation {
  readonly id: string;
  /** The shown branch, the first prompt first. */
  readonly turns: readonly Turn[];
}

export interface Change {
  readonly conversation: string;
  readonly turn: Turn;
  /** Absent when the turn is new. */
  readonly event?: ReplyEvent;
  /** When it happened, ms since the epoch. */
  readonly at: number;
}

/** How much Conversations keeps. */
export interface KeptLimits {
  readonly conversations: number;
  /** Characters of the prompts and replies of all conversations together. */
  readonly characters: number;
}

const defaultLimits: KeptLimits = { conversations: 200, characters: 32 * 1024 * 1024 };

/** A conversation that comes from somewhere else, such as the history. */
export interface AdoptedConversation {
  readonly id: string;
  readonly turns: readonly Turn[];
  /** The turns to show, one after the other. */
  readonly shown: readonly string[];
}

/**
 * The latest conversations of this window, in memory. When there are too many, the oldest are dropped, except those that
 * a view shows and those with a running reply.
 */
export class Conversations implements Disposable {
  /** By ID; the oldest conversation first. */
  private readonly trees = new Map<string, ConversationTree>();
  /** Request ID → the ID of its conversation. */
  private readonly conversationOf = new Map<string, string>();
  private readonly viewers = new Set<() => string | undefined>();
  private readonly running = new Map<string, AbortController>();
  private readonly sending = new Set<Promise<void>>();
  private readonly changed = new EventEmitter<Change>();
  /** Fires for each new turn and for each event of its reply, in order. See remove() for the end of a removed one. */
  readonly onDidChange = this.changed.event;
  private readonly versionShown = new EventEmitter<{
    readonly conversation: string;
    readonly turn: string;
  }>();
  /** Fires when another version of a turn is shown. */
  readonly onDidShowVersion = this.versionShown.event;

  private readonly adopted = new EventEmitter<string>();
  /** Fires with the ID of a conversation when something from somewhere else was added to it. */
  readonly onDidAdopt = this.adopted.event;

  constructor(
    private readonly loadAsk: () => Promise<Pick<Engine, 'ask' | 'endedLine'>>,
    private readonly log: Pick<Log, 'info'>,
    private readonly limits = defaultLimits,
  ) {}

  /** The IDs of the conversations that are kept, oldest first. */
  get ids(): readonly string[] {
    return [...this.trees.keys()];
  }

  get(id: string): Conversation | undefined {
    const tree = this.trees.get(id);
    return tree && { id, turns: tree.branch() };
  }

  /** The turn of a request. */
  turn(request: string): Turn | undefined {
    return this.treeOf(request)?.get(request);
  }

  /** All turns of a conversation, shown or not, in the order in which they were sent. */
  allTurns(id: string): readonly Turn[] {
    return [...(this.trees.get(id)?.turns ?? [])];
  }

  /** The SHA-256 of each picture and document in the prompts of all conversations; `isMeant`: of these turns alone. */
  *blobs(isMeant: (turn: string) => boolean = () => true): Generator<string, void> {
    for (const tree of this.trees.values())
      for (const { request } of tree.turns)
        if (isMeant(request.id)) for (const { data } of promptBlobs(request)) yield data.sha256;
  }

  /** The turns before that of a request, the first prompt first. */
  before(request: string): readonly Turn[] {
    return this.treeOf(request)?.before(request) ?? [];
  }

  versions(request: string): Versions {
    return this.treeOf(request)?.versions(request) ?? { ids: [], index: -1 };
  }

  /** Shows the branch that leads to the turn of a request. */
  showVersion(request: string): void {
    const conversation = this.conversationOf.get(request);
    if (conversation === undefined || !this.trees.get(conversation)?.show(request)) return;
    this.versionShown.fire({ conversation, turn: request });
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

  /** Whether a reply of this conversation is still running. */
  hasRunning(conversation: string): boolean {
    return [...this.running.keys()].some((request) => this.conversationOf.get(request) === conversation);
  }

  /** Whether a view shows a conversation, or one of its replies is running. */
  isInUse(conversation: string): boolean {
    return [...this.viewers].some((viewer) => viewer() === conversation) || this.hasRunning(conversation);
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
    const at = Date.now();
    this.put({ request, reply: newReply(at) }, at);
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

  /** Adds a turn whose reply has ended before, elsewhere. */
  addEnded(turn: Turn): void {
    const at = Date.now();
    this.put(turn, at);
    const { outcome = { kind: 'stopped' } } = turn.reply;
    this.put(turn, at, { type: 'ended', outcome });
  }

  /** Aborts the HTTP request that feeds a reply; its text is kept. */
  stop(request: string): void {
    this.running.get(request)?.abort();
  }

  /** Takes over a conversation, or what has been added to one. Replies that run in this window stay as they are. */
  adopt({ id, turns, shown }: AdoptedConversation): void {
    const tree = this.trees.get(id) ?? new ConversationTree();
    const wasThere = this.trees.has(id);
    this.trees.set(id, tree);
    const news = turns.filter(({ request, reply }) => {
      const before = tree.get(request.id)?.reply;
      if (this.running.has(request.id) || before?.outcome) return false;
      return !before || reply.outcome !== undefined || hasMore(reply, before);
    });
    const awaited = news.filter(({ request, reply }) => reply.outcome && tree.get(request.id));
    for (const turn of news) {
      // Another window's choice of versions must not change what this one shows.
      tree.put(turn, !wasThere);
      this.conversationOf.set(turn.request.id, id);
    }
    if (!wasThere) for (const turn of shown) tree.show(turn);
    this.dropOldest(id);
    if (wasThere && news.length > 0) this.adopted.fire(id);
    awaited.forEach((turn) => this.tellEnd(turn));
  }

  /** Adds an event of a reply that runs in another window. Does nothing if that has ended here, or runs here. */
  addEvent(request: string, event: ReplyEvent, at: number): void {
    const turn = this.turn(request);
    if (!turn || !this.runsElsewhere(turn)) return;
    this.put({ request: turn.request, reply: reduceReply(turn.reply, event, at) }, at, event);
  }

  /** Whether the reply of a turn has not ended and runs in another window, as far as is known here. */
  runsElsewhere({ request, reply }: Turn): boolean {
    return !reply.outcome && !this.running.has(request.id);
  }

  /** A reply that ran in another window has ended: a prompt may be waiting for that here. */
  private tellEnd(turn: Turn): void {
    const { outcome, endedAt = Date.now() } = turn.reply;
    if (!outcome) return;
    const { conversation } = turn.request;
    this.changed.fire({ conversation, turn, at: endedAt, event: { type: 'ended', outcome } });
  }

  /** Drops a conversation, and stops its replies. Each of these fires its end, of a turn that is no longer there. */
  remove(id: string): void {
    const turns = this.allTurns(id);
    for (const { request } of turns) this.conversationOf.delete(request.id);
    this.trees.delete(id);
    for (const turn of turns) {
      this.stop(turn.request.id);
      // What the aborted request still brings has no turn to go to. Whoever waits for the end must hear of it now.
      if (this.running.delete(turn.request.id)) this.tellStopped(turn);
    }
  }

  private tellStopped({ request, reply }: Turn): void {
    const event: ReplyEvent = { type: 'ended', outcome: { kind: 'stopped' } };
    const at = Date.now();
    const turn = { request, reply: reduceReply(reply, event, at) };
    this.changed.fire({ conversation: request.conversation, turn, at, event });
  }

  dispose(): void {
    void this.close();
    this.changed.dispose();
    this.versionShown.dispose();
    this.adopted.dispose();
  }

  /** The turn after `event`; undefined if the turn has been dropped. */
  private apply(request: Request, event: ReplyEvent): Turn | undefined {
    const before = this.turn(request.id);
    if (event.type === 'ended') this.running.delete(request.id);
    if (!before) return undefined;
    const at = Date.now();
    const turn = { request, reply: reduceReply(before.reply, event, at) };
    this.put(turn, at, event);
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

  private put(turn: Turn, at: number, event?: ReplyEvent): void {
    const { conversation, id } = turn.request;
    const tree = this.trees.get(conversation) ?? new ConversationTree();
    this.trees.set(conversation, tree);
    this.conversationOf.set(id, conversation);
    tree.put(turn);
    if (!event) this.dropOldest(conversation);
    this.changed.fire({ conversation, turn, at, ...(event && { event }) });
  }

  private treeOf(request: string): ConversationTree | undefined {
    return this.trees.get(this.conversationOf.get(request) ?? '');
  }

  /** Drops old conversations until the limits hold; keeps `latest`. */
  private dropOldest(latest: string): void {
    const sizes = new Map([...this.trees].map(([id, tree]) => [id, sizeOf(tree)]));
    let characters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const shown = new Set([...this.viewers].map((viewer) => viewer()));
    for (const id of this.ids) {
      if (this.trees.size <= this.limits.conversations && characters <= this.limits.characters) return;
      if (id === latest || shown.has(id) || this.hasRunning(id)) continue;
      characters -= sizes.get(id) ?? 0;
      this.remove(id);
    }
  }
}

/** Whether a running reply has grown. */
function hasMore(reply: Reply, before: Reply): boolean {
  return (
    reply.text !== before.text || reply.reasoning !== before.reasoning || reply.attempts !== before.attempts
  );
}

/** Characters of all prompts and replies. */
function sizeOf(tree: ConversationTree): number {
  let size = 0;
  for (const { request, reply } of tree.turns)
    size += promptOf(request).length + reply.text.length + reply.reasoning.length;
  return size;
}
