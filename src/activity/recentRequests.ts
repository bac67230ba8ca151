// The latest requests of this window with the details of their attempts, which are never written to disk.
import type { RequestProgress } from '../core/activity/requestProgress';

const maxRequests = 500;

export class RecentRequests {
  /** Row ID → progress, in the order in which the requests ended. */
  readonly #progress = new Map<string, RequestProgress>();

  /** `id`: the row's ID; see rowId(). */
  add(id: string, progress: RequestProgress): void {
    this.#progress.set(id, progress);
    const oldest = this.#progress.size > maxRequests ? this.#progress.keys().next().value : undefined;
    if (oldest !== undefined) this.#progress.delete(oldest);
  }

  get(id: string): RequestProgress | undefined {
    return this.#progress.get(id);
  }
}
