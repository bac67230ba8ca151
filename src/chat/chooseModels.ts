// The command that chooses which models VS Code Chat offers.
import { type QuickPickItem, l10n, window } from 'vscode';
import { type Model, readModels, unlessInvalid, writeSetting } from '../settings';
import { readChatModels } from '../settings/chat';
import { type OfferedModels, modelRow } from '../setup/modelRows';
import { agreesToNoStop } from './notices';

interface ChatModelRow extends QuickPickItem {
  readonly id: string;
}

/** @throws SettingInvalid, SettingNotWritten */
export async function chooseChatModels(): Promise<void> {
  const models = readModels();
  // Choosing models mends an invalid setting.
  const offered = new Set(unlessInvalid(readChatModels, []).map(({ id }) => id));
  // Without prices, the rows are complete enough.
  const prices = import('../prices/prices.chunk').catch(() => ({ listPrice: undefined }));
  const rows = prices.then(({ listPrice }) => chatModelRows(models, offered, listPrice));
  const chosen = await window.showQuickPick(rows, {
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    title: l10n.t('Models for VS Code Chat'),
    placeHolder: l10n.t('Any extension can use these models, and you pay for it'),
  });
  if (!chosen) return;
  const turnsOn = offered.size === 0 && chosen.length > 0;
  if (turnsOn && !(await agreesToNoStop())) return;
  await writeSetting('chat.models', choiceOf(chosen, models.size));
}

/** The rows, which say the same as those of Select Model…; `offered` are checked. */
export function chatModelRows(
  models: ReadonlyMap<string, Model>,
  offered: ReadonlySet<string>,
  listPrice?: OfferedModels['listPrice'],
): ChatModelRow[] {
  const offer = { models, current: undefined, ...(listPrice && { listPrice }) };
  return [...models.values()].map((model) => {
    const { name, description, detail } = modelRow(model, offer);
    return { id: model.id, label: name, description, detail, picked: offered.has(model.id) };
  });
}

/** The value of the setting for `chosen` of `count` models. */
function choiceOf(chosen: readonly ChatModelRow[], count: number): 'none' | 'all' | readonly string[] {
  if (chosen.length === 0) return 'none';
  return chosen.length === count ? 'all' : chosen.map(({ id }) => id);
}
