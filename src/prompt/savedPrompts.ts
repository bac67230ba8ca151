// The saved prompts, with their labels, in the order in which they are offered.
import { l10n } from 'vscode';
import { type SavedPrompt, readPrompts } from '../settings';

export interface OfferedPrompt extends SavedPrompt {
  /** The name; for built-in prompts, in the user's language. */
  readonly label: string;
}

/** Built-in names are keys of the setting, which the manifest can't translate, unlike the texts. */
const builtInLabels: ReadonlyMap<string, () => string> = new Map([
  ['Explain', () => l10n.t('Explain')],
  ['Review', () => l10n.t('Review')],
  ['Fix Problems', () => l10n.t('Fix Problems')],
  ['Simplify', () => l10n.t('Simplify')],
  ['Write Tests', () => l10n.t('Write Tests')],
  ['Translate…', () => l10n.t('Translate…')],
]);

/** The workspace's prompts come last, so that pressing Enter without looking does not send one. */
const order = ['user', 'builtIn', 'workspace'] as const;

/** @throws SettingInvalid */
export function offeredPrompts(): readonly OfferedPrompt[] {
  const prompts = readPrompts().map((prompt) => ({
    ...prompt,
    label: (prompt.from === 'builtIn' ? builtInLabels.get(prompt.name)?.() : undefined) ?? prompt.name,
  }));
  return order.flatMap((from) => prompts.filter((prompt) => prompt.from === from));
}
