// Checks AWS Signature Version 4 as AWS does, with an independent signer.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { RequestSigner } from 'aws4';
import { refuse } from './awsErrors.js';
import type { Forwarded } from './forward.js';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ms since the epoch; after that, AWS returns ExpiredTokenException. */
  readonly expiration?: number;
}

interface Scope {
  readonly datetime: string;
  readonly region: string;
  readonly service: string;
}

/** The expected signature, and the two strings from which it is computed. */
export function expectedSignature(
  request: Forwarded,
  signedHeaders: readonly string[],
  { datetime, region, service }: Scope,
  { accessKeyId, secretAccessKey }: Credentials,
) {
  const headers = Object.fromEntries(
    signedHeaders.map((name) => [headerKey(name), request.headers[name] ?? '']),
  );
  const signer = new RequestSigner(
    {
      method: request.method,
      path: request.path,
      host: request.headers['host'] ?? '',
      service,
      region,
      headers,
      body: request.body,
      extraHeadersToInclude: Object.fromEntries(signedHeaders.map((name) => [name, true])),
      doNotModifyHeaders: true,
    },
    { accessKeyId, secretAccessKey },
  );
  signer.datetime = datetime;
  return {
    canonical: signer.canonicalString(),
    stringToSign: signer.stringToSign(),
    signedHeaders: signer.signedHeaders(),
    signature: signer.signature(),
  };
}

/**
 * aws4 would trust a content hash header with its usual name; AWS hashes the received body. In capitals the header is
 * signed (canonical names are in lower case) but not trusted.
 */
const headerKey = (name: string) => (name === 'x-amz-content-sha256' ? name.toUpperCase() : name);

const authorizationForm =
  /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/(\d{8})\/([^/\s]*)\/([^/\s]*)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Returns the credentials that signed; throws Refused with AWS's message. */
export function verifySignature(
  request: Forwarded,
  region: string,
  known: readonly Credentials[],
  now: number,
): Credentials {
  const [, keyId, day = '', scopeRegion, service, list = '', signature] =
    authorizationForm.exec(request.headers['authorization'] ?? '') ??
    refuse(
      'IncompleteSignatureException',
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
    );
  const signedHeaders = list.split(';');
  const datetime = request.headers['x-amz-date'] ?? '';
  const signer =
    known.find(({ accessKeyId }) => accessKeyId === keyId) ??
    refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (scopeRegion !== region) invalid('Credential should be scoped to a valid region.');
  if (service !== 'bedrock') invalid("Credential should be scoped to correct service: 'bedrock'.");
  checkTime(datetime, day, now);
  checkCoverage(request, signedHeaders);
  const expected = expectedSignature(
    request,
    signedHeaders,
    { datetime, region, service: 'bedrock' },
    signer,
  );
  if (signature !== expected.signature) invalid(mismatch(expected.canonical, expected.stringToSign));
  checkToken(request.headers['x-amz-security-token'], signer, now);
  return signer;
}

function invalid(message: string): never {
  return refuse('InvalidSignatureException', message);
}

const mismatch = (canonical: string, stringToSign: string) =>
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n' +
  `The Canonical String for this request should have been\n'${canonical}'\n\n` +
  `The String-to-Sign should have been\n'${stringToSign}'\n`;

const allowedSkew = 5 * 60_000;
const basicForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const basic = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

function checkTime(datetime: string, day: string, now: number): void {
  if (!basicForm.test(datetime)) invalid(`Date must be in ISO-8601 'basic format'. Got '${datetime}'.`);
  if (!datetime.startsWith(day)) {
    invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${datetime.slice(0, 8)}', from '${datetime}'.`,
    );
  }
  const signedAt = Date.parse(datetime.replace(basicForm, '$1-$2-$3T$4:$5:$6Z'));
  if (signedAt < now - allowedSkew) {
    invalid(
      `Signature expired: ${datetime} is now earlier than ${basic(now - allowedSkew)} (${basic(now)} - 5 min.)`,
    );
  }
  if (signedAt > now + allowedSkew) {
    invalid(
      `Signature not yet current: ${datetime} is still later than ${basic(now + allowedSkew)} (${basic(now)} + 5 min.)`,
    );
  }
}

/** AWS requires the host and every x-amz-* header to be signed. */
function checkCoverage(request: Forwarded, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes('host')) {
    invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) {
      invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
}

function checkToken(token: string | undefined, signer: Credentials, now: number): void {
  if (token !== signer.sessionToken) {
    refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (signer.expiration !== undefined && now > signer.expiration) {
    refuse('ExpiredTokenException', 'The security token included in the request is expired');
  }
}
