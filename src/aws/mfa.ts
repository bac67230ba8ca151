// The box that asks for the code of an MFA device.
import { l10n } from 'vscode';
import { askText } from '../ui/quickInput';
import { abortable } from '../core/model/abortable';
import { serialize } from '../util/serialize';
import { plainText } from '../util/plainText';
import type { ResolveContext } from './resolveContext';

/**
 * Six digits; undefined when the box was left, or `signal` closed it. VS Code shows one box at a time, and a second
 * closes the first: each waits for those before it, whatever became of them.
 */
export const askMfaCode: ResolveContext['askCode'] = serialize(async (wanted, signal) => {
  if (signal.aborted) return undefined;
  // A box that is never left must not keep the next from being shown.
  return abortable(ask(wanted, signal), signal).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
});

const ask: ResolveContext['askCode'] = async ({ profile, serial }, signal) => {
  const answer = await askText(
    { title: l10n.t('Sign In to AWS with MFA') },
    {
      prompt: l10n.t(
        'Code that the device {0} shows now, for the AWS profile “{1}”.',
        plainText(serial),
        plainText(profile),
      ),
      placeHolder: l10n.t('Six digits'),
      problem: (text) => (digits(text) ? undefined : l10n.t('The code has six digits.')),
      signal,
    },
  );
  return typeof answer === 'object' ? digits(answer.value) : undefined;
};

/** Some apps show the code in two groups. */
function digits(text: string): string | undefined {
  return /^\d{6}$/.exec(text.replace(/\s/g, ''))?.[0];
}
