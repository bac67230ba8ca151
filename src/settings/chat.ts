// The setting chat.models: which models VS Code Chat offers.
import { l10n } from 'vscode';
import type { Model } from './model';
import { normalizeModelId } from './modelId';
import { readModels } from './models';
import { SettingInvalid, configuration, read, section } from './reading';
import { plainText } from '../util/plainText';

/** Whether VS Code Chat is to offer any model, judging by a value that need not be valid. */
export function asksForChatModels(): boolean {
  const value = configuration().get<unknown>('chat.models');
  return value !== 'none' && !(Array.isArray(value) && value.length === 0);
}

/** The models that VS Code Chat is to offer, in the order of the setting `models`. @throws SettingInvalid */
export function readChatModels(): readonly Model[] {
  const { models, chosen } = readChoice();
  return [...models.values()].filter(({ id }) => chosen.has(id));
}

/** @throws SettingInvalid if the setting, or an ID in it, is not valid. */
export function checkChatModels(): void {
  const { models, chosen } = readChoice();
  const unknown = [...chosen].find((id) => !models.has(id));
  if (unknown !== undefined)
    throw new SettingInvalid(
      'chat.models',
      l10n.t(
        '{0} is not one of your models. Add it to {1}, or remove it here.',
        plainText(unknown),
        `${section}.models`,
      ),
    );
}

function readChoice(): { readonly models: ReadonlyMap<string, Model>; readonly chosen: ReadonlySet<string> } {
  const models = readModels();
  const choice = read('chat.models', choiceOf, () =>
    l10n.t('It must be "none", "all", or a list of model IDs from {0}.', `${section}.models`),
  );
  return { models, chosen: new Set(choice === 'all' ? models.keys() : choice) };
}

/** The chosen IDs, or `all`; undefined if `value` is not valid. */
function choiceOf(value: unknown): 'all' | readonly string[] | undefined {
  if (value === 'none') return [];
  if (value === 'all') return value;
  if (!Array.isArray(value)) return undefined;
  const ids = value.map((each: unknown) => (typeof each === 'string' ? normalizeModelId(each) : ''));
  return ids.every(Boolean) ? ids : undefined;
}
