// The arithmetic of the virtual list: which rows are visible, and how far they move when others are inserted above.

/** px; the height of the rows in VS Code's own lists. */
export const rowHeight = 22;

export interface Range {
  /** 0-based. */
  readonly from: number;
  readonly count: number;
}

export interface ScrollState {
  /** The scroll position, px. */
  readonly top: number;
  /** The visible height, px; 0 while the list is hidden. */
  readonly height: number;
  /** The number of all rows. */
  readonly count: number;
}

/** The visible rows, including partly visible ones, and `overscan` more above and below. */
export function visibleRange({ top, height, count }: ScrollState, overscan = 0): Range {
  if (height <= 0 || count === 0) return { from: 0, count: 0 };
  // There may now be fewer rows than the scroll position implies.
  const first = Math.min(Math.floor(top / rowHeight), count - 1);
  const from = Math.max(0, first - overscan);
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + overscan);
  return { from, count: Math.max(to, first + 1) - from };
}

/** The nearest scroll position, in px, that makes a row visible. */
export function scrollTopFor(row: number, { top, height }: Pick<ScrollState, 'top' | 'height'>): number {
  const lowest = row * rowHeight;
  const highest = lowest + rowHeight - height;
  // If the list is lower than a row, the top of the row is shown.
  return Math.min(lowest, Math.max(highest, top));
}

/** Whether the list is at the top, so that new rows become visible instead of scrolling it. */
export function isAtTop(top: number): boolean {
  return top < rowHeight / 2;
}

/**
 * By how many rows the rows have moved down, measured by the first row that is in both maps; undefined if none is. The
 * maps are index → ID.
 */
export function shiftBetween(
  before: ReadonlyMap<number, string>,
  after: ReadonlyMap<number, string>,
): number | undefined {
  const rows = new Map([...after].map(([row, id]) => [id, row]));
  for (const [row, id] of before) {
    const now = rows.get(id);
    if (now !== undefined) return now - row;
  }
  return undefined;
}

type Move = (row: number, page: number, last: number) => number;

const moves: Readonly<Record<string, Move>> = {
  ArrowUp: (row) => row - 1,
  ArrowDown: (row) => row + 1,
  PageUp: (row, page) => row - page,
  PageDown: (row, page) => row + page,
  Home: () => 0,
  End: (_, __, last) => last,
};

/**
 * The index that a key moves to; undefined for other keys. If `row` is undefined, an arrow key moves to the first
 * visible row.
 */
export function rowAfter(key: string, row: number | undefined, scrolled: ScrollState): number | undefined {
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  const last = scrolled.count - 1;
  if (!move || last < 0) return undefined;
  const isStep = key === 'ArrowUp' || key === 'ArrowDown';
  if (row === undefined && isStep) return Math.min(Math.ceil(scrolled.top / rowHeight), last);
  const page = Math.max(1, Math.floor(scrolled.height / rowHeight) - 1);
  return Math.min(last, Math.max(0, move(row ?? 0, page, last)));
}
