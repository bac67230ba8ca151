// The settings of the reply panel.
import { l10n } from 'vscode';
import { read } from './reading';

/** Whether a notification says that a reply ended out of sight. @throws SettingInvalid */
export function readNotifiesReply(): boolean {
  return read(
    'reply.notify',
    (value) => (typeof value === 'boolean' ? value : undefined),
    () => l10n.t('It must be true or false.'),
  );
}
