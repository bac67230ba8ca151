// The argument of “Ask About Selection”, by which a key sends one saved prompt: "Explain", or {"prompt": "Explain"}.
import { Uri, l10n } from 'vscode';
import { isRecord } from '../core/gateway/response';
import { showErrorMessage, showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import type { OfferedPrompt } from './savedPrompts';

/** The name in a command's argument; undefined if there is no argument, 'invalid' if it is something else. */
export function promptArgument(argument: unknown): { readonly name: string } | 'invalid' | undefined {
  // VS Code passes the URI of the document to a command in a menu.
  if (argument === undefined || argument === null || argument instanceof Uri) return undefined;
  const name = isRecord(argument) ? argument['prompt'] : argument;
  return typeof name === 'string' && name.trim() ? { name: name.trim() } : 'invalid';
}

export function showInvalidArgument(): void {
  void showErrorMessage(
    l10n.t(
      'The key is bound to this command with an invalid argument. "args" must be the name of a saved prompt, such as {0} or {1}.',
      '"Explain"',
      '{"prompt": "Explain"}',
    ),
  );
}

/** The prompt with exactly that name, in any case. The workspace's come last, so none takes the place of the user's. */
export function promptNamed(name: string, prompts: readonly OfferedPrompt[]): OfferedPrompt | undefined {
  const sameAs = (text: string) => text.toLowerCase() === name.toLowerCase();
  // Built-in prompts also by the name in the setting, which is the same in every language.
  return prompts.find((prompt) => sameAs(prompt.name) || sameAs(prompt.label));
}

/** Says that no prompt has that name. Resolves to whether the user wants to see the prompts. */
export async function offerOtherPrompts(name: string): Promise<boolean> {
  const show = l10n.t('Show Prompts');
  const message = l10n.t('No saved prompt is called “{0}”.', plainText(name));
  return (await showWarningMessage(message, show)) === show;
}
