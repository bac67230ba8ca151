// Asks the user for an MFA code.
import { l10n } from 'vscode';
import { askText } from '../ui/quickInput';
import { abortable } from '../core/model/abortable';
import { serialize } from '../util/serialize';
import { plainText } from '../util/plainText';
import type { ResolveContext } from './resolveContext';

/**
 * Resolves to six digits; undefined if the user cancels the input box, or `signal` closes it. VS Code shows one input
 * box at a time, and a second one closes the first, so calls wait for each other.
 */
export const askMfaCode: ResolveContext['askCode'] = serialize(async (wanted, signal) => {
  if (signal.aborted) return undefined;
  // An input box that stays open must not block the next one after an abort.
  return abortable(ask(wanted, signal), signal).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
});

const ask: ResolveContext['askCode'] = async ({ profile, serial }, signal) => {
  const result = await askText(
    { title: l10n.t('Sign In to AWS with MFA') },
    {
      prompt: l10n.t(
        'Enter the code from the device {0}, for the AWS profile “{1}”.',
        plainText(serial),
        plainText(profile),
      ),
      placeHolder: l10n.t('Six digits'),
      problem: (text) => (digits(text) ? undefined : l10n.t('The code has six digits.')),
      signal,
    },
  );
  return typeof result === 'object' ? digits(result.value) : undefined;
};

/** Some apps show the code in two groups. */
function digits(text: string): string | undefined {
  return /^\d{6}$/.exec(text.replace(/\s/g, ''))?.[0];
}
