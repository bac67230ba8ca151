// Words for what keeps a profile of ~/.aws from giving credentials.
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
          l10n.t('Choose one of those in {0}: {1}.', '~/.aws', listed(profiles)),
          'setCredentials',
          'openAwsConfig',
        )
      : advice(
          l10n.t('There is no AWS profile “{0}”', profile),
          l10n.t('{0} holds none. The commands “aws configure sso” and “aws configure” make one.', subject),
          'setCredentials',
        ),
  profileIncomplete: ({ profile = '', problem = 'empty', subject = '', file }) =>
    advice(
      l10n.t('The AWS profile “{0}” cannot be used', profile),
      [describeProblem(problem, subject), file && !tellsPlace.has(problem) && seeSection(profile, file)]
        .filter(Boolean)
        .join(' '),
      openAwsFile(file),
      'setCredentials',
    ),
  ssoSessionExpired: signedOut(() => l10n.t('You are not signed in with SSO')),
  loginExpired: signedOut(() => l10n.t('You are not signed in to AWS')),
  ssoRoleDenied: ({ profile = '', subject = '', file }) =>
    advice(
      l10n.t('SSO does not give you the role'),
      l10n.t(
        'You are signed in, but not assigned to {0}, which the AWS profile “{1}” names. Whoever runs IAM Identity Center can assign you.',
        subject,
        profile,
      ),
      openAwsFile(file),
      'setCredentials',
    ),
  mfaCancelled: ({ profile = '' }) =>
    advice(
      l10n.t('No MFA code was given'),
      l10n.t('The AWS profile “{0}” needs one. Nothing was sent.', profile),
      'sendAgain',
      'setCredentials',
    ),
  mfaRejected: ({ profile = '', subject = '', file }) =>
    advice(
      l10n.t('AWS does not accept the MFA code'),
      l10n.t(
        'It was mistyped, too old, or used before; or the profile “{0}” names another device ({1}). Wait for the next code.',
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
      l10n.t('The web identity of the AWS profile “{0}” gives no credentials', profile),
      problem
        ? describeProblem(problem, subject)
        : l10n.t(
            'AWS does not take its token for the role {0}: it has expired, or the role does not trust it.',
            subject,
          ),
      'sendAgain',
      openAwsFile(file),
      'setCredentials',
    ),
  credentialProcessFailed: ({ profile = '', problem = 'outputNotJson', subject = '', file }) =>
    advice(
      l10n.t('The credential_process of the AWS profile “{0}” gives no credentials', profile),
      describeProblem(problem, subject),
      'sendAgain',
      openAwsFile(file),
      'setCredentials',
    ),
  credentialsUnreachable: ({ profile = '', host = '', code = '' }) =>
    advice(
      l10n.t('AWS could not be asked for credentials'),
      l10n.t(
        '{0} did not answer as it should ({1}), so the AWS profile “{2}” gives none. Check the network connection, and whether a VPN or proxy is needed.',
        host,
        code,
        profile,
      ),
      'sendAgain',
      'setCredentials',
    ),
} satisfies AdviceRows;

/** Problems whose subject is a file, or a line in one. */
const tellsPlace: ReadonlySet<SettingProblem> = new Set([
  'malformed',
  'shellCommand',
  'unreadable',
  'tokenMissing',
]);

function seeSection(profile: string, file: AwsFile): string {
  return l10n.t('See {0} in {1}.', sectionName(profile, file), fileName(file));
}

/** So many names that they can be read. */
const most = 12;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, most).map((name) => `“${name}”`);
  return [...shown, ...(names.length > most ? ['…'] : [])].join(', ');
}
