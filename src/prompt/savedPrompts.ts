// The saved prompts as they are offered, of the settings and of files.
import { type Uri, l10n } from 'vscode';
import { type SavedPrompt, SettingInvalid, readPrompts } from '../settings';
import { showInvalid } from '../ui/invalidSetting';
import type { ParsedPromptFile, UnsupportedFeature } from './promptFile';
import type { PromptOfFile } from './promptFiles';

export interface OfferedPrompt extends SavedPrompt, Pick<ParsedPromptFile, 'description' | 'argumentHint'> {
  /** The name; for built-in prompts, in the user's language. */
  readonly label: string;
  /** Absent if the prompt is in a setting. */
  readonly file?: Uri;
  readonly unsupported?: readonly UnsupportedFeature[];
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

/** The prompts of the settings, in their order. If the setting is invalid, shows an error and returns none, so that the user can still ask. */
export function settingsPrompts(): readonly OfferedPrompt[] {
  try {
    return readPrompts().map((prompt) => ({
      ...prompt,
      label: (prompt.from === 'builtIn' ? builtInLabels.get(prompt.name)?.() : undefined) ?? prompt.name,
    }));
  } catch (error) {
    if (!(error instanceof SettingInvalid)) throw error;
    showInvalid(error);
    return [];
  }
}

/** A prompt of a file, as it is offered. */
export function promptOfFile({ body, ...prompt }: PromptOfFile): OfferedPrompt {
  return { ...prompt, text: body, label: prompt.name };
}
