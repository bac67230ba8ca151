// This window's latest requests with what they did on the wire, which is on no disk.
import type { RequestProgress } from '../core/activity/requestProgress';

const most = 500;

export class RecentRequests {
  /** In the order in which they ended. */
  readonly #tallies = new Map<string, RequestProgress>();

  /** `id`: of the row; see rowId(). */
  add(id: string, tally: RequestProgress): void {
    this.#tallies.set(id, tally);
    const oldest = this.#tallies.size > most ? this.#tallies.keys().next().value : undefined;
    if (oldest !== undefined) this.#tallies.delete(oldest);
  }

  get(id: string): RequestProgress | undefined {
    return this.#tallies.get(id);
  }
}
