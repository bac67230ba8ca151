// The settings of what the extension offers in editors.
import { l10n } from 'vscode';
import { read } from './reading';

/** Whether the light bulb offers to explain and fix problems. @throws SettingInvalid */
export function readOffersCodeActions(): boolean {
  return read(
    'editor.codeActions',
    (value) => (typeof value === 'boolean' ? value : undefined),
    () => l10n.t('It must be true or false.'),
  );
}
