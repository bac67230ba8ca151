// SSO: the token that `aws sso login` has left in a file, refreshed where it can be, gives a role's credentials.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
//
// Not the SDK's fromSSO(): for half a minute after a refresh that failed or was stopped it tries no other, and says
// of all that went wrong that the token has expired.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/nested-clients/sso';
import { CreateTokenCommand, SSOOIDCClient } from '@aws-sdk/nested-clients/sso-oidc';
import { isRecord, parseJson } from '../core/gateway/answer';
import { home } from './files';
import { type Obtained, failed } from './obtaining';
import type { Sso } from './profile';
import { ssoRefused, ssoSignedOut } from './refusals';
import type { Wire } from './wire';

interface Token {
  readonly accessToken: string;
  /** ms since the epoch. */
  readonly expiration: number;
  /** All that the file holds of it. */
  readonly held: Readonly<Record<string, unknown>>;
}

/** ms before a token expires at which it is refreshed, as the SDKs do. */
const early = 5 * 60_000;

/** The file in which the AWS CLI and the SDKs keep the token of a profile's session. */
export function tokenFile({ session, startUrl }: Sso): string {
  const name = createHash('sha1')
    .update(session ?? startUrl)
    .digest('hex');
  return path.join(home(), '.aws', 'sso', 'cache', `${name}.json`);
}

/** @throws ProfileFailed */
export async function fromSso(sso: Sso, wire: Wire): Promise<Obtained> {
  const { accessToken } = await goodToken(sso, wire);
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

async function goodToken(sso: Sso, wire: Wire): Promise<Token> {
  const file = tokenFile(sso);
  const token = await readToken(file);
  if (token && token.expiration - Date.now() > early) return token;
  try {
    return await refreshed(sso, token?.held ?? {}, wire);
  } catch (error) {
    // The AWS CLI or another window may have refreshed it meanwhile; and what has some minutes left does.
    const now = await readToken(file);
    if (now && now.expiration > Date.now()) return now;
    throw error;
  }
}

/** A token in place of the one `held`. @throws ProfileFailed */
async function refreshed(sso: Sso, held: Token['held'], wire: Wire): Promise<Token> {
  const [clientId, clientSecret, refreshToken] = ['clientId', 'clientSecret', 'refreshToken'].map(
    textIn(held),
  );
  // Without a session apart nobody refreshes it.
  if (sso.session === undefined || !clientId || !clientSecret || !refreshToken)
    throw failed('ssoSessionExpired', sso.profile, { subject: sso.session ?? sso.startUrl });
  const oidc = new SSOOIDCClient(wire.client(sso.ssoRegion, sso.endpoints.sso_oidc));
  const grant = { clientId, clientSecret, refreshToken, grantType: 'refresh_token' };
  const given = await oidc.send(new CreateTokenCommand(grant)).catch((error: unknown) => {
    throw ssoSignedOut(error, wire.last, sso);
  });
  const { accessToken, expiresIn = 0 } = given;
  if (!accessToken) throw ssoSignedOut(new Error('accessToken'), wire.last, sso);
  const expiration = Date.now() + expiresIn * 1000;
  const token = {
    ...held,
    accessToken,
    expiresAt: new Date(expiration).toISOString(),
    refreshToken: given.refreshToken ?? refreshToken,
  };
  // Where it cannot be written it is good for this once.
  await writeFile(tokenFile(sso), JSON.stringify(token, null, 2)).catch(() => undefined);
  return { accessToken, expiration, held: token };
}

/** undefined when there is none, or the file holds something else. */
async function readToken(file: string): Promise<Token | undefined> {
  const held = parseJson(await readFile(file, 'utf8').catch(() => ''));
  if (!isRecord(held)) return undefined;
  const [accessToken, expiresAt] = ['accessToken', 'expiresAt'].map(textIn(held));
  // The AWS CLI of old wrote “…UTC”.
  const expiration = Date.parse((expiresAt ?? '').replace(/UTC$/, 'Z'));
  return accessToken && !Number.isNaN(expiration) ? { accessToken, expiration, held } : undefined;
}

const textIn = (held: Readonly<Record<string, unknown>>) => (name: string) =>
  typeof held[name] === 'string' ? held[name] : undefined;
