// Where a profile's credentials come from: one of a few kinds, or what it lacks for any.
import type {
  AwsFile,
  UnusedSource,
  ProfileOrigin,
  ProfileWay,
  SettingProblem,
} from '../core/model/failureDetails';

/** Addresses that replace AWS's own, as `endpoint_url` of the profile or of its `services` section says. */
export type Endpoints = { readonly [S in Service]?: string };
export const serviceNames = ['sts', 'sso', 'sso_oidc', 'signin'] as const;
type Service = (typeof serviceNames)[number];

interface Common {
  /** The profile that says so: of a role's source, that is another than the one that was chosen. */
  readonly profile: string;
  readonly region?: string;
  readonly endpoints: Endpoints;
  /** The file in which it says so; of what is incomplete, in which that is to be mended. */
  readonly file?: AwsFile;
  /** The other ways to credentials that it names. */
  readonly passedOver: readonly UnusedSource[];
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
  /** Until when they are good, as what wrote them has noted, ms since the epoch. */
  readonly until?: number;
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
export interface AmbientSource extends Common {
  readonly kind: 'environment' | 'container' | 'instance';
}

export interface Incomplete extends Common {
  readonly kind: 'incomplete';
  readonly problem: SettingProblem;
  /** The name of what the problem is about: a setting, a profile, a line. */
  readonly subject: string;
}

export type Profile = Role | Sso | Keys | Process | WebIdentity | Login | AmbientSource | Incomplete;
export type Kind = Profile['kind'];

/** A profile, then the one that it takes its credentials from, and so on. */
export function chainOf(profile: Profile): readonly Profile[] {
  return profile.kind === 'role' ? [profile, ...chainOf(profile.source)] : [profile];
}

/** What stops a profile, wherever in its chain. */
export function incompleteIn(profile: Profile): Incomplete | undefined {
  return chainOf(profile).find((link): link is Incomplete => link.kind === 'incomplete');
}

const ambient: ReadonlySet<Kind> = new Set(['environment', 'container', 'instance', 'incomplete']);
const isWay = (kind: Kind): kind is Kind & ProfileWay => !ambient.has(kind);

/** What is to be told of where a profile's credentials come from, when they come to nothing. */
export function originOf(profile: Profile): ProfileOrigin {
  const { kind, file, passedOver: unusedSources } = profile;
  const source = isWay(kind) ? kind : undefined;
  const expiresAt = kind === 'keys' ? profile.until : undefined;
  return {
    ...(source && { source }),
    ...(file && { file }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(unusedSources.length > 0 && { unusedSources }),
  };
}
