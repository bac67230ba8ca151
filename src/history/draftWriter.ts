// Writes drafts soon after they have changed.
import type { Draft } from './draft';
import type { DraftFiles } from './draftFiles';

/** ms between a change and its writing. With the page's own delay, a pause of 250 ms is enough. */
const writeDelayMs = 100;

export interface DraftWriterDeps {
  /** undefined while nothing is kept on disk. */
  readonly files: () => Pick<DraftFiles, 'write'> | undefined;
  /** Called with the file system's error if a draft can't be written. */
  readonly onError: (error: unknown) => void;
}

export class DraftWriter {
  private readonly unwritten = new Map<string, Draft>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<unknown> | undefined;

  constructor(private readonly deps: DraftWriterDeps) {}

  /** The draft of a conversation has changed. */
  set(conversation: string, draft: Draft): void {
    this.unwritten.set(conversation, draft);
    // A slow disk gets the latest alone, not one after the other.
    if (!this.writing) this.timer ??= setTimeout(() => void this.flush(), writeDelayMs);
  }

  /** Does not write what has changed in these conversations. Resolves when none of it is being written. Never rejects. */
  async forget(conversations: readonly string[]): Promise<void> {
    for (const conversation of conversations) this.unwritten.delete(conversation);
    await this.writing;
  }

  /** Writes what has changed. Resolves when it is on disk. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.writing) await this.writing;
    if (this.unwritten.size === 0) return;
    const drafts = [...this.unwritten];
    this.unwritten.clear();
    const { files, onError } = this.deps;
    const target = files();
    const write = async ([conversation, draft]: readonly [string, Draft]) =>
      target?.write(conversation, draft).catch(onError);
    await (this.writing = Promise.all(drafts.map(write)));
    this.writing = undefined;
    if (this.unwritten.size > 0) this.timer ??= setTimeout(() => void this.flush(), writeDelayMs);
  }
}
