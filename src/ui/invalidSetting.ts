import { commands, l10n } from 'vscode';
import { type SettingInvalid, section } from '../settings';
import { showErrorMessage } from './messages';
import { storeRegionOf } from '../settings/modelEntry';

/** Names a setting that cannot be used, what would be right, and offers to mend or to open it. Resolves at once. */
export function showInvalid({ setting, expected, offered }: SettingInvalid): void {
  const open = l10n.t('Open Settings');
  const use = offered && l10n.t('Use {0}', offered.region);
  const message = l10n.t('The setting {0} cannot be used. {1}', `${section}.${setting}`, expected);
  void showErrorMessage(message, ...(use === undefined ? [] : [use]), open).then((chosen) => {
    if (chosen === open) return openSettings(setting);
    return offered && chosen === use ? storeRegionOf(offered.model, offered.region) : undefined;
  });
}

/** Opens VS Code's settings at one of ours, or at all of them. */
export async function openSettings(setting?: string): Promise<void> {
  const query = setting === undefined ? '@ext:bedrock-gateway.bedrock-gateway' : `@id:${section}.${setting}`;
  await commands.executeCommand('workbench.action.openSettings', query);
}
