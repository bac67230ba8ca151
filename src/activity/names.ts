// The ID and the title of the Activity view.
import { l10n } from 'vscode';
import { section } from '../settings/reading';

export const activityViewId = `${section}.activity`;

export function activityTitle(): string {
  return l10n.t('Activity');
}
