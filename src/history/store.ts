// The history on disk: the entries of each conversation, and the journals of running replies.
import { readFile, rm, stat } from 'node:fs/promises';
import { isBlank } from '../core/model/blank';
import { failure } from '../core/model/failure';
import type { Reply, Turn } from '../core/model/reply';
import { appendIfThere, appendText, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import { type Entry, type StoredConversation, entryLine, parseEntries, readConversation } from './entries';
import { Journal, readJournal } from './journal';
import type { WindowPresence } from './presence';
import { storedReply } from './storedReply';

/** ms after which what a crashed process has left is nobody's. */
const leftoverAgeMs = 60_000;

export class HistoryStore {
  constructor(
    readonly directory: HistoryDirectory,
    private readonly presence: WindowPresence,
  ) {}

  /**
   * Resolves when the entries are on disk, after those before them. Entries without a prompt are dropped if the
   * conversation was deleted, as by another window while a reply was running here.
   */
  async append(id: string, ...entries: readonly Entry[]): Promise<void> {
    await this.exclusive(async () => {
      const file = this.directory.conversation(id);
      if (entries.some(({ type }) => type === 'prompt')) {
        // Its reply is this window's.
        await this.presence.announce();
        await appendText(file, linesOf(entries));
      } else await appendIfThere(file, linesOf(entries));
    });
  }

  /**
   * The same for a prompt and what belongs to it. If the conversation's file is gone, as when another window needed the
   * room, what `earlier` returns is written first: without it, the prompt would follow nothing.
   */
  async appendPrompt(
    id: string,
    entries: readonly Entry[],
    earlier: () => Promise<readonly Entry[]>,
  ): Promise<void> {
    await this.exclusive(async () => {
      const file = this.directory.conversation(id);
      await this.presence.announce();
      if (await appendIfThere(file, linesOf(entries))) return;
      await appendText(file, linesOf([...(await earlier()), ...entries]));
    });
  }

  private readonly exclusive = serialize((action: () => Promise<void>) => action());

  /**
   * Reads a conversation; undefined if there is none. A reply that ran when its window ended is found as interrupted,
   * with the text that had arrived, and stored so.
   */
  async read(id: string): Promise<StoredConversation | undefined> {
    const stored = await this.readStored(id);
    if (!stored) return undefined;
    const turns = await Promise.all(
      stored.turns.map(async (turn) => (turn.reply.outcome ? turn : this.recover(turn))),
    );
    return { ...stored, turns };
  }

  /** The same without what journals hold. */
  async readStored(id: string): Promise<StoredConversation | undefined> {
    const text = await unlessMissing(readFile(this.directory.conversation(id), 'utf8'));
    if (text === undefined) return undefined;
    const stored = readConversation(id, await parseEntries(text));
    return stored.turns.length > 0 ? stored : undefined;
  }

  /** Begins the journal of a reply. `onError` is called with the file system's error. */
  journal(conversation: string, turn: string, startedAt: number, onError: (error: unknown) => void): Journal {
    const { id: window } = this.presence;
    return new Journal(this.directory.running(conversation, turn), { window, startedAt }, onError);
  }

  /** Deletes conversations with their journals. */
  async remove(ids: readonly string[]): Promise<void> {
    const removed = new Set(ids);
    for (const { conversation, turn } of await this.directory.runningReplies())
      if (removed.has(conversation)) await rm(this.directory.running(conversation, turn), { force: true });
    for (const id of ids) await rm(this.directory.conversation(id), { force: true });
  }

  /** Deletes what crashed processes have left and nobody will read. */
  async removeLeftovers(): Promise<void> {
    for (const { conversation, turn } of await this.directory.runningReplies()) {
      const file = this.directory.running(conversation, turn);
      // Reading the conversation takes over what a journal holds, unless it is of a reply that has ended, or of a prompt
      // that was never stored.
      const read = await this.read(conversation);
      const isNeeded = read?.turns.some(({ request, reply }) => request.id === turn && !reply.outcome);
      if (!isNeeded) await removeOld(file);
    }
    for (const file of await this.directory.leftovers()) await removeOld(file);
  }

  /** The turn with what its journal holds; with an end, unless the window that writes the journal is open. */
  private async recover({ request, reply }: Turn): Promise<Turn> {
    const { conversation, id } = request;
    const file = this.directory.running(conversation, id);
    const found = await readJournal(file);
    if (found && (await this.presence.isOpen(found.window))) return { request, reply: found.reply };
    // The reply may have ended since its conversation was read: its journal is deleted after that.
    const again = (await this.readStored(conversation))?.turns.find((turn) => turn.request.id === id);
    if (again?.reply.outcome) return again;
    const ended = interrupted(found?.reply ?? reply, found?.writtenAt ?? reply.startedAt);
    await this.append(conversation, { type: 'reply', turn: id, reply: storedReply(ended), found: true });
    await rm(file, { force: true });
    return { request, reply: ended };
  }
}

/** A line that a crashed process or a failed write has left unfinished ends before them. */
function linesOf(entries: readonly Entry[]): string {
  return entries.map((entry) => `\n${entryLine(entry)}\n`).join('');
}

async function removeOld(file: string): Promise<void> {
  const stats = await unlessMissing(stat(file));
  if (stats && Date.now() - stats.mtimeMs > leftoverAgeMs) await rm(file, { force: true });
}

function interrupted(reply: Reply, endedAt: number): Reply {
  const cause = failure('windowClosed', {}, { requestIds: reply.requestIds });
  return { ...reply, endedAt, outcome: { kind: isBlank(reply.text) ? 'failed' : 'cut', failure: cause } };
}
