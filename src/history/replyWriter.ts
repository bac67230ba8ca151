// Writes replies while they run: each to its journal, and when it has ended to its conversation's file.
import type { ReplyEvent, Turn } from '../core/model/reply';
import { promptEntry, replyEntry } from './entries';
import type { Journal } from './journal';
import type { HistoryStore } from './store';

interface RunningReply {
  readonly conversation: string;
  readonly journal: Journal;
  /** Settles when the prompt is on disk. */
  readonly begun: Promise<void>;
}

export class ReplyWriter {
  /** By request. */
  private readonly running = new Map<string, RunningReply>();

  constructor(
    private readonly store: HistoryStore,
    /** Called with the file system's error if a part of a reply can't be written. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** A prompt was sent. Resolves when it is on disk. */
  begin(turn: Turn): Promise<void> {
    const { id, conversation } = turn.request;
    const journal = this.store.journal(conversation, id, turn.reply.startedAt, this.onError);
    const begun = this.storePrompt(turn, journal);
    this.running.set(id, { conversation, journal, begun });
    return begun;
  }

  /** Something of a reply has arrived, at `at` (ms since the epoch). */
  push(id: string, event: ReplyEvent, at: number): void {
    this.running.get(id)?.journal.push(event, at);
  }

  /** A reply has ended. Resolves when it is on disk; to false if its beginning is not kept. */
  async end(turn: Turn): Promise<boolean> {
    const running = this.take(turn.request.id);
    if (!running) return false;
    await running.begun;
    await this.store.append(running.conversation, replyEntry(turn));
    await running.journal.remove();
    return true;
  }

  /** Does not keep replies any more: those of a conversation, or all that are running. Resolves when they are deleted. */
  async forget(conversation?: string): Promise<void> {
    const all = [...this.running].filter(
      ([, running]) => conversation === undefined || running.conversation === conversation,
    );
    await Promise.all(
      all.map(async ([id, { journal, begun }]) => {
        this.running.delete(id);
        await begun.catch(() => undefined);
        await journal.remove();
      }),
    );
  }

  /** Writes what is left. What has not ended by then is found as interrupted. */
  close(): void {
    for (const { journal } of this.running.values()) void journal.close();
  }

  private async storePrompt({ request, reply }: Turn, journal: Journal): Promise<void> {
    // Another window that finds a prompt without a journal takes its reply for interrupted.
    await journal.begun;
    await this.store.append(request.conversation, promptEntry(request, reply.startedAt));
  }

  private take(id: string): RunningReply | undefined {
    const running = this.running.get(id);
    this.running.delete(id);
    return running;
  }
}
