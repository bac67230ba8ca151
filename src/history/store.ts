// The history on disk: the entries of each conversation, and the journals of running replies.
import { readFile, rm } from 'node:fs/promises';
import { isBlank } from '../core/model/blank';
import { failure } from '../core/model/failure';
import type { Reply, Turn } from '../core/model/reply';
import { appendText, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import {
  type Entry,
  type StoredConversation,
  entryLine,
  parseEntry,
  readConversation,
  storedReply,
} from './entries';
import { Journal, readJournal } from './journal';

export class HistoryStore {
  /** The conversations to which this window has written. */
  private readonly written = new Set<string>();

  constructor(readonly directory: HistoryDirectory) {}

  /** Resolves when the entries are on disk, after those before them. */
  readonly append = serialize(async (id: string, ...entries: readonly Entry[]): Promise<void> => {
    // A line that a crashed process has left unfinished ends here.
    const start = this.written.has(id) ? '' : '\n';
    await appendText(
      this.directory.conversation(id),
      start + entries.map((entry) => `${entryLine(entry)}\n`).join(''),
    );
    this.written.add(id);
  });

  /**
   * Reads a conversation; undefined if there is none. A reply that ran when its window ended is found as interrupted,
   * with the text that had arrived, and stored so. `now`: ms since the epoch.
   */
  async read(id: string, now: number): Promise<StoredConversation | undefined> {
    const stored = await this.readStored(id);
    if (!stored) return undefined;
    const turns = await Promise.all(
      stored.turns.map(async (turn) => (turn.reply.outcome ? turn : this.recover(turn, now))),
    );
    return { ...stored, turns };
  }

  /** The same without what journals hold. */
  async readStored(id: string): Promise<StoredConversation | undefined> {
    const text = await unlessMissing(readFile(this.directory.conversation(id), 'utf8'));
    if (text === undefined) return undefined;
    const stored = readConversation(
      id,
      text.split('\n').flatMap((line) => parseEntry(line) ?? []),
    );
    return stored.turns.length > 0 ? stored : undefined;
  }

  /** Begins the journal of a reply. */
  journal(conversation: string, turn: string, startedAt: number, onError: (error: unknown) => void): Journal {
    return new Journal(this.directory.running(conversation, turn), startedAt, onError);
  }

  /** Deletes conversations with their journals. */
  async remove(ids: readonly string[]): Promise<void> {
    const removed = new Set(ids);
    for (const { conversation, turn } of await this.directory.runningReplies())
      if (removed.has(conversation)) await rm(this.directory.running(conversation, turn), { force: true });
    for (const id of ids) {
      await rm(this.directory.conversation(id), { force: true });
      this.written.delete(id);
    }
  }

  /** The turn with what its journal holds; with an end, unless another window is still writing there. */
  private async recover({ request, reply }: Turn, now: number): Promise<Turn> {
    const { conversation, id } = request;
    const file = this.directory.running(conversation, id);
    const found = await readJournal(file, now);
    if (found?.isRunning) return { request, reply: found.reply };
    const ended = interrupted(found?.reply ?? reply, found?.writtenAt ?? reply.startedAt);
    await this.append(conversation, { type: 'reply', turn: id, reply: storedReply(ended), found: true });
    await rm(file, { force: true });
    return { request, reply: ended };
  }
}

function interrupted(reply: Reply, endedAt: number): Reply {
  const cause = failure('windowClosed', {}, { requestIds: reply.requestIds });
  return { ...reply, endedAt, outcome: { kind: isBlank(reply.text) ? 'failed' : 'cut', failure: cause } };
}
