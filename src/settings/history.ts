// The settings of the history.
import { l10n } from 'vscode';
import { numberBetween } from './accept';
import { read, readFlag } from './reading';

/** Whether conversations and drafts are kept on disk. @throws SettingInvalid */
export function readHistoryEnabled(): boolean {
  return readFlag('history.enabled');
}

/** How large the history of a workspace may become, in bytes. @throws SettingInvalid */
export function readHistoryLimit(): number {
  const accept = numberBetween(1, 100_000, { whole: true });
  const megabytes = read(
    'history.maxMegabytes',
    (value) => accept(value) ?? undefined,
    () => l10n.t('It must be a whole number from {0} to {1}.', 1, 100_000),
  );
  return megabytes * 1024 * 1024;
}
