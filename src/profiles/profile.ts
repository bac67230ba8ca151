// What a profile says about where its credentials come from: one of a few kinds, or what it lacks for any.
// Which settings go before which is the SDK's order, so that a profile means here what it means elsewhere.
import type { Problem } from '../core/failure';
import { type Files, type ProfileSettings, shortPath } from './files';

/** Addresses that replace AWS's own, as `endpoint_url` of the profile or of its `services` section says. */
export type Endpoints = { readonly [S in Service]?: string };
export const serviceNames = ['sts', 'sso', 'sso_oidc', 'signin'] as const;
type Service = (typeof serviceNames)[number];

interface Common {
  /** The profile that says so: of a role's source, that is another than the one that was chosen. */
  readonly profile: string;
  readonly region?: string;
  readonly endpoints: Endpoints;
}

export interface Role extends Common {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly source: Profile;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  /** Seconds. */
  readonly duration?: number;
}

export interface Sso extends Common {
  readonly kind: 'sso';
  readonly accountId: string;
  readonly roleName: string;
  readonly ssoRegion: string;
  readonly startUrl: string;
  /** Absent in profiles of the older form, which have no session apart. */
  readonly session?: string;
}

export interface Keys extends Common {
  readonly kind: 'keys';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Process extends Common {
  readonly kind: 'process';
  readonly command: string;
}

export interface WebIdentity extends Common {
  readonly kind: 'webIdentity';
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName?: string;
}

export interface Login extends Common {
  readonly kind: 'login';
  readonly session: string;
}

/** What a role names in place of another profile. */
export interface Surroundings extends Common {
  readonly kind: 'environment' | 'container' | 'instance';
}

export interface Incomplete extends Common {
  readonly kind: 'incomplete';
  readonly problem: Problem;
  /** The name of what the problem is about: a setting, a profile, a line. */
  readonly subject: string;
}

export type Profile = Role | Sso | Keys | Process | WebIdentity | Login | Surroundings | Incomplete;
export type Kind = Profile['kind'];

/** What the profile `name` says; undefined when there is none of that name. */
export function profileNamed(name: string, files: Files): Profile | undefined {
  const found = files.profiles.get(name);
  return found && read(name, found, files, []);
}

function read(name: string, found: ProfileSettings, files: Files, above: readonly string[]): Profile {
  const { settings, malformed } = found;
  const get = (setting: string) => settings.get(setting);
  const common = {
    profile: name,
    endpoints: endpointsOf(settings, files),
    ...optional('region', get('region')),
  };
  const incomplete = (problem: Problem, subject = ''): Incomplete => ({
    ...common,
    kind: 'incomplete',
    problem,
    subject,
    // What is missing may stand in a line that could not be read, or in a file.
    ...(lacks.has(problem) && malformed !== undefined && { problem: 'malformed', subject: malformed }),
    ...(lacks.has(problem) &&
      files.unreadable !== undefined && { problem: 'unreadable', subject: shortPath(files.unreadable) }),
  });
  /** A profile with some of `names`, which takes all of them. */
  const lacking = (...names: readonly string[]) => names.find((setting) => !get(setting));

  const keys = () =>
    ({
      ...common,
      kind: 'keys',
      accessKeyId: get('aws_access_key_id') ?? '',
      secretAccessKey: get('aws_secret_access_key') ?? '',
      ...optional('sessionToken', get('aws_session_token')),
    }) as const;
  const hasKeys = !lacking('aws_access_key_id', 'aws_secret_access_key');

  const role = (roleArn: string): Profile => {
    const duration = get('duration_seconds');
    if (duration !== undefined && !/^\d+$/.test(duration)) return incomplete('notNumber', 'duration_seconds');
    return {
      ...common,
      kind: 'role',
      roleArn,
      source: sourceOf(),
      ...optional('sessionName', get('role_session_name')),
      ...optional('externalId', get('external_id')),
      ...optional('mfaSerial', get('mfa_serial')),
      ...(duration !== undefined && { duration: Number(duration) }),
    };
  };
  const sourceOf = (): Profile => {
    const credentialSource = get('credential_source');
    if (credentialSource !== undefined) {
      const kind = sources.get(credentialSource.toLowerCase());
      return kind ? { ...common, kind } : incomplete('sourceUnknown', credentialSource);
    }
    const source = get('source_profile') ?? '';
    const other = files.profiles.get(source);
    if (!other) return incomplete('sourceMissing', source);
    const path = [...above, name];
    // A profile may name itself, for keys that stand beside its role.
    if (path.includes(source) && !(source === name && hasKeys))
      return incomplete('cycle', [...path.slice(path.indexOf(source)), source].join(' → '));
    return source === name ? keys() : read(source, other, files, path);
  };

  // Of a source, its own keys go before its role.
  if (above.length > 0 && hasKeys) return keys();
  const roleArn = get('role_arn');
  const [source, credentialSource] = [get('source_profile'), get('credential_source')];
  if (roleArn && source && credentialSource) return incomplete('twoSources');
  if (roleArn && (source || credentialSource)) return role(roleArn);
  if (above.length > 0 && credentialSource) return sourceOf();
  if (hasKeys) return keys();

  const tokenFile = get('web_identity_token_file');
  if (roleArn && tokenFile)
    return {
      ...common,
      kind: 'webIdentity',
      roleArn,
      tokenFile,
      ...optional('sessionName', get('role_session_name')),
    };
  const command = get('credential_process');
  // One that goes on in the lines below is still one.
  if (command) return { ...common, kind: 'process', command: command.replaceAll('\n', ' ') };
  if (ssoSettings.some(get)) return sso();
  const session = get('login_session');
  if (session) return { ...common, kind: 'login', session };

  if (roleArn) return incomplete('roleWithoutSource');
  if (tokenFile) return incomplete('settingMissing', 'role_arn');
  if (source || credentialSource || get('mfa_serial')) return incomplete('settingMissing', 'role_arn');
  if (get('aws_access_key_id')) return incomplete('settingMissing', 'aws_secret_access_key');
  if (get('aws_secret_access_key')) return incomplete('settingMissing', 'aws_access_key_id');
  return incomplete('empty');

  function sso(): Profile {
    const session = get('sso_session');
    const ofSession = session === undefined ? undefined : files.sessions.get(session);
    if (session !== undefined && !ofSession) return incomplete('sessionMissing', session);
    const [account, roleName] = [get('sso_account_id'), get('sso_role_name')];
    const [ssoRegion, startUrl] = ['sso_region', 'sso_start_url'].map((setting) =>
      ofSession ? ofSession.get(setting) : get(setting),
    );
    if (!account) return incomplete('settingMissing', 'sso_account_id');
    if (!roleName) return incomplete('settingMissing', 'sso_role_name');
    if (!ssoRegion) return incomplete('settingMissing', 'sso_region');
    if (!startUrl) return incomplete('settingMissing', 'sso_start_url');
    return {
      ...common,
      kind: 'sso',
      accountId: account,
      roleName,
      ssoRegion,
      startUrl,
      ...optional('session', session),
    };
  }
}

/** What would be no problem if more were there. */
const lacks: ReadonlySet<Problem> = new Set([
  'empty',
  'settingMissing',
  'roleWithoutSource',
  'sourceMissing',
  'sessionMissing',
]);

/** In lower case, since the CLI takes them in any. */
const sources: ReadonlyMap<string, Surroundings['kind']> = new Map([
  ['environment', 'environment'],
  ['ecscontainer', 'container'],
  ['ec2instancemetadata', 'instance'],
]);

const ssoSettings = ['sso_session', 'sso_account_id', 'sso_role_name', 'sso_region', 'sso_start_url'];

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html, what stands in the files of it. */
function endpointsOf(settings: ReadonlyMap<string, string>, files: Files): Endpoints {
  if (settings.get('ignore_configured_endpoint_urls')?.toLowerCase() === 'true') return {};
  const services = files.services.get(settings.get('services') ?? '');
  return Object.fromEntries(
    serviceNames.flatMap((service) => {
      const url = services?.get(`${service}.endpoint_url`) ?? settings.get('endpoint_url');
      return url === undefined ? [] : [[service, url]];
    }),
  );
}

/** `{name: value}`, or nothing without a value. */
function optional<N extends string>(name: N, value: string | undefined): { readonly [K in N]?: string } {
  return (value ? { [name]: value } : {}) as { readonly [K in N]?: string };
}

/** A profile, then the one that it takes its credentials from, and so on. */
export function chainOf(profile: Profile): readonly Profile[] {
  return profile.kind === 'role' ? [profile, ...chainOf(profile.source)] : [profile];
}

/** What stops a profile, wherever in its chain. */
export function incompleteIn(profile: Profile): Incomplete | undefined {
  return chainOf(profile).find((link): link is Incomplete => link.kind === 'incomplete');
}
