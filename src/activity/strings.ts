// The strings of the view, and values formatted in the user's language.
import { l10n } from 'vscode';
import { formatNumber, formatSeconds, formatTime, isSameDay } from '../ui/format';
import type { ActivityRecord } from '../core/activity/record';
import type { Period } from '../core/activity/period';
import { type Surface, chatExtension } from '../core/model/request';
import type { ActivityStrings, Tab } from '../protocol/activity';
import { plainText } from '../util/plainText';

export function activityStrings(): ActivityStrings {
  return {
    period: l10n.t('Period'),
    model: l10n.t('Model'),
    outcome: l10n.t('Outcome'),
    cached: l10n.t('Cache'),
    surface: l10n.t('Sent from'),
    logId: l10n.t('Part of a log ID'),
    clearFilter: l10n.t('Clear Filter'),
    whatIf: l10n.t('What if?'),
    scenarioModel: l10n.t('With another model'),
    scenarioTtl: l10n.t('With a cache'),
    loading: l10n.t('Reading the record…'),
    close: l10n.t('Close'),
    details: l10n.t('Details'),
    copied: l10n.t('Copied'),
    sortedUp: l10n.t('sorted, smallest first'),
    sortedDown: l10n.t('sorted, largest first'),
  };
}

export const tabNames: { readonly [T in Tab]: () => string } = {
  requests: () => l10n.t('Requests'),
  model: () => l10n.t('By Model'),
  day: () => l10n.t('By Day'),
};

export const periodNames: { readonly [P in Period]: () => string } = {
  today: () => l10n.t('Today'),
  sevenDays: () => l10n.t('7 days'),
  thirtyDays: () => l10n.t('30 days'),
  month: () => l10n.t('This month'),
  all: () => l10n.t('All'),
};

export const outcomeNames: { readonly [O in ActivityRecord['outcome'] | 'running']: () => string } = {
  running: () => l10n.t('Running'),
  done: () => l10n.t('Done'),
  stopped: () => l10n.t('Stopped'),
  cut: () => l10n.t('Incomplete'),
  blocked: () => l10n.t('Blocked'),
  failed: () => l10n.t('Failed'),
};

export const surfaceNames: { readonly [S in Surface]: () => string } = {
  selection: () => l10n.t('Send Selection as Prompt'),
  about: () => l10n.t('Ask About Selection…'),
  ask: () => l10n.t('Ask…'),
  followUp: () => l10n.t('Follow-up'),
  check: () => l10n.t('Check Connection'),
  chat: () => l10n.t('VS Code Chat'),
};

/** The extension that sent a prompt of VS Code Chat; undefined if `initiator` is. */
export function initiatorName(initiator: string | undefined): string | undefined {
  if (initiator === undefined) return undefined;
  if (initiator === 'core') return l10n.t('VS Code itself');
  return plainText(initiator);
}

/** Who sent a request that is not from a command of ours; undefined if that was one. */
export function senderMark({
  surface,
  initiator,
}: Pick<ActivityRecord, 'surface' | 'initiator'>): string | undefined {
  if (surface !== 'chat') return undefined;
  const name = initiator === chatExtension ? undefined : initiatorName(initiator);
  return name === undefined ? l10n.t('Chat') : l10n.t('Chat: {0}', name);
}

/** The tokens read from and written to Bedrock's prompt cache; undefined if there are none. */
export function cachedTokens({
  cacheRead = 0,
  cacheWrite = 0,
  cacheWrite1h = 0,
}: Pick<ActivityRecord, 'cacheRead' | 'cacheWrite' | 'cacheWrite1h'>): string | undefined {
  if (cacheRead + cacheWrite === 0) return undefined;
  const cached = l10n.t('{0} cached · {1} written', formatNumber(cacheRead), formatNumber(cacheWrite));
  return cacheWrite1h === 0
    ? cached
    : l10n.t('{0}, {1} of them for an hour', cached, formatNumber(cacheWrite1h));
}

/** The name for `key`; `key` itself if it is unknown, since a later version may have written it. */
export function nameFrom(names: Readonly<Record<string, () => string>>, key: string): string {
  return Object.hasOwn(names, key) ? (names[key]?.() ?? key) : key;
}

/** `share`: 0 to 1. */
export function percent(share: number): string {
  return formatNumber(share, { style: 'percent', maximumFractionDigits: 1 });
}

/** `ms` in seconds: "1.2 s". */
export function preciseSeconds(ms: number): string {
  return l10n.t('{0} s', formatSeconds(ms));
}

export function bytes(size: number): string {
  if (size < 1000) return l10n.t('{0} bytes', formatNumber(size));
  const [value, unit] = size < 1e6 ? [size / 1e3, 'kilobyte'] : [size / 1e6, 'megabyte'];
  return formatNumber(value, { style: 'unit', unit, maximumFractionDigits: 1 });
}

/** Times in ms since the epoch. Formatted to the second, with the date unless it is that of `now`. */
export function shortTime(at: number, now: number): string {
  return formatTime(
    at,
    isSameDay(now, at)
      ? { timeStyle: 'medium' }
      : { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit' },
  );
}

/** `at`: ms since the epoch. With date and time, to the second. */
export function fullTime(at: number): string {
  return formatTime(at, { dateStyle: 'medium', timeStyle: 'medium' });
}
