// What a profile says, as one of the kinds that it can be.
import { type Files, type ProfileSettings, shortPath } from './files';
import { type Endpoints, type Incomplete, type Profile, type AmbientSource, serviceNames } from './profile';
import type { ProfileWay, SettingProblem } from '../core/model/failureDetails';
import { keysOf, sourcesIn } from './credentialSources';

/** What the profile `name` says; undefined when there is none of that name. */
export function profileNamed(name: string, files: Files): Profile | undefined {
  const found = files.profiles.get(name);
  return found && read(name, found, files, []);
}

function read(name: string, found: ProfileSettings, files: Files, above: readonly string[]): Profile {
  const { settings, malformed } = found;
  const get = (setting: string) => settings.get(setting);
  const [used, ...besides] = sourcesIn(found, above.length > 0);
  // Of a profile that is its own source, the role is what is wanted.
  const others = above.at(-1) === name ? besides.filter(({ source }) => source !== 'role') : besides;
  const { config, credentials } = found.inFile;
  const isInCredentials = !config || credentials?.settings.has('aws_secret_access_key');
  const file = used?.file ?? (isInCredentials ? 'credentials' : 'config');
  const common = {
    profile: name,
    endpoints: endpointsOf(settings, files),
    ...optional('region', get('region')),
    file,
    passedOver: others,
  };

  const incomplete = (problem: SettingProblem, subject = ''): Incomplete => {
    const incomplete: Incomplete = { ...common, kind: 'incomplete', problem, subject };
    if (!lacks.has(problem)) return incomplete;
    // What is missing may stand in a line that could not be read, or in a file.
    const { unreadable } = files;
    if (unreadable !== undefined) {
      const subject = shortPath(files.where[unreadable]);
      return { ...incomplete, problem: 'unreadable', subject, file: unreadable };
    }
    if (!malformed) return incomplete;
    return {
      ...incomplete,
      problem: malformed.isCommand ? 'shellCommand' : 'malformed',
      subject: `${shortPath(files.where[malformed.file])}:${malformed.line}`,
      file: malformed.file,
    };
  };
  /** `profile`, unless one of the values that it is made of cannot be one. */
  const withPlain = (
    values: Readonly<Record<string, string | undefined>>,
    profile: () => Profile,
  ): Profile => {
    const odd = Object.keys(values).find((setting) => notPlain.test(values[setting] ?? ''));
    return odd === undefined ? profile() : incomplete('notPlain', odd);
  };

  const ways: { readonly [W in ProfileWay]: () => Profile } = {
    role: () => {
      const [source, credentialSource] = [get('source_profile'), get('credential_source')];
      if (source && credentialSource) return incomplete('twoSources');
      return source || credentialSource ? role(get('role_arn') ?? '') : incomplete('roleWithoutSource');
    },
    webIdentity: () => {
      const [roleArn, tokenFile = ''] = [get('role_arn'), get('web_identity_token_file')];
      if (!roleArn) return incomplete('settingMissing', 'role_arn');
      return withPlain({ role_arn: roleArn, region: get('region') }, () => ({
        ...common,
        kind: 'webIdentity',
        roleArn,
        tokenFile,
        ...optional('sessionName', get('role_session_name')),
      }));
    },
    sso,
    keys: () => {
      const { accessKeyId, secretAccessKey, sessionToken, until } = keysOf(found, file);
      if (!secretAccessKey) return incomplete('settingMissing', 'aws_secret_access_key');
      const values = {
        aws_access_key_id: accessKeyId,
        aws_secret_access_key: secretAccessKey,
        aws_session_token: sessionToken,
      };
      return withPlain(values, () =>
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
        accessKeyId.startsWith('ASIA') && !sessionToken
          ? incomplete('settingMissing', 'aws_session_token')
          : {
              ...common,
              kind: 'keys',
              accessKeyId,
              secretAccessKey,
              ...optional('sessionToken', sessionToken),
              ...(until !== undefined && { until }),
            },
      );
    },
    login: () =>
      withPlain({ region: get('region') }, () => ({
        ...common,
        kind: 'login',
        session: get('login_session') ?? '',
      })),
    // One that goes on in the lines below is still one.
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
    return withPlain(values, () => ({
      ...common,
      kind: 'role',
      roleArn,
      source: sourceOf(),
      // What the role is assumed from is its own: of that it is said.
      ...(get('source_profile') === name && { passedOver: [] }),
      ...optional('sessionName', get('role_session_name')),
      ...optional('externalId', get('external_id')),
      ...optional('mfaSerial', get('mfa_serial')),
      ...(duration !== undefined && { duration: Number(duration) }),
    }));
  };
  const sourceOf = (): Profile => {
    const credentialSource = get('credential_source');
    if (credentialSource !== undefined) {
      const kind = sources.get(credentialSource.toLowerCase());
      return kind ? { ...common, kind, passedOver: [] } : incomplete('sourceUnknown', credentialSource);
    }
    const source = get('source_profile') ?? '';
    const other = files.profiles.get(source);
    if (!other) return incomplete('sourceMissing', source);
    const path = [...above, name];
    // A profile may name itself, for keys that stand beside its role.
    if (path.includes(source) && !(source === name && others.some(({ source }) => source === 'keys')))
      return incomplete('cycle', [...path.slice(path.indexOf(source)), source].join(' → '));
    return read(source, other, files, path);
  };

  if (used) return ways[used.source]();
  // An SDK takes a source without a role of its own.
  if (above.length > 0 && get('credential_source')) return sourceOf();
  if (ssoSettings.some(get)) return sso();
  if (get('source_profile') || get('credential_source') || get('mfa_serial'))
    return incomplete('settingMissing', 'role_arn');
  return get('aws_secret_access_key')
    ? incomplete('settingMissing', 'aws_access_key_id')
    : incomplete('empty');

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
    const values = { sso_account_id: account, sso_region: ssoRegion, sso_start_url: startUrl };
    return withPlain(values, () => ({
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

/** What no key, ARN, region or address holds: a blank, a sign beyond ASCII, a quotation mark, a comma at its end. */
const notPlain = /[^!-~]|["'`<>]|^[$,;]|[,;]$/;

/** What would be no problem if more were there. */
const lacks: ReadonlySet<SettingProblem> = new Set([
  'empty',
  'settingMissing',
  'roleWithoutSource',
  'sourceMissing',
  'sessionMissing',
]);

/** In lower case, since the CLI takes them in any. */
const sources: ReadonlyMap<string, AmbientSource['kind']> = new Map([
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
