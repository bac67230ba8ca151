// Interprets a profile's settings as one of the kinds of profiles.
import { type Files, type ProfileSettings, shortPath } from './files';
import { type Endpoints, type Incomplete, type Profile, type AmbientSource, serviceNames } from './profile';
import type { CredentialSourceKind, SettingProblem } from '../core/model/failureDetails';
import { keysOf, sourcesIn } from './credentialSources';

/** Reads the profile `name`; undefined if it does not exist. */
export function findProfile(name: string, files: Files): Profile | undefined {
  const section = files.profiles.get(name);
  return section && read(name, section, files, []);
}

function read(name: string, section: ProfileSettings, files: Files, ancestors: readonly string[]): Profile {
  const { settings, malformed } = section;
  const get = (setting: string) => settings.get(setting);
  const [used, ...otherSources] = sourcesIn(section, ancestors.length > 0);
  // If a profile is its own source, its role is the target, not a source.
  const others =
    ancestors.at(-1) === name ? otherSources.filter(({ source }) => source !== 'role') : otherSources;
  const { config, credentials } = section.inFile;
  const isInCredentials = !config || credentials?.settings.has('aws_secret_access_key');
  const file = used?.file ?? (isInCredentials ? 'credentials' : 'config');
  const common = {
    profile: name,
    endpoints: endpointsOf(settings, files),
    ...optional('region', get('region')),
    file,
    unusedSources: others,
  };

  const incomplete = (problem: SettingProblem, subject = ''): Incomplete => {
    const incomplete: Incomplete = { ...common, kind: 'incomplete', problem, subject };
    if (!missingProblems.has(problem)) return incomplete;
    // A missing setting may be in a malformed line, or in an unreadable file.
    const { unreadable } = files;
    if (unreadable !== undefined) {
      const subject = shortPath(files.paths[unreadable]);
      return { ...incomplete, problem: 'unreadable', subject, file: unreadable };
    }
    if (!malformed) return incomplete;
    return {
      ...incomplete,
      problem: malformed.isCommand ? 'shellCommand' : 'malformed',
      subject: `${shortPath(files.paths[malformed.file])}:${malformed.line}`,
      file: malformed.file,
    };
  };
  /** Returns `profile()`, unless one of its values contains an invalid character. */
  const withValidValues = (
    values: Readonly<Record<string, string | undefined>>,
    profile: () => Profile,
  ): Profile => {
    const invalid = Object.keys(values).find((setting) => invalidCharacter.test(values[setting] ?? ''));
    return invalid === undefined ? profile() : incomplete('notPlain', invalid);
  };

  const readers: { readonly [W in CredentialSourceKind]: () => Profile } = {
    role: () => {
      const [source, credentialSource] = [get('source_profile'), get('credential_source')];
      if (source && credentialSource) return incomplete('twoSources');
      return source || credentialSource ? role(get('role_arn') ?? '') : incomplete('roleWithoutSource');
    },
    webIdentity: () => {
      const [roleArn, tokenFile = ''] = [get('role_arn'), get('web_identity_token_file')];
      if (!roleArn) return incomplete('settingMissing', 'role_arn');
      return withValidValues({ role_arn: roleArn, region: get('region') }, () => ({
        ...common,
        kind: 'webIdentity',
        roleArn,
        tokenFile,
        ...optional('sessionName', get('role_session_name')),
      }));
    },
    sso,
    keys: () => {
      const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = keysOf(section, file);
      if (!secretAccessKey) return incomplete('settingMissing', 'aws_secret_access_key');
      const values = {
        aws_access_key_id: accessKeyId,
        aws_secret_access_key: secretAccessKey,
        aws_session_token: sessionToken,
      };
      return withValidValues(values, () =>
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
        accessKeyId.startsWith('ASIA') && !sessionToken
          ? incomplete('settingMissing', 'aws_session_token')
          : {
              ...common,
              kind: 'keys',
              accessKeyId,
              secretAccessKey,
              ...optional('sessionToken', sessionToken),
              ...(expiresAt !== undefined && { expiresAt }),
            },
      );
    },
    login: () =>
      withValidValues({ region: get('region') }, () => ({
        ...common,
        kind: 'login',
        session: get('login_session') ?? '',
      })),
    // The command may continue on the following lines.
    process: () => ({
      ...common,
      kind: 'process',
      command: (get('credential_process') ?? '').replaceAll('\n', ' '),
    }),
  };

  const role = (roleArn: string): Profile => {
    const duration = get('duration_seconds');
    if (duration !== undefined && !/^\d+$/.test(duration)) return incomplete('notNumber', 'duration_seconds');
    const values = { role_arn: roleArn, mfa_serial: get('mfa_serial'), region: get('region') };
    return withValidValues(values, () => ({
      ...common,
      kind: 'role',
      roleArn,
      source: sourceOf(),
      // The role's source is this profile itself, which reports its unused sources.
      ...(get('source_profile') === name && { unusedSources: [] }),
      ...optional('sessionName', get('role_session_name')),
      ...optional('externalId', get('external_id')),
      ...optional('mfaSerial', get('mfa_serial')),
      ...(duration !== undefined && { duration: Number(duration) }),
    }));
  };
  const sourceOf = (): Profile => {
    const credentialSource = get('credential_source');
    if (credentialSource !== undefined) {
      const kind = credentialSources.get(credentialSource.toLowerCase());
      return kind ? { ...common, kind, unusedSources: [] } : incomplete('sourceUnknown', credentialSource);
    }
    const source = get('source_profile') ?? '';
    const other = files.profiles.get(source);
    if (!other) return incomplete('sourceMissing', source);
    const path = [...ancestors, name];
    // A profile may name itself as source, for keys beside its role.
    if (path.includes(source) && !(source === name && others.some(({ source }) => source === 'keys')))
      return incomplete('cycle', [...path.slice(path.indexOf(source)), source].join(' → '));
    return read(source, other, files, path);
  };

  if (used) return readers[used.source]();
  // The SDKs accept a source profile with a credential_source but without a role.
  if (ancestors.length > 0 && get('credential_source')) return sourceOf();
  if (ssoSettings.some(get)) return sso();
  if (get('source_profile') || get('credential_source') || get('mfa_serial'))
    return incomplete('settingMissing', 'role_arn');
  return get('aws_secret_access_key')
    ? incomplete('settingMissing', 'aws_access_key_id')
    : incomplete('empty');

  function sso(): Profile {
    const session = get('sso_session');
    const sessionSettings = session === undefined ? undefined : files.sessions.get(session);
    if (session !== undefined && !sessionSettings) return incomplete('sessionMissing', session);
    const [account, roleName] = [get('sso_account_id'), get('sso_role_name')];
    const [ssoRegion, startUrl] = ['sso_region', 'sso_start_url'].map((setting) =>
      sessionSettings ? sessionSettings.get(setting) : get(setting),
    );
    if (!account) return incomplete('settingMissing', 'sso_account_id');
    if (!roleName) return incomplete('settingMissing', 'sso_role_name');
    if (!ssoRegion) return incomplete('settingMissing', 'sso_region');
    if (!startUrl) return incomplete('settingMissing', 'sso_start_url');
    const values = { sso_account_id: account, sso_region: ssoRegion, sso_start_url: startUrl };
    return withValidValues(values, () => ({
      ...common,
      kind: 'sso',
      accountId: account,
      roleName,
      ssoRegion,
      startUrl,
      ...optional('session', session),
    }));
  }
}

/**
 * Characters that no key, ARN, region or URL contains: a blank, a character outside ASCII, a quote, a comma at the end.
 */
const invalidCharacter = /[^!-~]|["'`<>]|^[$,;]|[,;]$/;

/** Problems that additional settings would fix. */
const missingProblems: ReadonlySet<SettingProblem> = new Set([
  'empty',
  'settingMissing',
  'roleWithoutSource',
  'sourceMissing',
  'sessionMissing',
]);

/** In lower case, since the CLI ignores case. */
const credentialSources: ReadonlyMap<string, AmbientSource['kind']> = new Map([
  ['environment', 'environment'],
  ['ecscontainer', 'container'],
  ['ec2instancemetadata', 'instance'],
]);

const ssoSettings = ['sso_session', 'sso_account_id', 'sso_role_name', 'sso_region', 'sso_start_url'];

/** The endpoints in the files. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
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

/** `{name: value}`, or {} without a value. */
function optional<N extends string>(name: N, value: string | undefined): { readonly [K in N]?: string } {
  return (value ? { [name]: value } : {}) as { readonly [K in N]?: string };
}
