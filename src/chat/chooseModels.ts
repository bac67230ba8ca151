// The command that chooses which models VS Code Chat offers.
import { type QuickPickItem, l10n, window } from 'vscode';
import { shortName } from '../models/modelIds';
import { readModels, unlessInvalid, writeSetting } from '../settings';
import { readChatModels } from '../settings/chat';
import { labelText } from '../util/plainText';
import { agreesToNoStop } from './notices';

interface ModelRow extends QuickPickItem {
  readonly id: string;
}

/** @throws SettingInvalid, SettingNotWritten */
export async function chooseChatModels(): Promise<void> {
  const models = [...readModels().values()];
  // Choosing models mends an invalid setting.
  const offered = new Set(unlessInvalid(readChatModels, []).map(({ id }) => id));
  const rows = models.map(({ id, label }): ModelRow => {
    const name = labelText(shortName(id, label));
    return { id, label: name, ...(name !== id && { description: labelText(id) }), picked: offered.has(id) };
  });
  const chosen = await window.showQuickPick(rows, {
    canPickMany: true,
    matchOnDescription: true,
    title: l10n.t('Models for VS Code Chat'),
    placeHolder: l10n.t('Any extension can use these models, and you pay for it'),
  });
  if (!chosen) return;
  const turnsOn = offered.size === 0 && chosen.length > 0;
  if (turnsOn && !(await agreesToNoStop())) return;
  await writeSetting('chat.models', choiceOf(chosen, models.length));
}

/** The value of the setting for `chosen` of `count` models. */
function choiceOf(chosen: readonly ModelRow[], count: number): 'none' | 'all' | readonly string[] {
  if (chosen.length === 0) return 'none';
  return chosen.length === count ? 'all' : chosen.map(({ id }) => id);
}
