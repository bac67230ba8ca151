// SSO: the token that `aws sso login` has left in a file, refreshed where it can be, gives a role's credentials.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
//
// Not the SDK's fromSSO(): for half a minute after a refresh that failed or was stopped it tries no other, and says
// of all that went wrong that the token has expired.
import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso';
import { CreateTokenCommand, SSOOIDCClient } from '@aws-sdk/nested-clients/sso-oidc';
import { isRecord, parseJson } from '../core/gateway/response';
import { abortable } from '../core/model/abortable';
import { isProfileFailed } from '../core/model/errors';
import { shortPath } from './files';
import { type ResolvedCredentials, type ResolveContext, failed, note } from './resolveContext';
import type { Sso } from './profile';
import { ssoRefused, ssoSignedOut } from './errors';
import { signInFile } from './signInFile';
import type { AwsHttpHandler } from './client';

interface Token {
  readonly accessToken: string;
  /** ms since the epoch. */
  readonly expiration: number;
  /** All that the file holds of it. */
  readonly held: Readonly<Record<string, unknown>>;
}

/** ms before a token expires at which it is refreshed, as the SDKs do. */
const early = 5 * 60_000;
/** ms that a refresh may take. */
const patience = 30_000;
/** ms in which another window, or the AWS CLI, has written the token that it was given. */
const meanwhile = 1000;

/** The refreshes that run, by the token's file: a refresh token may be good for one. */
const refreshes = new Map<string, Promise<Token>>();

/** @throws ProfileFailed; as soon as `signal` aborts, too. */
export async function fromSso(
  sso: Sso,
  obtaining: Pick<ResolveContext, 'wire' | 'signal' | 'secrets'>,
): Promise<ResolvedCredentials> {
  const { wire } = obtaining;
  const { accessToken } = await goodToken(sso, obtaining);
  const { accountId, roleName, ssoRegion, endpoints } = sso;
  const portal = new SSOClient(wire.client(ssoRegion, endpoints.sso));
  const asked = portal.send(new GetRoleCredentialsCommand({ accountId, roleName, accessToken }));
  const { roleCredentials = {} } = await asked.catch((error: unknown) => {
    throw ssoRefused(error, wire.last, sso);
  });
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials;
  if (!accessKeyId || !secretAccessKey || !sessionToken)
    throw ssoRefused(new Error('roleCredentials'), wire.last, sso);
  return { accessKeyId, secretAccessKey, sessionToken, ...(expiration && { expiration }) };
}

async function goodToken(
  sso: Sso,
  { wire, signal, secrets }: Pick<ResolveContext, 'wire' | 'signal' | 'secrets'>,
): Promise<Token> {
  const file = signInFile(sso);
  const token = await readToken(file, secrets);
  if (token && lasts(token, early)) return token;
  // One that came to nothing was another's: of another profile, or of a prompt that was stopped.
  for (let running; (running = refreshes.get(file));) {
    const theirs = await abortable(
      running.catch(() => undefined),
      signal,
    );
    if (theirs) {
      note(secrets, theirs.accessToken);
      return theirs;
    }
  }
  // It goes on when nobody waits any more: AWS may have taken the refresh token already, and given the next.
  const refresh = inTime(sso, file, wire.until(AbortSignal.timeout(patience)), secrets);
  refreshes.set(file, refresh);
  const over = () => refreshes.delete(file);
  refresh.then(over, over);
  return abortable(refresh, signal);
}

/**
 * Others wait for a refresh: one of which nothing comes must end as well, whatever it waits for.
 * @throws ProfileFailed
 */
async function inTime(sso: Sso, file: string, wire: AwsHttpHandler, secrets: Set<string>): Promise<Token> {
  const late = AbortSignal.timeout(patience + meanwhile);
  try {
    return await abortable(refreshed(sso, file, wire, secrets), late);
  } catch (error) {
    if (!late.aborted || (error instanceof Error && isProfileFailed(error))) throw error;
    throw wire.last
      ? failed('credentialsUnreachable', sso.profile, { host: wire.last.host, code: 'ETIMEDOUT' })
      : failed('profileIncomplete', sso.profile, { problem: 'unreadable', subject: shortPath(file) });
  }
}

/** @throws ProfileFailed */
async function refreshed(sso: Sso, file: string, wire: AwsHttpHandler, secrets: Set<string>): Promise<Token> {
  const token = await readToken(file, secrets);
  // Another refresh was over just before.
  if (token && lasts(token, early)) return token;
  try {
    return await exchanged(sso, file, token?.held ?? {}, wire, secrets);
  } catch (error) {
    // Somebody else may have refreshed it; and what has some minutes left does.
    const now = await readToken(file, secrets);
    if (now && lasts(now, 0)) return now;
    throw error;
  }
}

/** A token in place of the one `held`. @throws ProfileFailed */
async function exchanged(
  sso: Sso,
  file: string,
  held: Token['held'],
  wire: AwsHttpHandler,
  secrets: Set<string>,
): Promise<Token> {
  const [clientId, clientSecret, refreshToken] = ['clientId', 'clientSecret', 'refreshToken'].map(
    textIn(held),
  );
  // Without a session apart nobody refreshes it.
  if (sso.session === undefined || !clientId || !clientSecret || !refreshToken)
    throw failed('ssoSessionExpired', sso.profile, { subject: sso.session ?? sso.startUrl });
  const oidc = new SSOOIDCClient(wire.client(sso.ssoRegion, sso.endpoints.sso_oidc));
  const grant = { clientId, clientSecret, refreshToken, grantType: 'refresh_token' };
  const given = await oidc.send(new CreateTokenCommand(grant)).catch(async (error: unknown) => {
    const refusal = ssoSignedOut(error, wire.last, sso);
    if (refusal.kind === 'ssoSessionExpired') await replaced(file, secrets);
    throw refusal;
  });
  const { accessToken, expiresIn = 0 } = given;
  if (!accessToken) throw ssoSignedOut(new Error('accessToken'), wire.last, sso);
  note(secrets, accessToken, given.refreshToken);
  const expiration = Date.now() + expiresIn * 1000;
  const token = {
    ...held,
    accessToken,
    expiresAt: new Date(expiration).toISOString(),
    refreshToken: given.refreshToken ?? refreshToken,
  };
  const now = await readToken(file, secrets);
  // Somebody has signed in meanwhile, or signed out: that counts.
  if (now?.held['accessToken'] !== held['accessToken'] || now?.held['refreshToken'] !== refreshToken)
    return now && lasts(now, 0) ? now : { accessToken, expiration, held: token };
  // Where it cannot be written it is good for this once.
  await replaceFile(file, JSON.stringify(token, null, 2)).catch(() => undefined);
  return { accessToken, expiration, held: token };
}

/** Resolves once the file holds a token that is good, or nobody seems to be about to write one. */
async function replaced(file: string, secrets: Set<string>): Promise<void> {
  for (let waited = 0; waited < meanwhile; waited += 100) {
    const now = await readToken(file, secrets);
    if (now && lasts(now, 0)) return;
    await wait(100);
  }
}

/** All of it or nothing: others read it at any time. Only its owner may. */
async function replaceFile(file: string, content: string): Promise<void> {
  // A link stays one.
  const target = await realpath(file);
  const fresh = `${target}.${randomUUID()}`;
  try {
    await writeFile(fresh, content, { mode: 0o600, flag: 'wx' });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

const lasts = ({ expiration }: Token, ms: number) => expiration - Date.now() > ms;

/** undefined when there is none, or the file holds something else. What is secret of it is noted. */
async function readToken(file: string, secrets: Set<string>): Promise<Token | undefined> {
  const held = parseJson(await readFile(file, 'utf8').catch(() => ''));
  if (!isRecord(held)) return undefined;
  note(secrets, held['accessToken'], held['refreshToken'], held['clientSecret']);
  const [accessToken, expiresAt] = ['accessToken', 'expiresAt'].map(textIn(held));
  // The AWS CLI of old wrote “…UTC”.
  const expiration = Date.parse((expiresAt ?? '').replace(/UTC$/, 'Z'));
  return accessToken && !Number.isNaN(expiration) ? { accessToken, expiration, held } : undefined;
}

const textIn = (held: Readonly<Record<string, unknown>>) => (name: string) =>
  typeof held[name] === 'string' ? held[name] : undefined;
