// Keeps conversations on disk: writes what happens in this window, and reads what an earlier session or another window
// has written. Observes Conversations; no reply waits for it.
import { Disposable, EventEmitter } from 'vscode';
import type { Cost } from '../core/model/cost';
import type { Turn } from '../core/model/reply';
import { promptBlobs } from '../core/model/request';
import { BlobFiles } from '../history/blobFiles';
import { HistoryDirectory } from '../history/directory';
import { DraftFiles } from '../history/draftFiles';
import { type Entry, type StoredConversation, promptEntry, replyEntry } from '../history/entries';
import { HistoryIndex } from '../history/historyIndex';
import { WindowPresence } from '../history/presence';
import { ReplyWriter } from '../history/replyWriter';
import { HistoryStore } from '../history/store';
import type { Summary } from '../history/summary';
import { conversationsToTrim } from '../history/trim';
import { UnusedBlobs } from '../history/unusedBlobs';
import { lazy } from '../util/lazy';
import { serialize } from '../util/serialize';
import type { Change, Conversations } from './conversations';
import { OtherReplies } from './otherReplies';
import { PendingWrites } from './pendingWrites';

export interface HistoryDeps {
  readonly conversations: Conversations;
  /** The directory for this workspace. */
  readonly directory: string;
  readonly isEnabled: () => boolean;
  /** Bytes that the conversations may take. */
  readonly maxSize: () => number;
  /** The cost of a reply that has ended. */
  readonly costOf: (turn: Turn) => Promise<Cost | undefined>;
  /** Called with the file system's error if something can't be written. */
  readonly onError: (error: unknown) => void;
  /**
   * Makes the window forget the drafts of these conversations, or all. Resolves when none of them is being written. Never
   * rejects.
   */
  readonly forgetDrafts: (conversations?: readonly string[]) => Promise<void>;
  /** The SHA-256 of each picture and document in the drafts of this window. */
  readonly blobsInDrafts: () => Iterable<string>;
  /** Called when the oldest conversations were deleted, since there was no room for all. */
  readonly onTrimmed: (count: number) => void;
}

/** The IDs of conversations; 'all' also means drafts that belong to no conversation. */
export type Removed = readonly string[] | 'all';

export class History implements Disposable {
  readonly directory: HistoryDirectory;
  readonly draftFiles: DraftFiles;
  /** The bytes of pictures and documents. */
  readonly blobs: BlobFiles;
  private readonly unusedBlobs: UnusedBlobs;
  private readonly store: HistoryStore;
  private readonly index: HistoryIndex;
  private readonly presence: WindowPresence;
  private readonly replies: ReplyWriter;
  private readonly otherReplies: OtherReplies;
  private readonly writes: PendingWrites;
  /** The IDs of turns that are or were on disk: not those of a time when the history was off. */
  private readonly kept = new Set<string>();
  /** The conversation that other windows know to be shown here. */
  private shown: string | undefined;
  private readonly changed = new EventEmitter<void>();
  /** Fires when the list of conversations has changed in this window. */
  readonly onDidChange = this.changed.event;
  private readonly removed = new EventEmitter<Removed>();
  /** Fires when conversations are about to be deleted on disk, with their drafts. */
  readonly onDidRemove = this.removed.event;
  private readonly subscriptions: Disposable;

  constructor(private readonly deps: HistoryDeps) {
    const { conversations } = deps;
    this.writes = new PendingWrites(deps.onError);
    this.directory = new HistoryDirectory(deps.directory);
    this.presence = new WindowPresence(this.directory);
    this.store = new HistoryStore(this.directory, this.presence);
    this.replies = new ReplyWriter(this.store, deps.onError, (turn) => this.earlierEntries(turn));
    this.index = new HistoryIndex(this.directory);
    const { directory, presence } = this;
    this.otherReplies = new OtherReplies({ conversations, directory, presence });
    this.draftFiles = new DraftFiles(this.directory, this.presence);
    this.blobs = new BlobFiles({
      ...{ directory, presence, isEnabled: deps.isEnabled, onError: deps.onError },
      usedHere: () => new Set([...deps.blobsInDrafts(), ...conversations.blobs()]),
      keptHere: () =>
        new Set([...deps.blobsInDrafts(), ...conversations.blobs((turn) => this.kept.has(turn))]),
    });
    const { blobs, index, draftFiles } = this;
    this.unusedBlobs = new UnusedBlobs({ blobs, index, draftFiles, presence, onError: deps.onError });
    this.subscriptions = Disposable.from(
      conversations.onDidChange((change) => this.follow(change)),
      conversations.onDidShowVersion(({ conversation, turn }) => {
        if (deps.isEnabled()) this.writes.run(() => this.store.append(conversation, { type: 'shown', turn }));
      }),
    );
  }

  /** Resolves when Conversations has a conversation as it is on disk. Rejects with the file system's error. */
  async open(id: string): Promise<void> {
    await this.otherReplies.begin(id);
    const stored = await this.read(id);
    if (!stored) return;
    for (const { request } of stored.turns) this.kept.add(request.id);
    this.deps.conversations.adopt(stored);
    this.otherReplies.restart();
  }

  /**
   * Brings the replies up to date that run in other windows. Resolves to false if the conversation must be opened again.
   * Rejects with the file system's error.
   */
  followOthers(id: string): Promise<boolean> {
    return this.otherReplies.follow(id);
  }

  /** This window shows a conversation: other windows do not delete it for lack of room. */
  show(id: string): void {
    const { conversations, isEnabled } = this.deps;
    const shown = conversations.get(id) && isEnabled() ? id : undefined;
    if (shown === this.shown) return;
    this.shown = shown;
    this.writes.run(() => this.presence.show(shown));
  }

  /** Reads a conversation from disk; undefined if it is not there. */
  read(id: string): Promise<StoredConversation | undefined> {
    return this.store.read(id);
  }

  /** The conversations on disk, in no order. Rejects with the file system's error. */
  summaries(): Promise<readonly Summary[]> {
    return this.index.read();
  }

  /** Compares the summaries with the files if they may differ, and deletes what there is no room for. May take a while. */
  readonly tidy = serialize(async (): Promise<void> => {
    await this.index.read();
    if (!this.index.needsVerifying) return;
    await this.removeLeftovers();
    if (await this.index.verify()) this.changed.fire();
    await this.trim();
    await this.unusedBlobs.remove();
  });

  private readonly removeLeftovers = lazy(() => this.store.removeLeftovers());

  async rename(id: string, title: string): Promise<void> {
    await this.change(id, { type: 'title', title });
  }

  async pin(id: string, pinned: boolean): Promise<void> {
    await this.change(id, { type: 'pinned', pinned });
  }

  /** Deletes conversations with their drafts, on disk and in this window. */
  async remove(...ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.dropFromWindow(id)));
    // Views let go first: what is typed in them would be written again.
    this.removed.fire(ids);
    await this.deps.forgetDrafts(ids);
    await this.draftFiles.remove(ids);
    await this.store.remove(ids);
    await this.index.remove(...ids);
    this.changed.fire();
    await this.unusedBlobs.remove();
  }

  /** Something is no longer attached: deletes it some time later, if nobody uses it then. */
  detached(): void {
    this.unusedBlobs.removeLater();
  }

  /** Deletes everything that is kept on disk, drafts included. */
  async removeAll(): Promise<void> {
    const summaries = await this.index.read();
    const inMemory = this.deps.conversations.ids;
    for (const id of new Set([...inMemory, ...summaries.map((summary) => summary.id)]))
      this.writes.run(() => this.dropFromWindow(id));
    this.removed.fire('all');
    await this.deps.forgetDrafts();
    await this.whenWritten();
    this.kept.clear();
    await this.presence.withdraw();
    await this.directory.removeAll();
    this.blobs.forget();
    this.changed.fire();
  }

  /** Resolves when everything is written. What could not be written is tried once more. */
  whenWritten(): Promise<void> {
    return this.writes.settled();
  }

  /** Stops keeping the replies that are running; what their journals hold is deleted. */
  forgetRunning(): void {
    this.writes.run(() => this.replies.forget());
  }

  /** A conversation is gone from this window's memory, with its running replies. */
  private async dropFromWindow(id: string): Promise<void> {
    const forgotten = this.replies.forget(id);
    for (const { request } of this.deps.conversations.allTurns(id)) this.kept.delete(request.id);
    this.deps.conversations.remove(id);
    await forgotten;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.writes.stop();
    this.replies.close();
    this.blobs.dispose();
    this.unusedBlobs.dispose();
    void this.presence.withdraw().catch(() => undefined);
    this.changed.dispose();
    this.removed.dispose();
  }

  private follow({ turn, event, at }: Change): void {
    if (!event) {
      if (this.deps.isEnabled()) this.storePrompt(turn);
    } else if (event.type === 'ended') this.storeReply(turn);
    else this.replies.push(turn.request.id, event, at);
  }

  private storePrompt(turn: Turn): void {
    const { id, conversation } = turn.request;
    const begun = this.replies.begin(turn);
    const follow = async (stored: Promise<boolean>) => {
      const blobs = this.blobs.keep(promptBlobs(turn.request).map(({ data }) => data));
      const [isStored] = await Promise.all([stored, blobs]);
      if (!isStored) return;
      this.kept.add(id);
      await this.change(conversation);
    };
    this.writes.keep(
      id,
      () => follow(begun),
      () => follow(this.replies.storePrompt(id)),
    );
  }

  private storeReply(turn: Turn): void {
    let isStored = false;
    this.writes.keep(turn.request.id, async () => {
      isStored ||= await this.replies.end(turn);
      if (!isStored) return;
      this.kept.add(turn.request.id);
      await this.storeCost(turn);
      await this.trim();
      await this.removeOldBlobs();
    });
  }

  /** What crashed windows have left; once, since the view of the history may never be opened. */
  private readonly removeOldBlobs = lazy(() => this.unusedBlobs.remove());

  private async storeCost(turn: Turn): Promise<void> {
    await this.change(turn.request.conversation, ...(await this.costEntries(turn)));
  }

  /** None if the cost is unknown. */
  private async costEntries(turn: Turn): Promise<readonly Entry[]> {
    const cost = await this.deps.costOf(turn);
    const { id, copied } = turn.request;
    const isFree = copied ?? cost?.kind === 'gatewayCache';
    const usd = isFree ? 0 : cost?.kind === 'sum' ? cost.usd : undefined;
    return usd === undefined ? [] : [{ type: 'cost', turn: id, usd }];
  }

  /** The turns before one as this window has them, those of other versions too. */
  private async earlierEntries({ request: { id, conversation } }: Turn): Promise<readonly Entry[]> {
    const all = this.deps.conversations.allTurns(conversation);
    const kept = all.filter(({ request }) => request.id !== id && this.kept.has(request.id));
    const entries = kept.map(async (turn) => {
      const { request, reply } = turn;
      const ended = reply.outcome ? [replyEntry(turn), ...(await this.costEntries(turn))] : [];
      return [promptEntry(request, reply.startedAt), ...ended];
    });
    return (await Promise.all(entries)).flat();
  }

  /** Appends to a conversation, and brings its summary up to date. */
  private async change(id: string, ...entries: readonly Entry[]): Promise<void> {
    if (entries.length > 0) await this.store.append(id, ...entries);
    await this.index.update(id);
    this.changed.fire();
  }

  /**
   * Deletes the oldest conversations until the rest fits. Never those in use, here or in another window: with a running
   * reply, with something typed, or shown.
   */
  private async trim(): Promise<void> {
    const { conversations, maxSize, onTrimmed } = this.deps;
    if ((await this.index.size()) <= maxSize()) return;
    const inUse = new Set([
      ...(await this.directory.runningReplies()).map(({ conversation }) => conversation),
      ...(await this.draftFiles.withText()),
      ...(await this.presence.shownInWindows()),
    ]);
    const oldest = conversationsToTrim(
      await this.index.read(),
      maxSize(),
      (id) => inUse.has(id) || conversations.isInUse(id),
    );
    if (oldest.length === 0) return;
    await this.remove(...oldest);
    onTrimmed(oldest.length);
  }
}
