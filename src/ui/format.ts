// Formats numbers, times and lists in VS Code's display language.
import { env, l10n } from 'vscode';
import { dateFormat, listFormat, numberFormat } from '../util/intl';

/** Such as "1,204". */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numberFormat(env.language, options).format(value);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Such as "3.75 MB". As in Bedrock's limits, a MB has 1024 × 1024 bytes. */
export function formatBytes(bytes: number): string {
  const power = byteUnits.findIndex((_, index) => bytes < 1000 * 1024 ** index);
  const unit = byteUnits.at(power) ?? 'byte';
  return formatNumber(bytes / 1024 ** byteUnits.indexOf(unit), {
    ...{ style: 'unit', unit, maximumSignificantDigits: 3 },
    ...(unit === 'byte' && { unitDisplay: 'long' }),
  });
}

/** `ms` in seconds, with `decimals` decimals, without the unit: "1.2". */
export function formatSeconds(ms: number, decimals = 1): string {
  return formatNumber(ms / 1000, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** `at` is in ms since the epoch. By default, shows the date and the time to the minute. */
export function formatTime(
  at: number,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string {
  return dateFormat(env.language, options).format(at);
}

/** `day` is YYYY-MM-DD; any other text is returned unchanged. */
export function formatDay(day: string): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? day : formatTime(at, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** "a, b, and c". */
export function formatList(items: readonly string[]): string {
  return listFormat(env.language, {}).format(items);
}

/** "a", or "a and 3 more": many names must not fill the page. */
export function firstAndMore([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? l10n.t('{0} and {1} more', first, formatNumber(others.length)) : first;
}

export function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
