// The latest requests of this window with the details of their attempts, which are never written to disk.
import type { RequestProgress } from '../core/activity/requestProgress';

const maxRequests = 500;

export type RecentRequest = Pick<RequestProgress, 'request' | 'reply'>;

export class RecentRequests {
  /** By row ID, in the order in which the requests ended. */
  readonly #requests = new Map<string, RecentRequest>();

  /** `id`: the row's ID; see rowId(). The prompt is not kept: its conversation decides how long it stays in memory. */
  add(id: string, { request, reply }: RecentRequest): void {
    this.#requests.set(id, { request: { ...request, messages: [] }, reply });
    const oldest = this.#requests.size > maxRequests ? this.#requests.keys().next().value : undefined;
    if (oldest !== undefined) this.#requests.delete(oldest);
  }

  get(id: string): RecentRequest | undefined {
    return this.#requests.get(id);
  }
}
