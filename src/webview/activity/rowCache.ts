// The rows that the host has told, near those in sight. What it told before is kept until it tells what has become
// of it: a row that is about to change is better than none.
import type { RowView } from '../../protocol/activity';
import { type Range, shiftBetween } from './visibleRange';

/** Rows farther than this from those that were told last are forgotten. */
const kept = 400;

interface Known {
  readonly row: RowView;
  readonly version: number;
}

export interface RowsMessage extends Pick<Range, 'from'> {
  readonly version: number;
  readonly rows: readonly RowView[];
}

export class RowCache {
  #rows = new Map<number, Known>();
  #version = 0;
  #isAnswered = false;

  at(index: number): RowView | undefined {
    return this.#rows.get(index)?.row;
  }

  /** Whether all of a range is known as of `version` or later. */
  has({ from, count }: Range, version: number): boolean {
    for (let index = from; index < from + count; index++)
      if ((this.#rows.get(index)?.version ?? -1) < version) return false;
    return true;
  }

  /** The row of an ID, when it is known. */
  find(id: string): number | undefined {
    for (const [index, { row }] of this.#rows) if (row.id === id) return index;
    return undefined;
  }

  /**
   * As of `version` they answer another question: what is known stays to be seen until then, but tells nothing of
   * what comes.
   */
  begin(version: number): void {
    this.#rows = new Map([...this.#rows].map(([index, { row }]) => [index, { row, version: -1 }]));
    this.#version = version;
    this.#isAnswered = false;
  }

  /**
   * Takes what the host tells, and returns by how many rows those that were known have moved down. `first` is the
   * row by which that is told when it is known; `guess` how far they have moved when none is known any more.
   */
  take({ version, from, rows }: RowsMessage, first: number, guess: number): number {
    if (version < this.#version) return 0;
    if (!this.#isAnswered) this.#rows.clear();
    const isNewer = this.#isAnswered && version > this.#version;
    const shift = isNewer ? (this.#shift(rows, from, first) ?? guess) : 0;
    this.#isAnswered = true;
    this.#version = version;
    const near = ([index]: readonly [number, Known]) =>
      index > from - kept && index < from + rows.length + kept;
    const moved = [...this.#rows].map(([index, known]): [number, Known] => [index + shift, known]);
    // One that is told elsewhere now is no more where it was.
    const told = new Set(rows.map(({ id }) => id));
    this.#rows = new Map(moved.filter((each) => near(each) && !told.has(each[1].row.id)));
    rows.forEach((row, offset) => this.#rows.set(from + offset, { row, version }));
    return shift;
  }

  #shift(rows: readonly RowView[], from: number, first: number): number | undefined {
    const inOrder = [...this.#rows.keys()].sort((a, b) => distance(a, first) - distance(b, first));
    const before = new Map(inOrder.map((index) => [index, this.#rows.get(index)?.row.id ?? '']));
    return shiftBetween(before, new Map(rows.map(({ id }, offset) => [from + offset, id])));
  }
}

/** What is in sight comes first, then what is above it. */
function distance(index: number, first: number): number {
  return index >= first ? index - first : Number.MAX_SAFE_INTEGER / 2 + first - index;
}
