// Shows an invalid setting, and opens settings.
import { commands, l10n } from 'vscode';
import { type SettingInvalid, section } from '../settings';
import { showErrorMessage } from './messages';
import { storeRegionOf } from '../settings/modelEntry';

/** A sentence that says which setting is invalid and what it must be. */
export function invalidSettingText({ setting, expected }: SettingInvalid): string {
  return l10n.t('The setting {0} cannot be used. {1}', `${section}.${setting}`, expected);
}

/** Shows which setting is invalid and what it must be, with buttons to fix or open it. Returns immediately. */
export function showInvalid(invalid: SettingInvalid): void {
  const { setting, suggestion } = invalid;
  const open = l10n.t('Open Settings');
  const use = suggestion && l10n.t('Use {0}', suggestion.region);
  const message = invalidSettingText(invalid);
  void showErrorMessage(message, ...(use === undefined ? [] : [use]), open).then((chosen) => {
    if (chosen === open) return openSettings(setting);
    return suggestion && chosen === use ? storeRegionOf(suggestion.model, suggestion.region) : undefined;
  });
}

/** Opens VS Code's settings at the given setting (without the section), or at all settings of this extension. */
export async function openSettings(setting?: string): Promise<void> {
  const query = setting === undefined ? '@ext:bedrock-gateway.bedrock-gateway' : `@id:${section}.${setting}`;
  await commands.executeCommand('workbench.action.openSettings', query);
}
