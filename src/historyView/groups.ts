// How the conversations are grouped in the list: by when their last prompt was sent.
import { l10n } from 'vscode';
import type { Summary } from '../history/summary';
import { formatTime } from '../ui/format';

export interface SummaryGroup {
  /** Stays the same while the view is open. */
  readonly id: string;
  readonly label: string;
  /** The latest first. */
  readonly summaries: readonly Summary[];
  /** Whether its conversations are shown at once. */
  readonly isOpen: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** `now`: ms since the epoch. */
export function groupsOf(summaries: readonly Summary[], now: number): readonly SummaryGroup[] {
  const groups = new Map<string, Summary[]>();
  const keyOf = keyFinder(now);
  for (const summary of summaries.toSorted((a, b) => b.at - a.at)) {
    const key = summary.isPinned ? 'pinned' : keyOf(summary.at);
    const group = groups.get(key);
    if (group) group.push(summary);
    else groups.set(key, [summary]);
  }
  const pinned = groups.get('pinned');
  const keys = [...(pinned ? ['pinned'] : []), ...[...groups.keys()].filter((key) => key !== 'pinned')];
  return keys.map((key, index) => ({
    id: key,
    label: labelOf(key, groups.get(key)?.[0]?.at ?? now),
    summaries: groups.get(key) ?? [],
    // The newest conversations, whenever that was.
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
