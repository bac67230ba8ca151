// Which conversations are deleted when there is no room for all.
import type { Summary } from './summary';

/** What is left fills this share of the room, so that not every prompt deletes a conversation. */
const filledShare = 0.95;

/** Bytes of conversations with their pictures and documents, each of which is there once. */
export function storedSize(summaries: Iterable<Summary>): number {
  const blobs = new Map<string, number>();
  let size = 0;
  for (const summary of summaries) {
    size += summary.size;
    for (const blob of summary.blobs ?? []) blobs.set(blob.sha256, blob.size);
  }
  for (const blob of blobs.values()) size += blob;
  return size;
}

/**
 * The IDs of the oldest conversations without which the rest fits into `maxSize` bytes; none if all do. Never pinned
 * ones, nor those that `isInUse` says are in use.
 */
export function conversationsToTrim(
  summaries: readonly Summary[],
  maxSize: number,
  isInUse: (id: string) => boolean,
): readonly string[] {
  let size = storedSize(summaries);
  if (size <= maxSize) return [];
  /** How many conversations use a picture or a document. */
  const uses = new Map<string, number>();
  for (const { sha256 } of summaries.flatMap(({ blobs = [] }) => blobs))
    uses.set(sha256, (uses.get(sha256) ?? 0) + 1);
  const trimmed: string[] = [];
  for (const summary of summaries.toSorted((a, b) => a.at - b.at)) {
    if (size <= maxSize * filledShare) break;
    if (summary.isPinned || isInUse(summary.id)) continue;
    trimmed.push(summary.id);
    size -= summary.size;
    for (const blob of summary.blobs ?? []) {
      const left = (uses.get(blob.sha256) ?? 1) - 1;
      uses.set(blob.sha256, left);
      if (left === 0) size -= blob.size;
    }
  }
  return trimmed;
}
