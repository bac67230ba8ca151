// What is being written of the history, and what could not be written and is tried again.
import { RetryTimer } from '../util/retryTimer';

export class PendingWrites {
  private readonly running = new Set<Promise<void>>();
  /** By request: stores what could not be written. */
  private readonly unstored = new Map<string, () => Promise<void>>();
  private readonly retry = new RetryTimer(() => this.storeUnstored());

  /** `onError` is called with the file system's error. */
  constructor(private readonly onError: (error: unknown) => void) {}

  run(action: () => Promise<void>): void {
    const writing = action()
      .catch(this.onError)
      .finally(() => this.running.delete(writing));
    this.running.add(writing);
  }

  /** Stores something of a request; if that fails, `storeAgain` is called later, and at the end of the window. */
  keep(id: string, store: () => Promise<void>, storeAgain = store): void {
    this.run(async () => {
      try {
        await store();
        if (this.unstored.size === 0) this.retry.succeeded();
      } catch (error) {
        this.unstored.set(id, storeAgain);
        this.retry.failed();
        throw error;
      }
    });
  }

  /** Resolves when everything is written. What could not be written is tried once more. */
  async settled(): Promise<void> {
    this.storeUnstored();
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  /** Tries nothing again. */
  stop(): void {
    this.retry.stop();
  }

  private storeUnstored(): void {
    this.retry.stop();
    const all = [...this.unstored];
    this.unstored.clear();
    for (const [id, store] of all) this.keep(id, store);
  }
}
