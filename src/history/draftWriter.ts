// Writes drafts soon after they have changed.
import { RetryTimer } from '../util/retryTimer';
import { attachedTexts, textSize } from './attachment';
import { type Draft, allAttachments } from './draft';
import type { DraftFiles } from './draftFiles';

/** ms between a change and its writing. With the page's own delay, a pause of 250 ms is enough. */
const writeDelayMs = 100;
/**
 * A draft is written with all texts that are attached to it: 25 MB block the extension host for some 100 ms. So a ms
 * passes between two writings for each of so many bytes: 5 seconds then.
 */
const bytesPerMs = 5000;
const maxRestMs = 10_000;

export interface DraftWriterDeps {
  /** undefined while nothing is kept on disk. */
  readonly files: () => Pick<DraftFiles, 'write'> | undefined;
  /** Called with the file system's error if a draft can't be written. */
  readonly onError: (error: unknown) => void;
}

export class DraftWriter {
  private readonly unwritten = new Map<string, Draft>();
  private readonly beingWritten = new Map<string, Draft>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<unknown> | undefined;
  /** When the timer ends, and when something was last written, by performance.now(). */
  private due = 0;
  private writtenAt = -Infinity;
  private readonly retry = new RetryTimer(() => void this.flush());

  constructor(private readonly deps: DraftWriterDeps) {}

  /** The draft of a conversation has changed. */
  set(conversation: string, draft: Draft): void {
    this.unwritten.set(conversation, draft);
    // A slow disk gets the latest alone, not one after the other.
    if (!this.writing) this.flushSoon();
  }

  /** Does not write what has changed in these conversations. Resolves when none of it is being written. Never rejects. */
  async forget(conversations: readonly string[]): Promise<void> {
    for (const conversation of conversations) {
      this.unwritten.delete(conversation);
      this.beingWritten.delete(conversation);
    }
    await this.writing;
  }

  /** Writes what has changed. Resolves when it is on disk; what can't be written is tried again later. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.writing) await this.writing;
    if (this.unwritten.size === 0) return;
    this.retry.stop();
    for (const [conversation, draft] of this.unwritten) this.beingWritten.set(conversation, draft);
    this.unwritten.clear();
    await (this.writing = Promise.all([...this.beingWritten.keys()].map((id) => this.write(id))));
    this.writing = undefined;
    this.writtenAt = performance.now();
    const haveChanged = this.unwritten.size > 0;
    const haveFailed = this.beingWritten.size > 0;
    for (const [conversation, draft] of this.beingWritten)
      if (!this.unwritten.has(conversation)) this.unwritten.set(conversation, draft);
    this.beingWritten.clear();
    if (haveFailed) this.retry.failed();
    else this.retry.succeeded();
    if (haveChanged) this.flushSoon();
  }

  private flushSoon(): void {
    const size = [...this.unwritten.values()].reduce((sum, draft) => sum + attachedSize(draft), 0);
    const now = performance.now();
    const due = Math.max(now + writeDelayMs, this.writtenAt + Math.min(maxRestMs, size / bytesPerMs));
    if (this.timer && due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => void this.flush(), due - now);
  }

  /** Leaves the draft in `beingWritten` if it can't be written. */
  private async write(conversation: string): Promise<void> {
    const draft = this.beingWritten.get(conversation);
    const { files, onError } = this.deps;
    try {
      if (draft) await files()?.write(conversation, draft);
      this.beingWritten.delete(conversation);
    } catch (error) {
      onError(error);
    }
  }
}

/** Bytes of the texts that are attached in a draft. */
function attachedSize(draft: Draft): number {
  return attachedTexts(allAttachments(draft)).reduce((sum, text) => sum + textSize(text), 0);
}
