// This window's latest requests with what they did on the wire, which is on no disk.
import type { RequestProgress } from '../core/activity/requestProgress';

const most = 500;

export class RecentRequests {
  /** In the order in which they ended. */
  readonly #progress = new Map<string, RequestProgress>();

  /** `id`: of the row; see rowId(). */
  add(id: string, progress: RequestProgress): void {
    this.#progress.set(id, progress);
    const oldest = this.#progress.size > most ? this.#progress.keys().next().value : undefined;
    if (oldest !== undefined) this.#progress.delete(oldest);
  }

  get(id: string): RequestProgress | undefined {
    return this.#progress.get(id);
  }
}
