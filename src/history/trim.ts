// Which conversations are deleted when there is no room for all.
import type { Summary } from './summary';

/** What is left fills this share of the room, so that not every prompt deletes a conversation. */
const filledShare = 0.95;

/**
 * The IDs of the oldest conversations without which the rest fits into `maxSize` bytes; none if all do. Never pinned
 * ones, nor those that `isInUse` says are in use.
 */
export function conversationsToTrim(
  summaries: readonly Summary[],
  maxSize: number,
  isInUse: (id: string) => boolean,
): readonly string[] {
  let size = summaries.reduce((sum, summary) => sum + summary.size, 0);
  if (size <= maxSize) return [];
  const trimmed: string[] = [];
  for (const summary of summaries.toSorted((a, b) => a.at - b.at)) {
    if (size <= maxSize * filledShare) break;
    if (summary.isPinned || isInUse(summary.id)) continue;
    trimmed.push(summary.id);
    size -= summary.size;
  }
  return trimmed;
}
