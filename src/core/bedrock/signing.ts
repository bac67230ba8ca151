// Who authenticates to AWS, as auth schemes of the SDK: a table, so that each way is chosen by the request's
// own word and never by what lies around in the environment.
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
/** AWS requires these; every other header may be added, dropped or rewritten on its way without harm. */
const signedHeaders = /^(host|x-amz-date|x-amz-security-token|x-amzn-.+)$/;

/** What a scheme signs with, for one attempt. */
export interface Signing {
  readonly region: string;
  readonly secrets: Secrets;
  /** What the request's profile of ~/.aws gives. */
  readonly profileCredentials: () => Promise<AwsCredentials>;
  readonly clock: Clock;
  readonly plan: Plan;
  /** Told what was signed, before it is re-addressed. */
  readonly onSigned: (request: SmithyRequest) => void;
}

/** The one scheme that the client is given for a way of authenticating. */
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
 * Signature Version 4 over as little as AWS accepts.
 *
 * The SDK's own signer signs nine headers, and takes the Date header of every answer for the time: a cached
 * answer then dates the next signature an hour back. Here the time is ours, corrected only after AWS itself
 * has said that it is wrong (attempts.ts).
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
      // The payload's hash is part of the signature without this header, which a gateway need not pass on.
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
