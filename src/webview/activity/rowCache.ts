// Caches the host's rows near the visible ones. An outdated row is kept until its update arrives, since it is better
// than an empty one.
import type { RowView } from '../../protocol/activity';
import { type Range, shiftBetween } from './visibleRange';

/** Rows that are farther than this from the last received ones are dropped. */
const maxDistance = 400;

interface CachedRow {
  readonly row: RowView;
  readonly version: number;
}

export interface RowsMessage extends Pick<Range, 'from'> {
  readonly version: number;
  readonly rows: readonly RowView[];
}

export class RowCache {
  #rows = new Map<number, CachedRow>();
  #version = 0;
  #hasRows = false;

  at(index: number): RowView | undefined {
    return this.#rows.get(index)?.row;
  }

  /** Whether all rows of a range are cached with this version or a later one. */
  has({ from, count }: Range, version: number): boolean {
    for (let index = from; index < from + count; index++)
      if ((this.#rows.get(index)?.version ?? -1) < version) return false;
    return true;
  }

  /** The index of the row with this ID; undefined if it is not cached. */
  find(id: string): number | undefined {
    for (const [index, { row }] of this.#rows) if (row.id === id) return index;
    return undefined;
  }

  /** Marks all rows as outdated, since the filter or period changed with `version`. They stay visible until then. */
  invalidate(version: number): void {
    this.#rows = new Map([...this.#rows].map(([index, { row }]) => [index, { row, version: -1 }]));
    this.#version = version;
    this.#hasRows = false;
  }

  /**
   * Stores received rows. Returns by how many rows the cached ones have moved down, preferably measured near `first`;
   * `guess` if no cached row is among the received ones.
   */
  set({ version, from, rows }: RowsMessage, first: number, guess: number): number {
    if (version < this.#version) return 0;
    if (!this.#hasRows) this.#rows.clear();
    const isNewer = this.#hasRows && version > this.#version;
    const shift = isNewer ? (this.#shift(rows, from, first) ?? guess) : 0;
    this.#hasRows = true;
    this.#version = version;
    const isNear = ([index]: readonly [number, CachedRow]) =>
      index > from - maxDistance && index < from + rows.length + maxDistance;
    const moved = [...this.#rows].map(([index, known]): [number, CachedRow] => [index + shift, known]);
    // A row that was received at another index is no longer at its old one.
    const received = new Set(rows.map(({ id }) => id));
    this.#rows = new Map(moved.filter((each) => isNear(each) && !received.has(each[1].row.id)));
    rows.forEach((row, offset) => this.#rows.set(from + offset, { row, version }));
    return shift;
  }

  #shift(rows: readonly RowView[], from: number, first: number): number | undefined {
    const inOrder = [...this.#rows.keys()].sort((a, b) => distance(a, first) - distance(b, first));
    const before = new Map(inOrder.map((index) => [index, this.#rows.get(index)?.row.id ?? '']));
    return shiftBetween(before, new Map(rows.map(({ id }, offset) => [from + offset, id])));
  }
}

/** Sorts the visible rows first, then those above. */
function distance(index: number, first: number): number {
  return index >= first ? index - first : Number.MAX_SAFE_INTEGER / 2 + first - index;
}
