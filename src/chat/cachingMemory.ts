// Whether caching pays: VS Code passes no usage on from one request to the next, so what was written and read is added up
// here.
import type { Usage } from '../core/model/usage';
import { type CachingSums, isLost } from '../prompt/promptCaching';

/** How many conversations are remembered. */
const maxConversations = 500;

export class CachingMemory {
  /** The one used last at the end. */
  private readonly sums = new Map<string, CachingSums & { readonly last: number }>();

  /** A reply of `conversation` has been counted. */
  add(conversation: string, { cacheRead, cacheWrite }: Pick<Usage, 'cacheRead' | 'cacheWrite'>): void {
    const { read = 0, written = 0, last = 0 } = this.sums.get(conversation) ?? {};
    this.sums.delete(conversation);
    // What the last reply wrote, nothing could have read before this one.
    this.sums.set(conversation, { read: read + cacheRead, written: written + last, last: cacheWrite });
    for (const oldest of this.sums.keys()) if (this.sums.size > maxConversations) this.sums.delete(oldest);
  }

  /** Whether caching has cost more than it saved in `conversation`. */
  isLost(conversation: string): boolean {
    const sums = this.sums.get(conversation);
    return sums !== undefined && isLost(sums);
  }
}
