// Writes replies while they run: each to its journal, and when it has ended to its conversation's file. What can't be
// written can be tried again: no prompt is given up because the disk was full for a moment.
import type { ReplyEvent, Turn } from '../core/model/reply';
import { type Entry, promptEntry, replyEntry } from './entries';
import type { Journal } from './journal';
import type { HistoryStore } from './store';

interface RunningReply {
  readonly turn: Turn;
  readonly journal: Journal;
  isPromptStored: boolean;
  /** Settles when what is being written of it is on disk. */
  writing: Promise<unknown>;
}

export class ReplyWriter {
  /** By request. */
  private readonly running = new Map<string, RunningReply>();

  constructor(
    private readonly store: HistoryStore,
    /** Called with the file system's error if a part of a reply can't be written. */
    private readonly onError: (error: unknown) => void,
    /** What to write before a prompt if the file of its conversation is gone. */
    private readonly earlier: (turn: Turn) => Promise<readonly Entry[]> = () => Promise.resolve([]),
  ) {}

  /**
   * A prompt was sent. Resolves when it is on disk; to false if the reply was forgotten before. If it rejects, call
   * storePrompt() later.
   */
  begin(turn: Turn): Promise<boolean> {
    const { id, conversation } = turn.request;
    const journal = this.store.journal(conversation, id, turn.reply.startedAt, this.onError);
    const running: RunningReply = { turn, journal, isPromptStored: false, writing: journal.begun };
    this.running.set(id, running);
    return this.write(running, () => this.append(running, journal.begun));
  }

  /** Tries again to store the prompt of a running reply. Resolves to false if the reply has ended, or is forgotten. */
  async storePrompt(id: string): Promise<boolean> {
    const running = this.running.get(id);
    if (!running) return false;
    return this.write(running, () => this.append(running, running.journal.retry()));
  }

  /** Something of a reply has arrived, at `at` (ms since the epoch). */
  push(id: string, event: ReplyEvent, at: number): void {
    this.running.get(id)?.journal.push(event, at);
  }

  /**
   * A reply has ended. Resolves when it is on disk, with its prompt; to false if its beginning is not kept. If it
   * rejects, call it again later: until then, the journal has the text.
   */
  async end(turn: Turn): Promise<boolean> {
    const { id, conversation } = turn.request;
    const running = this.running.get(id);
    if (!running) return false;
    return this.write(running, async () => {
      // It was forgotten meanwhile, or ended by another call.
      if (this.running.get(id) !== running) return false;
      if (running.isPromptStored) await this.store.append(conversation, replyEntry(turn));
      else await this.appendPrompt(turn, replyEntry(turn));
      running.isPromptStored = true;
      await running.journal.remove();
      this.running.delete(id);
      return true;
    });
  }

  /** Does not keep replies any more: those of a conversation, or all that are running. Resolves when they are deleted. */
  async forget(conversation?: string): Promise<void> {
    const all = [...this.running].filter(
      ([, { turn }]) => conversation === undefined || turn.request.conversation === conversation,
    );
    await Promise.all(
      all.map(async ([id, { journal, writing }]) => {
        this.running.delete(id);
        await writing.catch(() => undefined);
        await journal.remove();
      }),
    );
  }

  /** Writes what is left. What has not ended by then is found as interrupted. */
  close(): void {
    for (const { journal } of this.running.values()) void journal.close();
  }

  /** Runs `action` after what is being written of the same reply, however that ends. */
  private write(running: RunningReply, action: () => Promise<boolean>): Promise<boolean> {
    const written = running.writing.catch(() => undefined).then(action);
    running.writing = written;
    return written;
  }

  /** Stores the prompt, once its journal is there: without one, another window takes the reply for interrupted. */
  private async append(running: RunningReply, journal: Promise<void>): Promise<boolean> {
    await journal;
    const { turn } = running;
    if (this.running.get(turn.request.id) !== running) return false;
    if (!running.isPromptStored) await this.appendPrompt(turn);
    return (running.isPromptStored = true);
  }

  private async appendPrompt(turn: Turn, ...more: readonly Entry[]): Promise<void> {
    const { request, reply } = turn;
    const entries = [promptEntry(request, reply.startedAt), ...more];
    await this.store.appendPrompt(request.conversation, entries, () => this.earlier(turn));
  }
}
