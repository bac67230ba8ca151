// Reads the budget in an error of Policies or of a spend limit.
import type { BudgetWindow, Budget } from '../model/failureDetails';

/**
 * Reads the fields of one error; undefined if it has no budget. Fields that are not documented are recognized by likely
 * names.
 */
export function budgetIn(error: Readonly<Record<string, unknown>>): Budget | undefined {
  const spent = firstOf(error, ['spent', 'current_spend', 'currentSpend'], dollarsIn);
  const limit = firstOf(error, ['limit', 'budget', 'amount'], dollarsIn);
  const window = firstOf(error, ['period', 'window', 'interval', 'duration', 'bucket'], windowIn);
  const resetsAt = firstOf(
    error,
    ['resets_at', 'resetsAt', 'reset_at', 'resetAt', 'reset', 'window_end', 'windowEnd', 'period_end'],
    timeIn,
  );
  const budget: Budget = {
    ...(spent !== undefined && { spent }),
    ...(limit !== undefined && { limit }),
    ...(window && { window }),
    ...(resetsAt !== undefined && { resetsAt }),
  };
  return spent === undefined && limit === undefined && error['bucket'] === undefined ? undefined : budget;
}

function firstOf<T>(
  error: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  return keys.map((key) => read(error[key])).find((value) => value !== undefined);
}

function dollarsIn(value: unknown): number | undefined {
  const usd = typeof value === 'number' ? value : typeof value === 'string' && value ? Number(value) : NaN;
  return Number.isFinite(usd) && usd >= 0 && usd < 1e12 ? usd : undefined;
}

const windows: readonly (readonly [RegExp, BudgetWindow])[] = [
  [/(?:^|[^a-z])hour(?:ly)?(?:[^a-z]|$)/i, 'hour'],
  [/(?:^|[^a-z])(?:day|daily)(?:[^a-z]|$)/i, 'day'],
  [/(?:^|[^a-z])week(?:ly)?(?:[^a-z]|$)/i, 'week'],
  [/(?:^|[^a-z])month(?:ly)?(?:[^a-z]|$)/i, 'month'],
];

function windowIn(value: unknown): BudgetWindow | undefined {
  if (typeof value !== 'string') return undefined;
  return windows.find(([pattern]) => pattern.test(value.slice(0, 1000)))?.[1];
}

/** Times outside of these years are ignored, ms since the epoch. */
const minTime = Date.UTC(2020, 0);
const maxTime = Date.UTC(2100, 0);

/** A date, or seconds or milliseconds since the epoch. */
function timeIn(value: unknown): number | undefined {
  const written = typeof value === 'string' ? value : '';
  const number = typeof value === 'number' || /^\d{9,14}$/.test(written) ? Number(value) : NaN;
  const text = /^\d{4}-\d\d-\d\d/.test(written) ? Date.parse(written) : NaN;
  const time = Number.isNaN(number) ? text : number < 1e11 ? number * 1000 : number;
  return time >= minTime && time < maxTime ? time : undefined;
}
