// The periods for which Activity shows usage, in the user's time zone.

export const periods = ['today', 'sevenDays', 'thirtyDays', 'month', 'all'] as const;
export type Period = (typeof periods)[number];

/** The start of a period that lasts until `now`, ms since the epoch. Days are whole; today is the last of them. */
export function beginningOf(period: Period, now: number): number {
  const day = new Date(now);
  const daysAgo = (days: number) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime();
  switch (period) {
    case 'today':
      return daysAgo(0);
    case 'sevenDays':
      return daysAgo(6);
    case 'thirtyDays':
      return daysAgo(29);
    case 'month':
      return new Date(day.getFullYear(), day.getMonth(), 1).getTime();
    case 'all':
      return -Infinity;
  }
}

/** The start of the day after `now`, ms since the epoch. */
export function nextDay(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

/** The local date of `at` (ms since the epoch), YYYY-MM-DD. */
export function localDay(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
