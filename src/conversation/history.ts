// Keeps conversations on disk: writes what happens in this window, and reads what an earlier session or another window
// has written. Observes Conversations; no reply waits for it.
import { randomUUID } from 'node:crypto';
import { Disposable } from 'vscode';
import type { Cost } from '../core/model/cost';
import type { Turn } from '../core/model/reply';
import { HistoryDirectory } from '../history/directory';
import { DraftFiles } from '../history/draftFiles';
import { promptEntry, replyEntry } from '../history/entries';
import type { Journal } from '../history/journal';
import { HistoryStore } from '../history/store';
import type { Change, Conversations } from './conversations';

export interface HistoryDeps {
  readonly conversations: Conversations;
  /** The directory for this workspace. */
  readonly directory: string;
  readonly isEnabled: () => boolean;
  /** The cost of a reply that has ended. */
  readonly costOf: (turn: Turn) => Promise<Cost | undefined>;
  /** Called with the file system's error if something can't be written. */
  readonly onError: (error: unknown) => void;
}

export class History implements Disposable {
  readonly directory: HistoryDirectory;
  readonly store: HistoryStore;
  readonly draftFiles: DraftFiles;
  /** By request. */
  private readonly journals = new Map<string, Journal>();
  private readonly writing = new Set<Promise<void>>();
  private readonly subscriptions: Disposable;

  constructor(private readonly deps: HistoryDeps) {
    const { conversations } = deps;
    this.directory = new HistoryDirectory(deps.directory);
    this.store = new HistoryStore(this.directory);
    this.draftFiles = new DraftFiles(this.directory, randomUUID());
    this.subscriptions = Disposable.from(
      conversations.onDidChange((change) => this.follow(change)),
      conversations.onDidShowVersion(({ conversation, turn }) => {
        if (deps.isEnabled()) this.write(() => this.store.append(conversation, { type: 'shown', turn }));
      }),
    );
  }

  /** Resolves when Conversations has a conversation as it is on disk. Rejects with the file system's error. */
  async open(id: string): Promise<void> {
    const stored = await this.store.read(id, Date.now());
    if (stored) this.deps.conversations.adopt(stored);
  }

  /** Resolves when everything is written. */
  async whenWritten(): Promise<void> {
    while (this.writing.size > 0) await Promise.allSettled(this.writing);
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const journal of this.journals.values()) void journal.close();
  }

  private follow({ turn, event, at }: Change): void {
    const { request, reply } = turn;
    const { id, conversation } = request;
    if (!event) {
      if (!this.deps.isEnabled()) return;
      const journal = this.store.journal(conversation, id, reply.startedAt, this.deps.onError);
      this.journals.set(id, journal);
      this.write(() => this.store.append(conversation, promptEntry(request, reply.startedAt)));
      return;
    }
    const journal = this.journals.get(id);
    if (event.type !== 'ended') {
      journal?.push(event, at);
      return;
    }
    if (!journal) return;
    this.journals.delete(id);
    this.write(async () => {
      await this.store.append(conversation, replyEntry(turn));
      await journal.remove();
    });
    this.write(() => this.storeCost(turn));
  }

  private async storeCost(turn: Turn): Promise<void> {
    const cost = await this.deps.costOf(turn);
    const usd = cost?.kind === 'sum' ? cost.usd : cost?.kind === 'gatewayCache' ? 0 : undefined;
    const { id, conversation } = turn.request;
    if (usd !== undefined) await this.store.append(conversation, { type: 'cost', turn: id, usd });
  }

  private write(action: () => Promise<void>): void {
    const writing = action()
      .catch(this.deps.onError)
      .finally(() => this.writing.delete(writing));
    this.writing.add(writing);
  }
}
