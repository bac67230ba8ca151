// Advice for profiles of ~/.aws that provide no credentials.
import { l10n } from 'vscode';
import { fileName, describeProblem, sectionName } from '../aws/strings';
import type { AwsFile, SettingProblem } from '../core/model/failureDetails';
import { type AdviceRow, type AdviceRows, advice, openAwsFile } from './row';

const signedOut =
  (title: () => string): AdviceRow =>
  ({ profile = '' }) =>
    advice(
      title(),
      l10n.t(
        'The sign-in of the AWS profile “{0}” has expired, or there was none. Sign in, then send the prompt again.',
        profile,
      ),
      'signIn',
      'sendAgain',
      'setCredentials',
    );

export const profilesAdvice = {
  profileNotFound: ({ profile = '', profiles = [], subject = '' }) =>
    profiles.length > 0
      ? advice(
          l10n.t('There is no AWS profile “{0}”', profile),
          l10n.t('Choose one of the profiles in {0}: {1}.', '~/.aws', listed(profiles)),
          'setCredentials',
          'openAwsConfig',
        )
      : advice(
          l10n.t('There is no AWS profile “{0}”', profile),
          l10n.t(
            '{0} contains no profiles. Create one with “aws configure sso” or “aws configure”.',
            subject,
          ),
          'setCredentials',
        ),
  profileIncomplete: ({ profile = '', problem = 'empty', subject = '', file }) =>
    advice(
      l10n.t('The AWS profile “{0}” cannot be used', profile),
      [describeProblem(problem, subject), file && !namesFile.has(problem) && seeSection(profile, file)]
        .filter(Boolean)
        .join(' '),
      openAwsFile(file),
      'setCredentials',
    ),
  ssoSessionExpired: signedOut(() => l10n.t('You are not signed in with SSO')),
  loginExpired: signedOut(() => l10n.t('You are not signed in to AWS')),
  ssoRoleDenied: ({ profile = '', subject = '', file }) =>
    advice(
      l10n.t('Your SSO user is not assigned to the role'),
      l10n.t(
        'You are signed in, but not assigned to {0}, which the AWS profile “{1}” names. The administrator of IAM Identity Center can assign you.',
        subject,
        profile,
      ),
      openAwsFile(file),
      'setCredentials',
    ),
  mfaCancelled: ({ profile = '' }) =>
    advice(
      l10n.t('You entered no MFA code'),
      l10n.t('The AWS profile “{0}” needs one. Nothing was sent.', profile),
      'sendAgain',
      'setCredentials',
    ),
  mfaRejected: ({ profile = '', subject = '', file }) =>
    advice(
      l10n.t('AWS rejected the MFA code'),
      l10n.t(
        'The code was mistyped, too old or already used, or the profile “{0}” names another device ({1}). Wait for the next code.',
        profile,
        subject,
      ),
      'sendAgain',
      openAwsFile(file),
    ),
  assumeRoleDenied: ({ profile = '', subject = '', file }) =>
    advice(
      l10n.t('AWS does not let you assume the role'),
      l10n.t(
        'The role {0} of the AWS profile “{1}” must trust the identity that assumes it, and that identity needs the permission sts:AssumeRole for it.',
        subject,
        profile,
      ),
      openAwsFile(file),
      'setCredentials',
    ),
  webIdentityFailed: ({ profile = '', problem, subject = '', file }) =>
    advice(
      l10n.t('Couldn’t get credentials from the web identity of the AWS profile “{0}”', profile),
      problem
        ? describeProblem(problem, subject)
        : l10n.t(
            'AWS rejected its token for the role {0}: the token has expired, or the role does not trust it.',
            subject,
          ),
      'sendAgain',
      openAwsFile(file),
      'setCredentials',
    ),
  credentialProcessFailed: ({ profile = '', problem = 'outputNotJson', subject = '', file }) =>
    advice(
      l10n.t('Couldn’t get credentials from the credential_process of the AWS profile “{0}”', profile),
      describeProblem(problem, subject),
      'sendAgain',
      openAwsFile(file),
      'setCredentials',
    ),
  credentialsUnreachable: ({ profile = '', host = '', code = '' }) =>
    advice(
      l10n.t('Couldn’t ask AWS for credentials'),
      l10n.t(
        '{0} gave no usable answer ({1}), so the AWS profile “{2}” provides no credentials. Check the network connection, and whether you need a VPN or proxy.',
        host,
        code,
        profile,
      ),
      'sendAgain',
      'setCredentials',
    ),
} satisfies AdviceRows;

/** Problems whose text already names the file. */
const namesFile: ReadonlySet<SettingProblem> = new Set([
  'malformed',
  'shellCommand',
  'unreadable',
  'tokenMissing',
]);

function seeSection(profile: string, file: AwsFile): string {
  return l10n.t('See {0} in {1}.', sectionName(profile, file), fileName(file));
}

/** How many profiles a message lists before it ends in “…”. */
const maxListed = 12;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxListed).map((name) => `“${name}”`);
  return [...shown, ...(names.length > maxListed ? ['…'] : [])].join(', ');
}
