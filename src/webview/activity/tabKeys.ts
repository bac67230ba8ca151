// From tab to tab by keys, in a ring.

type Move = (tab: number, count: number) => number;

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: (tab, count) => (tab + count - 1) % count,
  ArrowRight: (tab, count) => (tab + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The tab to which a key goes; undefined for a key that goes nowhere. Both from 0. */
export function tabAfter(key: string, tab: number, count: number): number | undefined {
  return Object.hasOwn(moves, key) ? moves[key]?.(tab, count) : undefined;
}
