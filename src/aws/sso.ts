// SSO: gets a role's credentials with the token that `aws sso login` stored in a file, and refreshes it if possible.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
//
// Not the SDK's fromSSO(): for half a minute after a failed or stopped refresh it does not try again, and it reports
// every failure as an expired token.
import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso';
import { CreateTokenCommand, SSOOIDCClient } from '@aws-sdk/nested-clients/sso-oidc';
import { isRecord, parseJson } from '../core/gateway/response';
import { abortable } from '../core/model/abortable';
import { isProfileFailed } from '../core/model/errors';
import { shortPath } from './files';
import { type ResolvedCredentials, type ResolveContext, failed, addSecrets } from './resolveContext';
import type { Sso } from './profile';
import { ssoRefused, ssoSignedOut } from './errors';
import { signInFile } from './signInFile';
import type { AwsHttpHandler } from './client';

interface Token {
  readonly accessToken: string;
  /** ms since the epoch. */
  readonly expiration: number;
  /** The complete content of the file. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** How long before it expires a token is refreshed, ms, as in the SDKs. */
const refreshAheadMs = 5 * 60_000;
/** Timeout for a refresh, ms. */
const refreshTimeout = 30_000;
/** ms; in this time another window, or the AWS CLI, writes the token that it received. */
const writeGraceMs = 1000;

/** Running refreshes, by token file: a refresh token may be valid only once. */
const refreshes = new Map<string, Promise<Token>>();

/** Gets the role's credentials. @throws ProfileFailed; also rejects as soon as `signal` aborts */
export async function fromSso(
  sso: Sso,
  context: Pick<ResolveContext, 'handler' | 'signal' | 'secrets'>,
): Promise<ResolvedCredentials> {
  const { handler } = context;
  const { accessToken } = await validToken(sso, context);
  const { accountId, roleName, ssoRegion, endpoints } = sso;
  const portal = new SSOClient(handler.client(ssoRegion, endpoints.sso));
  const response = portal.send(new GetRoleCredentialsCommand({ accountId, roleName, accessToken }));
  const { roleCredentials = {} } = await response.catch((error: unknown) => {
    throw ssoRefused(error, handler.last, sso);
  });
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials;
  if (!accessKeyId || !secretAccessKey || !sessionToken)
    throw ssoRefused(new Error('roleCredentials'), handler.last, sso);
  return { accessKeyId, secretAccessKey, sessionToken, ...(expiration && { expiration }) };
}

async function validToken(
  sso: Sso,
  { handler, signal, secrets }: Pick<ResolveContext, 'handler' | 'signal' | 'secrets'>,
): Promise<Token> {
  const file = signInFile(sso);
  const token = await readToken(file, secrets);
  if (token && isValidFor(token, refreshAheadMs)) return token;
  // A running refresh that fails may belong to another profile, or to a stopped prompt.
  for (let running; (running = refreshes.get(file));) {
    const token = await abortable(
      running.catch(() => undefined),
      signal,
    );
    if (token) {
      addSecrets(secrets, token.accessToken);
      return token;
    }
  }
  // The refresh continues when no caller waits any more: AWS may already have replaced the refresh token.
  const refresh = refreshWithTimeout(
    sso,
    file,
    handler.withSignal(AbortSignal.timeout(refreshTimeout)),
    secrets,
  );
  refreshes.set(file, refresh);
  const remove = () => refreshes.delete(file);
  refresh.then(remove, remove);
  return abortable(refresh, signal);
}

/**
 * Refreshes with a timeout, since others wait for the result.
 * @throws ProfileFailed
 */
async function refreshWithTimeout(
  sso: Sso,
  file: string,
  handler: AwsHttpHandler,
  secrets: Set<string>,
): Promise<Token> {
  const timeout = AbortSignal.timeout(refreshTimeout + writeGraceMs);
  try {
    return await abortable(refreshIfNeeded(sso, file, handler, secrets), timeout);
  } catch (error) {
    if (!timeout.aborted || (error instanceof Error && isProfileFailed(error))) throw error;
    throw handler.last
      ? failed('credentialsUnreachable', sso.profile, { host: handler.last.host, code: 'ETIMEDOUT' })
      : failed('profileIncomplete', sso.profile, { problem: 'unreadable', subject: shortPath(file) });
  }
}

/** @throws ProfileFailed */
async function refreshIfNeeded(
  sso: Sso,
  file: string,
  handler: AwsHttpHandler,
  secrets: Set<string>,
): Promise<Token> {
  const token = await readToken(file, secrets);
  // Another refresh has just finished.
  if (token && isValidFor(token, refreshAheadMs)) return token;
  try {
    return await exchangeToken(sso, file, token?.content ?? {}, handler, secrets);
  } catch (error) {
    // Another process may have refreshed it; a token that is valid for some minutes is good enough.
    const current = await readToken(file, secrets);
    if (current && isValidFor(current, 0)) return current;
    throw error;
  }
}

/** Gets a new token for the one in `content`. @throws ProfileFailed */
async function exchangeToken(
  sso: Sso,
  file: string,
  content: Token['content'],
  handler: AwsHttpHandler,
  secrets: Set<string>,
): Promise<Token> {
  const [clientId, clientSecret, refreshToken] = ['clientId', 'clientSecret', 'refreshToken'].map(
    textIn(content),
  );
  // Tokens without an sso-session cannot be refreshed.
  if (sso.session === undefined || !clientId || !clientSecret || !refreshToken)
    throw failed('ssoSessionExpired', sso.profile, { subject: sso.session ?? sso.startUrl });
  const oidc = new SSOOIDCClient(handler.client(sso.ssoRegion, sso.endpoints.sso_oidc));
  const grant = { clientId, clientSecret, refreshToken, grantType: 'refresh_token' };
  const response = await oidc.send(new CreateTokenCommand(grant)).catch(async (error: unknown) => {
    const refusal = ssoSignedOut(error, handler.last, sso);
    if (refusal.kind === 'ssoSessionExpired') await waitForReplacement(file, secrets);
    throw refusal;
  });
  const { accessToken, expiresIn = 0 } = response;
  if (!accessToken) throw ssoSignedOut(new Error('accessToken'), handler.last, sso);
  addSecrets(secrets, accessToken, response.refreshToken);
  const expiration = Date.now() + expiresIn * 1000;
  const token = {
    ...content,
    accessToken,
    expiresAt: new Date(expiration).toISOString(),
    refreshToken: response.refreshToken ?? refreshToken,
  };
  const now = await readToken(file, secrets);
  // The user has signed in or out meanwhile; that takes precedence.
  if (now?.content['accessToken'] !== content['accessToken'] || now?.content['refreshToken'] !== refreshToken)
    return now && isValidFor(now, 0) ? now : { accessToken, expiration, content: token };
  // If the file cannot be written, the token is used this once.
  await replaceFile(file, JSON.stringify(token, null, 2)).catch(() => undefined);
  return { accessToken, expiration, content: token };
}

/** Waits until the file holds a valid token, or until no other process is likely to write one. */
async function waitForReplacement(file: string, secrets: Set<string>): Promise<void> {
  for (let waited = 0; waited < writeGraceMs; waited += 100) {
    const now = await readToken(file, secrets);
    if (now && isValidFor(now, 0)) return;
    await wait(100);
  }
}

/** Replaces a file atomically, since others may read it at any time. Only its owner may read it. */
async function replaceFile(file: string, content: string): Promise<void> {
  // Keep a symbolic link.
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

const isValidFor = ({ expiration }: Token, ms: number) => expiration - Date.now() > ms;

/** Reads the token; undefined if there is none, or the file holds something else. Adds its secrets to `secrets`. */
async function readToken(file: string, secrets: Set<string>): Promise<Token | undefined> {
  const content = parseJson(await readFile(file, 'utf8').catch(() => ''));
  if (!isRecord(content)) return undefined;
  addSecrets(secrets, content['accessToken'], content['refreshToken'], content['clientSecret']);
  const [accessToken, expiresAt] = ['accessToken', 'expiresAt'].map(textIn(content));
  // Old versions of the AWS CLI wrote “…UTC”.
  const expiration = Date.parse((expiresAt ?? '').replace(/UTC$/, 'Z'));
  return accessToken && !Number.isNaN(expiration) ? { accessToken, expiration, content } : undefined;
}

const textIn = (content: Readonly<Record<string, unknown>>) => (name: string) =>
  typeof content[name] === 'string' ? content[name] : undefined;
