// The profiles of ~/.aws: lists them, describes them, and resolves their credentials.
import { stat } from 'node:fs/promises';
import type { FailureKind } from '../core/model/failure';
import { toLine } from '../core/failures/sanitize';
import { isProfileFailed } from '../core/model/errors';
import type { Log, ProfileUse, Profiles } from '../core/model/ports';
import { abortable } from '../core/model/abortable';
import { openHttp } from '../platform/node/http';
import { type Files, readFiles, shortPath } from './files';
import { resolveCredentials } from './resolve';
import { type ResolveContext, failed } from './resolveContext';
import { type Kind, type Profile, chainOf, incompleteIn, originOf } from './profile';
import { findProfile } from './readProfile';
import { CredentialCache } from './credentialCache';
import { signInFile } from './signInFile';
import type { ProfileOrigin } from '../core/model/failureDetails';
import { AwsHttpHandler } from './client';

export interface ProfileStore extends Profiles {
  /** The current contents of the files. */
  files(): Promise<Files>;
  /** Describes a profile, without asking AWS or the user; undefined if it does not exist. */
  describe(use: ProfileUse): Promise<Description | undefined>;
}

/** Never a secret. */
export interface Description extends ProfileOrigin {
  readonly profile: string;
  readonly kind: Kind;
  /** The AWS account ID, if the profile names it. */
  readonly account?: string;
  readonly role?: string;
  /** The end of the access key ID, once there are credentials. */
  readonly key?: string;
  /** ms since the epoch; absent if they do not expire, or there are none yet. */
  readonly expiration?: number;
}

export interface ProfilesParts extends Pick<ResolveContext, 'askCode'> {
  readonly log: Log;
  /** Timeout for a credential_process, ms. */
  readonly programTimeout?: number;
}

/** ms; some programs open a browser and wait for the user to sign in. */
const defaultProgramTimeout = 5 * 60_000;

/** How long before they expire credentials are refreshed, ms: a refresh may fail, and the clock may be wrong. */
const refreshAheadMs = 5 * 60_000;
/** The same, ms, if the user is asked for an MFA code: as late as possible. */
const mfaRefreshAheadMs = 30_000;

/** The longest profile name in the log. */
const maxNameLength = 100;

export function openProfileStore({
  askCode,
  log,
  programTimeout = defaultProgramTimeout,
}: ProfilesParts): ProfileStore {
  const cache = new CredentialCache();
  const http = openHttp({ requestTimeout: 30_000, throwOnRequestTimeout: true });
  return {
    files: () => readFiles(),

    async credentials(use, signal) {
      const profile = completeProfile(use.profile, await abortable(readFiles(), signal));
      const name = toLine(use.profile, maxNameLength);
      const request = {
        // The region only selects the STS endpoint; the credentials are valid in all regions.
        key: use.profile,
        revision: await abortable(revisionOf(profile), signal),
        refreshAheadMs: asksForCode(profile) ? mfaRefreshAheadMs : refreshAheadMs,
        resolve: async (signal: AbortSignal) => {
          const handler = new AwsHttpHandler(http, signal);
          const context = {
            region: use.region,
            signal,
            handler,
            askCode,
            programTimeout,
            secrets: new Set<string>(),
          };
          const credentials = await resolveCredentials(profile, context);
          log.info(`profile ${name}: ${profile.kind}, ${describeExpiration(credentials.expiration)}`);
          // Resolving may have refreshed a sign-in.
          return { credentials, revision: await abortable(revisionOf(profile), signal) };
        },
        useStaleOn: (error: unknown) => {
          // Log only the kind: the message comes from outside.
          const why: FailureKind = error instanceof Error && isProfileFailed(error) ? error.kind : 'unknown';
          // A user who cancels the input box does not want the prompt to be sent, whether or not there are older
          // credentials.
          if (why === 'mfaCancelled') return false;
          log.warn(`profile ${name}: not refreshed (${why})`);
          return true;
        },
      };
      const { expiration: _, ...credentials } = await cache.get(request, signal);
      return { ...credentials, origin: originOf(profile) };
    },

    forget: (refused) => cache.forget(refused),

    async describe(use) {
      const profile = findProfile(use.profile, await readFiles());
      if (!profile) return undefined;
      const { accessKeyId, expiration } = cache.peek(use.profile) ?? {};
      return {
        profile: use.profile,
        kind: incompleteIn(profile)?.kind ?? profile.kind,
        ...originOf(profile),
        ...identityOf(profile),
        ...(accessKeyId !== undefined && { key: `…${accessKeyId.slice(-4)}` }),
        ...(expiration !== undefined && { expiration }),
      };
    },
  };
}

/** Finds a complete profile. @throws ProfileFailed if it does not exist, or is incomplete */
function completeProfile(name: string, files: Files): Profile {
  const profile = findProfile(name, files);
  const { unreadable, paths } = files;
  if (!profile && unreadable !== undefined)
    throw failed('profileIncomplete', name, {
      problem: 'unreadable',
      subject: shortPath(paths[unreadable]),
      file: unreadable,
    });
  if (!profile)
    throw failed('profileNotFound', name, {
      profiles: [...files.profiles.keys()],
      subject: shortPath(paths.config),
    });
  const incomplete = incompleteIn(profile);
  if (incomplete)
    throw failed('profileIncomplete', incomplete.profile, {
      ...originOf(incomplete),
      problem: incomplete.problem,
      subject: incomplete.subject,
    });
  return profile;
}

function asksForCode(profile: Profile): boolean {
  return chainOf(profile).some((link) => link.kind === 'role' && link.mfaSerial !== undefined);
}

/** A value that changes with the files, and when the user signs in again. */
async function revisionOf(profile: Profile): Promise<string> {
  const times = chainOf(profile).map(async (link) => {
    if (link.kind !== 'sso' && link.kind !== 'login') return undefined;
    return (await stat(signInFile(link)).catch(() => undefined))?.mtimeMs;
  });
  return JSON.stringify([profile, await Promise.all(times)]);
}

function identityOf(profile: Profile): { readonly account?: string; readonly role?: string } {
  if (profile.kind === 'sso') return { account: profile.accountId, role: profile.roleName };
  if (profile.kind !== 'role' && profile.kind !== 'webIdentity') return {};
  // arn:aws:iam::123456789012:role/path/name
  const [, account, role] = /^arn:[^:]*:iam::(\d*):role\/(.+)$/.exec(profile.roleArn) ?? [];
  return { ...(account && { account }), role: role ?? profile.roleArn };
}

const describeExpiration = (expiration: number | undefined) =>
  expiration === undefined ? 'permanent' : `until ${new Date(expiration).toISOString()}`;
