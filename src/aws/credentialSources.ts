// The credential sources that a profile configures, of which one is used.
import type { AwsFile, UnusedSource, CredentialSourceKind } from '../core/model/failureDetails';
import type { ProfileSettings } from './files';

/**
 * All sources of a profile, in the order of precedence of the AWS CLI, which we follow. SDKs differ from it and from
 * each other (JavaScript and Go prefer access keys to SSO, Java prefers SSO to a role).
 *
 * https://github.com/boto/botocore/blob/develop/botocore/credentials.py: create_credential_resolver,
 * ProfileProviderBuilder; for a role's source profile, _resolve_credentials_from_profile.
 */
export function sourcesIn({ settings, inFile }: ProfileSettings, isSource: boolean): UnusedSource[] {
  const has = (setting: string) => settings.has(setting);
  const sources: readonly (readonly [CredentialSourceKind, AwsFile | undefined])[] = [
    // With a token file the role is assumed by web identity, whatever other source it has.
    ['role', has('web_identity_token_file') ? undefined : fileOf('role_arn')],
    ['webIdentity', fileOf('web_identity_token_file')],
    // An SSO session alone is no source: it may be for another service.
    ['sso', fileOf('sso_account_id') ?? fileOf('sso_role_name')],
    ['keys', keysIn('credentials')],
    ['login', fileOf('login_session')],
    ['process', fileOf('credential_process')],
    ['keys', keysIn('config')],
  ];
  const configured = sources.flatMap(([source, file]) => (file ? [{ source, file }] : []));
  // If a source profile has keys, its own role is not assumed.
  const keysFirst = isSource && (has('aws_access_key_id') || has('aws_secret_access_key'));
  return keysFirst ? configured.toSorted((one, other) => rank(one) - rank(other)) : configured;

  function fileOf(setting: string): AwsFile | undefined {
    if (!has(setting)) return undefined;
    return inFile.credentials?.settings.has(setting) ? 'credentials' : 'config';
  }

  function keysIn(file: AwsFile): AwsFile | undefined {
    return inFile[file]?.settings.has('aws_access_key_id') ? file : undefined;
  }
}

const rank = ({ source }: UnusedSource) => (source === 'role' ? 1 : 0);

export interface AccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken: string | undefined;
  /** ms since the epoch; undefined if no tool noted it. */
  readonly expiresAt: number | undefined;
}

/**
 * The access keys in one of the two files. Without a session token of the other file, which would belong to other keys.
 */
export function keysOf({ settings, inFile }: ProfileSettings, file: AwsFile): AccessKeys {
  const own = inFile[file]?.settings ?? settings;
  const secret = own.get('aws_secret_access_key');
  // The SDKs combine both files; the CLI does not.
  const from = secret === undefined ? settings : own;
  return {
    accessKeyId: own.get('aws_access_key_id') ?? '',
    secretAccessKey: secret ?? settings.get('aws_secret_access_key'),
    // The older name, which the CLI still accepts.
    sessionToken: from.get('aws_session_token') ?? from.get('aws_security_token'),
    expiresAt: expirationIn(own),
  };
}

/**
 * When temporary keys expire, as noted by tools under names of their own (`x_security_token_expires` of saml2aws,
 * `expiration` of aws-mfa and awsume, `aws_expiration`, `aws_session_expiration`…). No CLI or SDK reads these, and they
 * may be left over from other keys: only shown to the user.
 */
function expirationIn(settings: ReadonlyMap<string, string>): number | undefined {
  const times = [...settings].flatMap(([name, value]) => (name.includes('expir') ? [timeOf(value)] : []));
  return times.find((time) => time !== undefined);
}

/** 2001 and 2100, in s: numbers outside are not times. */
const [firstSecond, lastSecond] = [978_307_200, 4_102_444_800];

function timeOf(value: string): number | undefined {
  if (/^\d{9,13}$/.test(value)) {
    const seconds = Number(value) > lastSecond ? Number(value) / 1000 : Number(value);
    return seconds >= firstSecond && seconds <= lastSecond ? seconds * 1000 : undefined;
  }
  const [, date, time, zone = ''] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})? ?(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(value) ?? [];
  if (date === undefined) return undefined;
  // Without a zone, tools mean UTC (aws-mfa) or local time. Take the later one, so as not to report valid keys as
  // expired.
  const zones = zone ? [/^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/(\d\d):?(\d\d)$/, '$1:$2')] : ['', 'Z'];
  const latest = Math.max(...zones.map((each) => Date.parse(`${date}T${time}${each}`)));
  return Number.isNaN(latest) ? undefined : latest;
}
