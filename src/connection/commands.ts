import { l10n, window } from 'vscode';
import type { CommandRows } from '../commands';
import { pickModel } from './pickModel';
import type { SetUp } from './setUp';

export function connectionCommands(setUp: SetUp, ask: () => unknown, check: () => unknown): CommandRows {
  return {
    setUp: async () => {
      if (!(await setUp.all())) return;
      const now = l10n.t('Ask…');
      const checking = l10n.t('Check Connection');
      const chosen = await window.showInformationMessage(
        l10n.t(
          'Set-up is complete. Select text and choose “Bedrock › Send Selection as Prompt”, or ask something now.',
        ),
        checking,
        now,
      );
      if (chosen === now) ask();
      if (chosen === checking) await check();
    },
    setCredentials: async () => {
      if (await setUp.credentialsAlone())
        void window.showInformationMessage(l10n.t('The credentials are stored.'));
    },
    checkConnection: check,
    clearCredentials: () => setUp.clear(),
    selectModel: async () => {
      const answer = await pickModel({ title: l10n.t('Select Model') });
      if (typeof answer === 'object') await setUp.storeModel(answer.value);
    },
  };
}
