// Searches the history in a thread of its own, so that the extension host is never busy with it.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SearchAnswer, SearchQuery } from './historySearch.chunk';
import type { SearchResult } from './search';

export interface SearchListener {
  onResults(results: readonly SearchResult[]): void;
  onEnd(): void;
  onError(error: unknown): void;
}

export class Searcher {
  private worker: Worker | undefined;
  private number = 0;
  private listener: SearchListener | undefined;

  /** @param directory where the thread's script is */
  constructor(private readonly directory: string) {}

  /** Ends the search before, and begins another. The listener is called until its search has ended. */
  search(query: Omit<SearchQuery, 'number'>, listener: SearchListener): void {
    this.listener = listener;
    this.number += 1;
    this.thread().postMessage({ ...query, number: this.number } satisfies SearchQuery);
  }

  /** Ends the search and its thread; another search starts another. Call it when nobody waits for results any more. */
  stop(): void {
    this.listener = undefined;
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private thread(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(path.join(this.directory, 'historySearch.js'));
    worker.on('message', ({ number, results, isOver }: SearchAnswer) => {
      if (number !== this.number) return;
      if (results.length > 0) this.listener?.onResults(results);
      if (isOver) this.listener?.onEnd();
    });
    worker.on('error', (error) => {
      this.worker = undefined;
      this.listener?.onError(error);
    });
    // The window may be closed while it searches.
    worker.unref();
    return (this.worker = worker);
  }
}
