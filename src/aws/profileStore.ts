// The profiles of ~/.aws, for whoever asks: what there are, and credentials out of one.
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
import { profileNamed } from './readProfile';
import { CredentialCache } from './credentialCache';
import { signInFile } from './signInFile';
import type { ProfileOrigin } from '../core/model/failureDetails';
import { AwsHttpHandler } from './client';

export interface ProfileStore extends Profiles {
  /** What the files hold now. */
  files(): Promise<Files>;
  /** Who a profile is, as far as it is known without asking anybody; undefined when there is no such profile. */
  describe(use: ProfileUse): Promise<Description | undefined>;
}

/** Never a secret. */
export interface Description extends ProfileOrigin {
  readonly profile: string;
  readonly kind: Kind;
  /** The ID of the AWS account, where the profile tells it. */
  readonly account?: string;
  readonly role?: string;
  /** The end of the access key's ID, once there are credentials. */
  readonly key?: string;
  /** ms since the epoch; absent when they last, or there are none yet. */
  readonly expiration?: number;
}

export interface ProfilesParts extends Pick<ResolveContext, 'askCode'> {
  readonly log: Log;
  /** ms that a program of a profile may take. */
  readonly patience?: number;
}

/** ms; some of them open a browser and wait for somebody to sign in there. */
const usualPatience = 5 * 60_000;

/** ms before credentials expire at which others are obtained: a refresh may fail, and a clock be off. */
const refreshAheadMs = 5 * 60_000;
/** ms, where somebody is asked for a code: never while the credentials that the last one gave are good. */
const mfaRefreshAheadMs = 30_000;

/** Characters of a profile's name in the log. */
const longestName = 100;

export function openProfileStore({ askCode, log, patience = usualPatience }: ProfilesParts): ProfileStore {
  const remembered = new CredentialCache();
  const http = openHttp({ requestTimeout: 30_000, throwOnRequestTimeout: true });
  return {
    files: () => readFiles(),

    async credentials(use, signal) {
      const profile = whole(use.profile, await abortable(readFiles(), signal));
      const name = toLine(use.profile, longestName);
      const wanted = {
        // The region only says where STS is asked: what it gives holds in all of them.
        key: use.profile,
        stamp: await abortable(stampOf(profile), signal),
        early: asksForCode(profile) ? mfaRefreshAheadMs : refreshAheadMs,
        obtain: async (signal: AbortSignal) => {
          const wire = new AwsHttpHandler(http, signal);
          const given = { region: use.region, signal, wire, askCode, patience, secrets: new Set<string>() };
          const credentials = await resolveCredentials(profile, given);
          log.info(`profile ${name}: ${profile.kind}, ${until(credentials.expiration)}`);
          // Obtaining them may have refreshed a sign-in.
          return { credentials, stamp: await abortable(stampOf(profile), signal) };
        },
        mayWait: (error: unknown) => {
          // Not what was said: that is the other side's.
          const why: FailureKind = error instanceof Error && isProfileFailed(error) ? error.kind : 'unknown';
          // Who leaves the box does not want the prompt sent, here as where there are no credentials yet.
          if (why === 'mfaCancelled') return false;
          log.warn(`profile ${name}: not refreshed (${why})`);
          return true;
        },
      };
      const { expiration: _, ...credentials } = await remembered.get(wanted, signal);
      return { ...credentials, origin: originOf(profile) };
    },

    forget: (refused) => remembered.forget(refused),

    async describe(use) {
      const profile = profileNamed(use.profile, await readFiles());
      if (!profile) return undefined;
      const { accessKeyId, expiration } = remembered.peek(use.profile) ?? {};
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

/** @throws ProfileFailed when there is no such profile, or something in it is missing. */
function whole(name: string, files: Files): Profile {
  const profile = profileNamed(name, files);
  const { unreadable, where } = files;
  if (!profile && unreadable !== undefined)
    throw failed('profileIncomplete', name, {
      problem: 'unreadable',
      subject: shortPath(where[unreadable]),
      file: unreadable,
    });
  if (!profile)
    throw failed('profileNotFound', name, {
      profiles: [...files.profiles.keys()],
      subject: shortPath(where.config),
    });
  const lack = incompleteIn(profile);
  if (lack)
    throw failed('profileIncomplete', lack.profile, {
      ...originOf(lack),
      problem: lack.problem,
      subject: lack.subject,
    });
  return profile;
}

function asksForCode(profile: Profile): boolean {
  return chainOf(profile).some((link) => link.kind === 'role' && link.mfaSerial !== undefined);
}

/** Changes with what the files say, and when somebody signs in anew. */
async function stampOf(profile: Profile): Promise<string> {
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

const until = (expiration: number | undefined) =>
  expiration === undefined ? 'lasting' : `until ${new Date(expiration).toISOString()}`;
