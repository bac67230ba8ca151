// A stand-in for AWS's credential services: STS, the SSO portal, the OIDC service behind `aws sso login`, and the
// sign-in service behind `aws login`. It checks signatures like STS, with an independent signer.
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Credentials, expectedSignature } from '../gateway/signature';

export interface AwsRequest {
  readonly service: 'sts' | 'sso' | 'oidc' | 'signin';
  /** AssumeRole or AssumeRoleWithWebIdentity; for other services, the path. */
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly httpVersion: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Role {
  readonly arn: string;
  readonly externalId?: string;
  readonly mfa?: { readonly serial: string; readonly code: string };
}

export interface Options {
  /** Credentials that STS accepts, besides those that it has issued. */
  readonly users?: readonly Credentials[];
  readonly roles?: readonly Role[];
  readonly webTokens?: readonly string[];
  readonly sso?: { readonly token: string; readonly account: string; readonly role: string };
  /** Each is valid once: the OIDC service returns the next one, with “-next” appended. */
  readonly refreshTokens?: readonly string[];
  /** How long issued credentials are valid, ms; an hour by default. */
  readonly lifetime?: number;
}

export interface Aws {
  readonly url: string;
  readonly requests: readonly AwsRequest[];
  readonly options: { -readonly [K in keyof Options]: Options[K] };
  /** Overrides the services' responses; undefined for the normal response. */
  override: ((request: AwsRequest) => Answer | 'reset' | Promise<Answer | undefined> | undefined) | undefined;
  /** Resolves when no client is connected. */
  disconnected(): Promise<void>;
  close(): Promise<void>;
}

/** The credentials with this number, so that a stand-in gateway can accept them in advance. */
export function issued(number: number): Credentials & { readonly sessionToken: string } {
  return {
    accessKeyId: `ASIAISSUED${String(number).padStart(10, '0')}`,
    secretAccessKey: `issued/secret+number${number}`,
    sessionToken: `issued+session/token${number}==`,
  };
}

export const someIssued = Array.from({ length: 12 }, (_, index) => issued(index + 1));

export async function startAws(given: Options = {}): Promise<Aws> {
  const options = { ...given };
  const requests: AwsRequest[] = [];
  let number = 0;
  const issue = () => {
    number += 1;
    return { ...issued(number), expiration: new Date(Date.now() + (options.lifetime ?? 3_600_000)) };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const record = readRequest(request, body);
      requests.push(record);
      const override = aws.override?.(record);
      const answer = (await override) ?? responseTo(record, request, body, options, issue);
      if (answer === 'reset') return void request.socket.destroy();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })();
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const aws: Aws = {
    url: `http://127.0.0.1:${port}`,
    requests,
    options,
    override: undefined,
    disconnected: async () => {
      for (const socket of sockets) await once(socket, 'close');
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return aws;
}

function readRequest({ url = '', headers, httpVersion }: IncomingMessage, body: string): AwsRequest {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const common = { headers, httpVersion };
  if (pathname === '/federation/credentials')
    return { ...common, service: 'sso', action: pathname, form: Object.fromEntries(searchParams) };
  if (pathname === '/token' || pathname === '/v1/token') {
    const form = JSON.parse(body) as Record<string, string>;
    return { ...common, service: pathname === '/token' ? 'oidc' : 'signin', action: pathname, form };
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  return { ...common, service: 'sts', action: form['Action'] ?? '', form };
}

type Issue = () => Omit<ReturnType<typeof issued>, 'expiration'> & { readonly expiration: Date };

function responseTo(
  one: AwsRequest,
  request: IncomingMessage,
  body: string,
  options: Aws['options'],
  issue: Issue,
): Answer {
  const { form, headers } = one;
  switch (one.service) {
    case 'sso': {
      if (headers['x-amz-sso_bearer_token'] !== options.sso?.token)
        return json(401, { message: 'Session token not found or invalid' }, 'UnauthorizedException');
      if (form['role_name'] !== options.sso?.role || form['account_id'] !== options.sso?.account)
        return json(403, { message: 'No access' }, 'ForbiddenException');
      const { expiration, ...keys } = issue();
      return json(200, { roleCredentials: { ...keys, expiration: expiration.getTime() } });
    }
    case 'oidc': {
      const { refreshToken = '' } = form;
      if (!options.refreshTokens?.includes(refreshToken))
        return json(400, { error: 'invalid_grant' }, 'InvalidGrantException');
      const next = `${refreshToken}-next`;
      options.refreshTokens = options.refreshTokens.map((one) => (one === refreshToken ? next : one));
      return json(200, { accessToken: options.sso?.token, expiresIn: 3600, refreshToken: next });
    }
    case 'signin': {
      if (!options.refreshTokens?.includes(form['refreshToken'] ?? ''))
        return json(400, { error: 'TOKEN_EXPIRED', message: 'expired' }, 'AccessDeniedException');
      const { expiration: _, ...keys } = issue();
      return json(200, { accessToken: keys, tokenType: 'aws_sigv4', expiresIn: 900, refreshToken: 'next' });
    }
    case 'sts':
      return stsAnswer(one, request, body, options, issue);
  }
}

function stsAnswer(
  { action, form }: AwsRequest,
  request: IncomingMessage,
  body: string,
  options: Options,
  issue: Issue,
) {
  if (action === 'AssumeRoleWithWebIdentity')
    return options.webTokens?.includes(form['WebIdentityToken'] ?? '')
      ? assumed(action, form, issue())
      : stsError(400, 'InvalidIdentityToken', 'No OpenIDConnect provider found in your account');
  const refused = checkSignature(request, body, [...(options.users ?? []), ...someIssued]);
  if (refused) return refused;
  const role = options.roles?.find(({ arn }) => arn === form['RoleArn']);
  if (!role || role.externalId !== form['ExternalId'])
    return stsError(
      403,
      'AccessDenied',
      `User: arn:aws:iam::111122223333:user/ann is not authorized to perform: sts:AssumeRole on resource: ${form['RoleArn']}`,
    );
  const { serial, code } = role.mfa ?? {};
  if (form['SerialNumber'] !== serial || form['TokenCode'] !== code)
    return stsError(
      403,
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    );
  return assumed(action, form, issue());
}

function checkSignature(
  { method = '', url = '', headers }: IncomingMessage,
  body: string,
  known: readonly Credentials[],
): Answer | undefined {
  const form = /Credential=([^/]+)\/\d+\/([^/]+)\/sts\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/;
  const [, keyId, region = '', list = '', signature] = form.exec(headers.authorization ?? '') ?? [];
  const signer = known.find(({ accessKeyId }) => accessKeyId === keyId);
  if (!signer || headers['x-amz-security-token'] !== signer.sessionToken)
    return stsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  const expected = expectedSignature(
    { method, path: url, headers: headers as Record<string, string>, body: Buffer.from(body) },
    list.split(';'),
    { datetime: String(headers['x-amz-date']), region, service: 'sts' },
    signer,
  );
  return signature === expected.signature
    ? undefined
    : stsError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.');
}

function assumed(
  action: string,
  { RoleArn = '', RoleSessionName = '' }: Readonly<Record<string, string>>,
  { accessKeyId, secretAccessKey, sessionToken, expiration }: ReturnType<Issue>,
): Answer {
  const arn = RoleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  return xml(
    200,
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>` +
      `<AssumedRoleUser><Arn>${arn}/${RoleSessionName}</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>` +
      `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
      `<SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>` +
      `</${action}Result></${action}Response>`,
  );
}

export function stsError(status: number, code: string, message: string): Answer {
  return xml(
    status,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
      `<Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );
}

const xml = (status: number, body: string): Answer => ({
  status,
  body,
  headers: { 'content-type': 'text/xml' },
});

export function json(status: number, body: object, errorType?: string): Answer {
  const headers = { 'content-type': 'application/json', ...(errorType && { 'x-amzn-errortype': errorType }) };
  return { status, body: JSON.stringify(body), headers };
}
