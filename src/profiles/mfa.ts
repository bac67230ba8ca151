// The box that asks for the code of an MFA device.
import { l10n } from 'vscode';
import { askText } from '../connection/inputs';
import { plainText } from '../util/plainText';
import type { Obtaining } from './obtaining';

/** VS Code shows one box at a time, and a second closes the first: each waits for those before it. */
let before: Promise<unknown> = Promise.resolve();

/** Six digits; undefined when the box was left, or `signal` closed it. */
export const askMfaCode: Obtaining['askCode'] = (wanted, signal) => {
  const code = before.then(() => (signal.aborted ? undefined : ask(wanted, signal)));
  before = code;
  return code;
};

const ask: Obtaining['askCode'] = async ({ profile, serial }, signal) => {
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
