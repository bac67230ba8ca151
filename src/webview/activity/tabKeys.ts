// Moves between tabs by keys, wrapping around.

type Move = (tab: number, count: number) => number;

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: (tab, count) => (tab + count - 1) % count,
  ArrowRight: (tab, count) => (tab + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The 0-based index of the tab that a key moves to; undefined for other keys. */
export function tabAfter(key: string, tab: number, count: number): number | undefined {
  return Object.hasOwn(moves, key) ? moves[key]?.(tab, count) : undefined;
}
