// The authentication methods as auth schemes of the SDK. The request alone selects one, never the environment.
import { HttpBearerAuthSigner, NoAuthSigner } from '@smithy/core';
import { HttpRequest } from '@smithy/core/protocols';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpAuthScheme, HttpRequest as SmithyRequest, HttpSigner, Identity } from '@smithy/types';
import { CredentialsMissing } from '../model/errors';
import type { Plan } from '../model/attempt';
import type { AwsCredentials, Clock, Secrets } from '../model/ports';
import type { Authentication } from '../model/request';

const service = 'bedrock';
/** AWS requires these to be signed. Others may be added, dropped or rewritten on the way without harm. */
const signedHeaders = /^(host|x-amz-date|x-amz-security-token|x-amzn-.+)$/;

/** What a scheme needs to sign one attempt. */
export interface Signing {
  readonly region: string;
  readonly secrets: Secrets;
  /** The credentials of the request's profile in ~/.aws. */
  readonly profileCredentials: () => Promise<AwsCredentials>;
  readonly clock: Clock;
  readonly plan: Plan;
  /** Called with the signed request, before it is re-addressed. */
  readonly onSigned: (request: SmithyRequest) => void;
}

/** The auth scheme for each authentication method. */
export const authScheme: { readonly [A in Authentication]: (signing: Signing) => HttpAuthScheme } = {
  accessKeys: (signing) => signedWith(signing, () => signing.secrets.awsCredentials()),
  profile: (signing) => signedWith(signing, signing.profileCredentials),
  apiKey: ({ secrets }) => ({
    schemeId: 'smithy.api#httpBearerAuth',
    identityProvider: () => async (): Promise<Identity & { token: string }> => {
      const token = await secrets.apiKey();
      if (!token) throw new CredentialsMissing();
      return { token };
    },
    signer: new HttpBearerAuthSigner(),
  }),
  gateway: () => ({
    schemeId: 'smithy.api#noAuth',
    identityProvider: () => () => Promise.resolve({}),
    signer: new NoAuthSigner(),
  }),
};

function signedWith(signing: Signing, get: () => Promise<AwsCredentials | undefined>): HttpAuthScheme {
  return {
    schemeId: 'aws.auth#sigv4',
    identityProvider: () => async (): Promise<AwsCredentials & Identity> => {
      const credentials = await get();
      if (!credentials) throw new CredentialsMissing();
      return credentials;
    },
    signer: new SigV4(signing),
  };
}

/**
 * Signature Version 4 over as few headers as AWS accepts.
 *
 * The SDK's own signer signs nine headers, and takes the Date header of every response for the current time: after a
 * cached response, the next signature is dated an hour back. Here we use this machine's clock, and correct it only if
 * AWS itself says that it is wrong (retryPolicy.ts).
 */
class SigV4 implements HttpSigner {
  constructor(private readonly signing: Signing) {}

  async sign(unsigned: SmithyRequest, identity: object): Promise<SmithyRequest> {
    const { region, clock, plan, onSigned } = this.signing;
    const { colon, clockOffset } = plan;
    const request = HttpRequest.clone(unsigned);
    if (colon === 'literal') request.path = request.path.replaceAll('%3A', ':');
    const signer = new SignatureV4({
      credentials: identity as AwsCredentials,
      region,
      service,
      sha256: Sha256,
      // The payload's hash is signed even without this header, which a gateway may drop.
      applyChecksum: false,
    });
    const result = await signer.sign(request, {
      signingDate: new Date(clock.now() + clockOffset),
      unsignableHeaders: new Set(
        Object.keys(request.headers)
          .map((name) => name.toLowerCase())
          .filter((name) => !signedHeaders.test(name)),
      ),
    });
    onSigned(result);
    return result;
  }
}
