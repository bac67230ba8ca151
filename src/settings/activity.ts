// What the record of requests is told by settings.
import { l10n } from 'vscode';
import { numberBetween } from './accept';
import { read } from './reading';

const day = 1;
const tenYears = 3660;

/** Days for which records are kept. @throws SettingInvalid */
export function readRetentionDays(): number {
  const accept = numberBetween(day, tenYears, { whole: true });
  return read(
    'activity.retentionDays',
    (value) => accept(value) ?? undefined,
    () => l10n.t('It must be a whole number from {0} to {1}.', day, tenYears),
  );
}

/** USD a month; 0 is no budget. @throws SettingInvalid */
export function readMonthlyBudget(): number {
  const accept = numberBetween(0, 1e9);
  return read(
    'activity.monthlyBudgetUsd',
    (value) => accept(value) ?? undefined,
    () => l10n.t('It must be a number, 0 or more; 0 is no budget.'),
  );
}
