// The settings of the record of requests.
import { l10n } from 'vscode';
import { numberBetween } from './accept';
import { read } from './reading';

const minDays = 1;
const maxDays = 3660;

/** How many days records are kept. @throws SettingInvalid */
export function readRetentionDays(): number {
  const accept = numberBetween(minDays, maxDays, { whole: true });
  return read(
    'activity.retentionDays',
    (value) => accept(value) ?? undefined,
    () => l10n.t('It must be a whole number from {0} to {1}.', minDays, maxDays),
  );
}

/** USD per month; 0 means no budget. @throws SettingInvalid */
export function readMonthlyBudget(): number {
  const accept = numberBetween(0, 1e9);
  return read(
    'activity.monthlyBudgetUsd',
    (value) => accept(value) ?? undefined,
    () => l10n.t('It must be a number, 0 or more. 0 means no budget.'),
  );
}
