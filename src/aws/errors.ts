// Classifies the errors of AWS services while resolving credentials. By name, code and status; by text only where STS
// has no other sign of a wrong MFA code.
import { networkFailure } from '../core/failures/network';
import { toLine } from '../core/failures/sanitize';
import { isProfileFailed, type ProfileFailed } from '../core/model/errors';
import { type FailureKind } from '../core/model/failure';
import { failed } from './resolveContext';
import type { FailureDetails } from '../core/model/failureDetails';
import { type Login, type Role, type Sso, type WebIdentity, originOf } from './profile';
import type { LastResponse } from './client';

interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}
type Known = readonly [FailureKind, FailureDetails?];

/** Classifies an SDK error; `known` classifies errors that the service itself sent. */
function refusal(
  error: unknown,
  last: LastResponse | undefined,
  profile: string,
  known: (refusal: Refusal) => Known,
): ProfileFailed {
  const thrown = error instanceof Error ? error : new Error(String(error));
  if (isProfileFailed(thrown)) return thrown;
  if (last?.error) {
    const { details } = networkFailure(last.error, {}) ?? {};
    const code = details?.code ?? last.error.name;
    return failed('credentialsUnreachable', profile, { host: last.host, code }, error);
  }
  const { status } = last ?? {};
  const message = toLine(thrown.message);
  // A response that is not AWS's, such as a network's sign-in page, cannot be read, whatever its status.
  if (last && status !== undefined && (last.html || status >= 500 || status === 429 || status < 400))
    return failed(
      'credentialsUnreachable',
      profile,
      { host: last.host, code: String(status), message },
      error,
    );
  const [kind, details] = known({ name: thrown.name, message, status });
  return failed(kind, profile, { ...(last && { message }), ...details }, error);
}

const keyErrors: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['InvalidClientTokenId', 'awsKeyUnknown'],
  ['UnrecognizedClientException', 'awsKeyUnknown'],
  ['ExpiredToken', 'awsSessionExpired'],
  ['ExpiredTokenException', 'awsSessionExpired'],
  ['RequestExpired', 'clockSkewed'],
]);

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors */
export function roleRefused(error: unknown, last: LastResponse | undefined, role: Role): ProfileFailed {
  return refusal(error, last, role.profile, ({ name, message }) => {
    const kind = keyErrors.get(name);
    // The keys are those of the role's source profile.
    const sourceDetails = { ...originOf(role.source), profile: role.source.profile };
    if (kind) return [kind, sourceDetails];
    if (name === 'SignatureDoesNotMatch')
      return /signature (expired|not yet current)/i.test(message)
        ? ['clockSkewed']
        : ['awsSecretWrong', sourceDetails];
    if (role.mfaSerial && /MultiFactorAuthentication failed|tokenCode/i.test(message))
      return ['mfaRejected', { subject: role.mfaSerial }];
    if (name === 'ValidationError')
      return ['profileIncomplete', { problem: 'refused', subject: role.roleArn }];
    return ['assumeRoleDenied', { subject: role.roleArn, code: name }];
  });
}

export function webIdentityRefused(
  error: unknown,
  last: LastResponse | undefined,
  profile: WebIdentity,
): ProfileFailed {
  return refusal(error, last, profile.profile, ({ name }) => [
    'webIdentityFailed',
    { subject: profile.roleArn, code: name },
  ]);
}

/** https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html */
export function ssoRefused(error: unknown, last: LastResponse | undefined, sso: Sso): ProfileFailed {
  const subject = `${sso.roleName} (${sso.accountId})`;
  return refusal(error, last, sso.profile, ({ name }) => {
    if (name === 'InvalidRequestException') return ['profileIncomplete', { problem: 'refused', subject }];
    return name === 'UnauthorizedException'
      ? ['ssoSessionExpired', { subject: sso.session ?? sso.startUrl }]
      : ['ssoRoleDenied', { subject }];
  });
}

/** The token could not be refreshed. */
export function ssoSignedOut(error: unknown, last: LastResponse | undefined, sso: Sso): ProfileFailed {
  return refusal(error, last, sso.profile, () => [
    'ssoSessionExpired',
    { subject: sso.session ?? sso.startUrl },
  ]);
}

export function loginRefused(
  error: unknown,
  last: LastResponse | undefined,
  { profile, session }: Login,
): ProfileFailed {
  return refusal(error, last, profile, () => ['loginExpired', { subject: session }]);
}
