import { refuseAtGateway } from './gatewayErrors.js';
import { Refused } from './answer.js';
import { awsError, refuse } from './awsErrors.js';
import type { Forwarded } from './forward.js';
import type { Entry, Log } from './log.js';
import type { Received } from './received.js';
import type { Options } from './options.js';
import { verifySignature } from './signature.js';

/** Checks the gateway token. A gateway without a token accepts every request. */
export function checkGatewayToken({ headers }: Received, { token }: Options): void {
  if (token !== undefined && headers['cf-aig-authorization'] !== `Bearer ${token}`) refuseAtGateway(2009);
}

const awsHeaders = ['authorization', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];

/** The alias of the stored key to use; undefined if the caller sent AWS headers or nothing is stored. */
export function storedKey({ headers }: Received, { storedKeys = [] }: Options): string | undefined {
  if (awsHeaders.some((name) => headers[name] !== undefined)) return undefined;
  const alias = headers['cf-aig-byok-alias'];
  if (alias === undefined) return storedKeys.includes('') ? '' : undefined;
  // The real gateway also lists the aliases, which is why a client must not show this message.
  if (!storedKeys.includes(alias)) refuseAtGateway(2040, `. Available: ${storedKeys.join(', ')}`);
  return alias;
}

/** Authenticates a request as AWS does. Describes the caller for the stand-in's reply; throws Refused. */
export function authenticate(
  request: Forwarded,
  region: string,
  options: Options,
  entry: Entry,
  log: Log,
): string {
  const authorization = request.headers['authorization'];
  if (authorization === undefined)
    refuse('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (/^bearer /i.test(authorization)) {
    log.changed(entry, { authentication: 'apiKey' });
    checkApiKey(request, region, options);
    return 'a Bedrock API key';
  }
  log.changed(entry, { authentication: 'signature' });
  try {
    const signer = verifySignature(request, region, options.credentials, options.clock());
    log.changed(entry, { signature: 'accepted' });
    return `the access key that ends in ${signer.accessKeyId.slice(-4)}, by its signature`;
  } catch (error) {
    if (error instanceof Refused) {
      log.changed(entry, { signature: 'refused', signatureReason: reasonOf(error) });
    }
    throw error;
  }
}

/**
 * Stricter than Bedrock is known to be: a client that sends parts of a signature together with a key has mixed up two
 * authentication methods.
 */
function checkApiKey({ headers }: Forwarded, region: string, { apiKeys = [], clock }: Options): void {
  const leftover = awsHeaders.find((name) => name !== 'authorization' && headers[name] !== undefined);
  if (leftover !== undefined)
    refuseKey(`The request carries an API Key, and '${leftover}' of a signature as well.`);
  const given = headers['authorization']?.slice('Bearer '.length);
  const known = apiKeys
    .map((each) => (typeof each === 'string' ? { key: each } : each))
    .find(({ key }) => key === given);
  if (!known || (known.region ?? region) !== region)
    refuseKey('Authentication failed: Please make sure your API Key is valid.');
  if (known.expiration !== undefined && clock() > known.expiration) refuseKey('Bearer Token has expired');
}

/** For keys, Bedrock's field is `Message`, elsewhere `message`. */
function refuseKey(message: string): never {
  const body = Buffer.from(JSON.stringify({ Message: message }));
  throw new Refused({ ...awsError('AccessDeniedException', message), body });
}

const reasonOf = ({ answer }: Refused) => (JSON.parse(String(answer.body)) as { message: string }).message;
