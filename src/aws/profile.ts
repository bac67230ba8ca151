// The kinds of profiles, by where their credentials come from.
import type {
  AwsFile,
  UnusedSource,
  ProfileOrigin,
  CredentialSourceKind,
  SettingProblem,
} from '../core/model/failureDetails';

/** Endpoints that replace AWS's own, from `endpoint_url` of the profile or of its `services` section. */
export type Endpoints = { readonly [S in Service]?: string };
export const serviceNames = ['sts', 'sso', 'sso_oidc', 'signin'] as const;
type Service = (typeof serviceNames)[number];

interface Common {
  /** The profile's name. A role's source has another name than the chosen profile. */
  readonly profile: string;
  readonly region?: string;
  readonly endpoints: Endpoints;
  /** The file that configures the source, or for an incomplete profile the file to fix. */
  readonly file?: AwsFile;
  /** The other credential sources that it configures. */
  readonly unusedSources: readonly UnusedSource[];
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
  /** Absent in profiles of the older format, without an sso-session section. */
  readonly session?: string;
}

export interface Keys extends Common {
  readonly kind: 'keys';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they expire, as noted by the tool that wrote them, ms since the epoch. */
  readonly expiresAt?: number;
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

/** A `credential_source` of a role, instead of a source profile. */
export interface AmbientSource extends Common {
  readonly kind: 'environment' | 'container' | 'instance';
}

export interface Incomplete extends Common {
  readonly kind: 'incomplete';
  readonly problem: SettingProblem;
  /** The name of the setting, profile or line that has the problem. */
  readonly subject: string;
}

export type Profile = Role | Sso | Keys | Process | WebIdentity | Login | AmbientSource | Incomplete;
export type Kind = Profile['kind'];

/** A profile, its source profile, and so on. */
export function chainOf(profile: Profile): readonly Profile[] {
  return profile.kind === 'role' ? [profile, ...chainOf(profile.source)] : [profile];
}

/** The first incomplete profile in the chain; undefined if all are complete. */
export function incompleteIn(profile: Profile): Incomplete | undefined {
  return chainOf(profile).find((link): link is Incomplete => link.kind === 'incomplete');
}

const ambient: ReadonlySet<Kind> = new Set(['environment', 'container', 'instance', 'incomplete']);
const isCredentialSource = (kind: Kind): kind is Kind & CredentialSourceKind => !ambient.has(kind);

/** Where a profile's credentials come from, for a failure's details. */
export function originOf(profile: Profile): ProfileOrigin {
  const { kind, file, unusedSources } = profile;
  const source = isCredentialSource(kind) ? kind : undefined;
  const expiresAt = kind === 'keys' ? profile.expiresAt : undefined;
  return {
    ...(source && { source }),
    ...(file && { file }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(unusedSources.length > 0 && { unusedSources }),
  };
}
