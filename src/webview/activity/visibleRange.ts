// Of very many rows only those in sight are on the page: which these are, and where they are when others come in
// above them. Pure: px and numbers.

/** As high as the rows of VS Code's own lists, px. */
export const rowHeight = 22;

export interface Range {
  /** 0 the first. */
  readonly from: number;
  readonly count: number;
}

export interface Scrolled {
  /** How far down, px. */
  readonly top: number;
  /** How much is in sight, px; 0 while nothing is. */
  readonly height: number;
  /** How many rows there are in all. */
  readonly count: number;
}

/** The rows in sight, those of which only a part is among them, and `around` more above and below. */
export function visibleRange({ top, height, count }: Scrolled, around = 0): Range {
  if (height <= 0 || count === 0) return { from: 0, count: 0 };
  // Rows may have become fewer than the page is scrolled down.
  const first = Math.min(Math.floor(top / rowHeight), count - 1);
  const from = Math.max(0, first - around);
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + around);
  return { from, count: Math.max(to, first + 1) - from };
}

/** How far down to scroll so that a row is in sight; no farther than must be. */
export function scrolledTo(row: number, { top, height }: Pick<Scrolled, 'top' | 'height'>): number {
  const lowest = row * rowHeight;
  const highest = lowest + rowHeight - height;
  // Of what is lower than a row, its beginning is shown.
  return Math.min(lowest, Math.max(highest, top));
}

/** Whether the newest is looked at, so that it is to stay in sight when others come in above it. */
export function isAtTop(top: number): boolean {
  return top < rowHeight / 2;
}

/**
 * By how many rows those of before have moved down: told by the first that is in both. undefined when none is.
 * Both are IDs by their row.
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
 * The row to which a key goes from `row` (undefined: from none, so that the first key finds the first row in sight);
 * undefined for a key that goes nowhere.
 */
export function rowAfter(key: string, row: number | undefined, scrolled: Scrolled): number | undefined {
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  const last = scrolled.count - 1;
  if (!move || last < 0) return undefined;
  const isStep = key === 'ArrowUp' || key === 'ArrowDown';
  if (row === undefined && isStep) return Math.min(Math.ceil(scrolled.top / rowHeight), last);
  const page = Math.max(1, Math.floor(scrolled.height / rowHeight) - 1);
  return Math.min(last, Math.max(0, move(row ?? 0, page, last)));
}
