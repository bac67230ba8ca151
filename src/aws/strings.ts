// Texts that describe a profile: its kind, and its problem.
import { l10n } from 'vscode';
import type {
  AwsFile,
  UnusedSource,
  CredentialSourceKind,
  SettingProblem,
} from '../core/model/failureDetails';
import type { Kind, Profile, Role } from './profile';

/** A short description of the profile's source, shown after its name. */
export function describeKind(profile: Profile): string {
  return (kinds[profile.kind] as (profile: Profile) => string)(profile);
}

/** Lists unused credential sources, each with the file that configures it. */
export function describeUnusedSources(sources: readonly UnusedSource[]): string {
  return sources.map(({ source, file }) => sourceTexts[source](fileName(file))).join(', ');
}

const sourceTexts: { readonly [W in CredentialSourceKind]: (file: string) => string } = {
  role: (file) => l10n.t('a role in {0}', file),
  webIdentity: (file) => l10n.t('a web identity in {0}', file),
  sso: (file) => l10n.t('SSO in {0}', file),
  keys: (file) => l10n.t('access keys in {0}', file),
  login: (file) => l10n.t('“aws login” in {0}', file),
  process: (file) => l10n.t('a credential_process in {0}', file),
};

/**
 * The name of a file in texts that the user may share: `~/.aws/config`. If a variable sets its path, the variable's
 * name, since the path may contain a person's name.
 */
export function fileName(file: AwsFile): string {
  const variables = { config: 'AWS_CONFIG_FILE', credentials: 'AWS_SHARED_CREDENTIALS_FILE' };
  return process.env[variables[file]] ? variables[file] : `~/.aws/${file}`;
}

/** The header of a profile's section, as it is in the file. */
export function sectionName(profile: string, file: AwsFile): string {
  return file === 'config' && profile !== 'default' ? `[profile ${profile}]` : `[${profile}]`;
}

const kinds: { readonly [K in Kind]: (profile: Extract<Profile, { kind: K }>) => string } = {
  keys: ({ sessionToken }) => (sessionToken ? l10n.t('temporary access keys') : l10n.t('access keys')),
  sso: ({ roleName, accountId }) => l10n.t('SSO, {0} in account {1}', roleName, accountId),
  role: (role) =>
    role.mfaSerial === undefined
      ? l10n.t('role {0}, from {1}', nameOf(role.roleArn), sourceName(role))
      : l10n.t('role {0}, from {1}, with MFA', nameOf(role.roleArn), sourceName(role)),
  webIdentity: ({ roleArn }) => l10n.t('role {0}, by web identity', nameOf(roleArn)),
  process: () => l10n.t('by a program ({0})', 'credential_process'),
  login: () => l10n.t('sign-in to the AWS console ({0})', 'aws login'),
  environment: () => l10n.t('environment variables'),
  container: () => l10n.t('the container’s role'),
  instance: () => l10n.t('the machine’s role'),
  incomplete: () => l10n.t('incomplete'),
};

const nameOf = (roleArn: string) => roleArn.split('/').at(-1) ?? roleArn;

function sourceName({ profile, source }: Role): string {
  return source.profile === profile && source.kind !== 'keys' ? describeKind(source) : source.profile;
}

/** Describes a problem in a sentence; see FailureDetails about `subject`. */
export function describeProblem(problem: SettingProblem, subject: string): string {
  return problems[problem](subject);
}

const problems: { readonly [P in SettingProblem]: (subject: string) => string } = {
  empty: () => l10n.t('It contains no credentials.'),
  malformed: (place) => l10n.t('{0} is neither “[section]” nor “name = value”.', place),
  shellCommand: (place) =>
    l10n.t(
      '{0} is a shell command. In this file, write “name = value”, without “export”, “set” or “$env:”.',
      place,
    ),
  unreadable: (file) => l10n.t('Couldn’t read {0}.', file),
  settingMissing: (setting) => l10n.t('{0} is missing.', setting),
  notPlain: (setting) =>
    l10n.t(
      '{0} contains an invalid character: a quotation mark, a space, a comma at the end, or an invisible character.',
      setting,
    ),
  notNumber: (setting) => l10n.t('{0} is not a number.', setting),
  refused: (role) => l10n.t('AWS rejects its settings for the role {0}.', role),
  roleWithoutSource: () =>
    l10n.t('It has a role_arn, but neither a source_profile nor another source of credentials.'),
  twoSources: () => l10n.t('It has both a source_profile and a credential_source. Only one is allowed.'),
  sourceMissing: (source) => l10n.t('Its source_profile “{0}” does not exist.', source),
  sourceUnknown: (source) =>
    l10n.t('Its credential_source “{0}” is not Environment, EcsContainer or Ec2InstanceMetadata.', source),
  sourceEmpty: (source) =>
    l10n.t('Its credential_source {0} provides no credentials on this machine.', source),
  cycle: (path) => l10n.t('Its source_profile leads back to itself: {0}.', path),
  sessionMissing: (session) => l10n.t('Its sso_session “{0}” does not exist.', session),
  tokenMissing: (file) => l10n.t('Couldn’t read the token file {0}.', file),
  programMissing: (program) =>
    program ? l10n.t('The program “{0}” was not found.', program) : l10n.t('Its program was not found.'),
  programNotStarted: (program) =>
    program ? l10n.t('Couldn’t start the program “{0}”.', program) : l10n.t('Couldn’t start its program.'),
  programFailed: (code) => l10n.t('The program exited with code {0}.', code),
  programEnded: (signal) => l10n.t('The program was terminated by {0}.', signal),
  programTooSlow: (seconds) => l10n.t('The program took more than {0} s and was stopped.', seconds),
  outputNotJson: () => l10n.t('The program’s output is not JSON.'),
  outputIncomplete: (field) => l10n.t('The program’s output has no valid “{0}”.', field),
  outputExpired: (time) => l10n.t('The credentials in the program’s output have expired ({0}).', time),
};
