// The commands of Set Up: set up, set and clear credentials, select a model, check the connection.
import { l10n } from 'vscode';
import type { CommandRows } from '../ui/commands';
import { showInformationMessage } from '../ui/messages';
import type { SetUpDialogs } from './loadSetUp';

export function connectionCommands(
  setUp: SetUpDialogs,
  ask: () => unknown,
  check: () => unknown,
): CommandRows<'setUp' | 'setCredentials' | 'checkConnection' | 'clearCredentials'> {
  return {
    setUp: async () => {
      if (!(await setUp.all())) return;
      const askLabel = l10n.t('Ask…');
      const checkLabel = l10n.t('Check Connection');
      const chosen = await showInformationMessage(
        l10n.t(
          'Setup is complete. Select text and choose “Bedrock › Send Selection as Prompt”, or ask something now.',
        ),
        checkLabel,
        askLabel,
      );
      if (chosen === askLabel) await ask();
      if (chosen === checkLabel) await check();
    },
    setCredentials: async () => {
      if (await setUp.credentialsAlone()) void showInformationMessage(l10n.t('The credentials are stored.'));
    },
    checkConnection: check,
    clearCredentials: () => setUp.clear(),
  };
}
