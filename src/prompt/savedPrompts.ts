// The saved prompts as they are offered.
import { l10n } from 'vscode';
import { type SavedPrompt, readPrompts } from '../settings';

export interface OfferedPrompt extends SavedPrompt {
  /** The name; of ours, in the user's language. */
  readonly label: string;
}

/** Names are keys of the setting and cannot be translated there, as the texts are. */
const ours: ReadonlyMap<string, () => string> = new Map([
  ['Explain', () => l10n.t('Explain')],
  ['Review', () => l10n.t('Review')],
  ['Fix Problems', () => l10n.t('Fix Problems')],
  ['Simplify', () => l10n.t('Simplify')],
  ['Write Tests', () => l10n.t('Write Tests')],
  ['Translate…', () => l10n.t('Translate…')],
]);

/** The user's own, then ours. Last what a workspace brings: nobody who just presses Enter sends that. */
const order = ['user', 'us', 'workspace'] as const;

/** @throws SettingInvalid */
export function offeredPrompts(): readonly OfferedPrompt[] {
  const prompts = readPrompts().map((prompt) => ({
    ...prompt,
    label: (prompt.from === 'us' ? ours.get(prompt.name)?.() : undefined) ?? prompt.name,
  }));
  return order.flatMap((from) => prompts.filter((prompt) => prompt.from === from));
}
