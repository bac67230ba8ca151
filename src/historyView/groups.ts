// How conversations and drafts are grouped in the list: by when the last prompt was sent, or something was typed.
import { l10n } from 'vscode';
import type { DraftSummary } from '../history/draftSummary';
import type { Summary } from '../history/summary';
import { formatTime } from '../ui/format';

export type HistoryRow = Summary | DraftSummary;

export interface SummaryGroup {
  /** Stays the same while the view is open. */
  readonly id: string;
  readonly label: string;
  /** The latest first. */
  readonly rows: readonly HistoryRow[];
  /** Whether its rows are shown at once. */
  readonly isOpen: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** `now`: ms since the epoch. */
export function groupsOf(rows: readonly HistoryRow[], now: number): readonly SummaryGroup[] {
  const groups = new Map<string, HistoryRow[]>();
  const keyOf = keyFinder(now);
  for (const row of rows.toSorted((a, b) => b.at - a.at)) {
    const key = row.isPinned ? 'pinned' : keyOf(row.at);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const pinned = groups.get('pinned');
  const keys = [...(pinned ? ['pinned'] : []), ...[...groups.keys()].filter((key) => key !== 'pinned')];
  return keys.map((key, index) => ({
    id: key,
    label: labelOf(key, groups.get(key)?.[0]?.at ?? now),
    rows: groups.get(key) ?? [],
    // The newest rows, whenever that was.
    isOpen: index === 0 || key in recentLabels,
  }));
}

const recentLabels: { readonly [key: string]: () => string } = {
  pinned: () => l10n.t('Pinned'),
  today: () => l10n.t('Today'),
  yesterday: () => l10n.t('Yesterday'),
  week: () => l10n.t('Previous 7 days'),
};

function labelOf(key: string, at: number): string {
  return recentLabels[key]?.() ?? formatTime(at, { month: 'long', year: 'numeric' });
}

/** Returns a function from a time (ms since the epoch) to the key of its group. */
function keyFinder(now: number): (at: number) => string {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const yesterday = new Date(today - dayMs / 2).setHours(0, 0, 0, 0);
  /** The month of the last conversation that was asked about: they come in order. */
  let month = { from: Infinity, to: -Infinity, key: '' };
  return (at) => {
    if (at >= today) return 'today';
    if (at >= yesterday) return 'yesterday';
    if (at >= today - 7 * dayMs) return 'week';
    if (at < month.from || at >= month.to) month = monthAround(at);
    return month.key;
  };
}

function monthAround(at: number): { readonly from: number; readonly to: number; readonly key: string } {
  const date = new Date(at);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  const start = (of: number) => new Date(year, of, 1).getTime();
  return { from: start(month), to: start(month + 1), key: `${year}-${month}` };
}
