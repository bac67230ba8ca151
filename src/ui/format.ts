// Numbers, times and lists as people who use VS Code's language write them.
import { env } from 'vscode';
import { dateFormat, listFormat, numberFormat } from '../util/intl';

/** A number: "1,204". */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numberFormat(env.language, options).format(value);
}

/** `ms` as seconds, with as many decimals, without the unit: "1.2". */
export function formatSeconds(ms: number, decimals = 1): string {
  return formatNumber(ms / 1000, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A time, in ms since the epoch; with day and time, to the minute, unless `options` say otherwise. */
export function formatTime(
  at: number,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string {
  return dateFormat(env.language, options).format(at);
}

/** A day of the calendar, YYYY-MM-DD; as it is if it is none. */
export function formatDay(day: string): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? day : formatTime(at, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** "a, b, and c". */
export function formatList(items: readonly string[]): string {
  return listFormat(env.language, {}).format(items);
}

export function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
