// What Activity is called.
import { l10n } from 'vscode';
import { section } from '../settings/reading';

/** The ID of the view. */
export const activityViewId = `${section}.activity`;

/** What the user calls it. */
export function activityTitle(): string {
  return l10n.t('Activity');
}
