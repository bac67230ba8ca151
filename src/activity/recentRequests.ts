// This window's latest requests with what they did on the wire, which is on no disk.
import type { Tally } from '../core/activity/requestProgress';

const most = 500;

export class RecentRequests {
  /** In the order in which they ended. */
  readonly #tallies = new Map<string, Tally>();

  /** `id`: of the row; see rowId(). */
  add(id: string, tally: Tally): void {
    this.#tallies.set(id, tally);
    const oldest = this.#tallies.size > most ? this.#tallies.keys().next().value : undefined;
    if (oldest !== undefined) this.#tallies.delete(oldest);
  }

  get(id: string): Tally | undefined {
    return this.#tallies.get(id);
  }
}
