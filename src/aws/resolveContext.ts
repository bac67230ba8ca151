// The context in which a profile's credentials are resolved.
import { ProfileFailed } from '../core/model/errors';
import { sanitizeDetails } from '../core/failures/sanitize';
import type { FailureKind } from '../core/model/failure';
import type { AwsCredentials } from '../core/model/ports';
import type { FailureDetails } from '../core/model/failureDetails';
import type { AwsHttpHandler } from './client';

export interface ResolvedCredentials extends AwsCredentials {
  /** When they expire, ms since the epoch; absent if they do not. */
  readonly expiration?: number;
}

/** The MFA device and the profile for which a code is needed. */
export interface MfaRequest {
  readonly profile: string;
  /** The device's serial number or ARN. */
  readonly serial: string;
}

export interface ResolveContext {
  /** The region for a profile that names none. */
  readonly region: string;
  /** Aborts when no caller waits any more. */
  readonly signal: AbortSignal;
  readonly handler: AwsHttpHandler;
  /** Resolves to six digits; undefined if the user cancels. */
  readonly askCode: (request: MfaRequest, signal: AbortSignal) => Promise<string | undefined>;
  /** Timeout for a credential_process, ms. */
  readonly programTimeout: number;
  /** All secrets known so far, to remove them from messages. Resolvers add to it. */
  readonly secrets: Set<string>;
}

/** Adds the non-empty strings among `values` to `secrets`. */
export function addSecrets(secrets: Set<string>, ...values: readonly unknown[]): void {
  for (const value of values) if (typeof value === 'string' && value) secrets.add(value);
}

/** The longest part of a server's or program's message that is shown. */
export const maxShownLength = 600;

/** A copy of the failure without secrets in its texts. */
export function withoutSecrets(
  { kind, details, cause }: ProfileFailed,
  secrets: ReadonlySet<string>,
): ProfileFailed {
  const { message, code, ...others } = sanitizeDetails(details, [...secrets]);
  return new ProfileFailed(
    kind,
    {
      ...others,
      // The subject comes from the files, and is kept: the digits of an MFA code may also occur in an account ID.
      ...(details.subject !== undefined && { subject: details.subject }),
      ...(message !== undefined && { message: message.slice(0, maxShownLength) }),
      ...(code !== undefined && { code: isName.test(code) ? code : 'other' }),
    },
    { cause },
  );
}

/** Error names of services and Node, and HTTP statuses. */
const isName = /^\w{1,64}$/;

/** Makes a failure of `profile`. */
export function failed(
  kind: FailureKind,
  profile: string,
  details: FailureDetails = {},
  cause?: unknown,
): ProfileFailed {
  return new ProfileFailed(kind, { profile, ...details }, { cause });
}

/** Converts the result of an SDK provider. */
export function toResolved({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration,
}: AwsCredentials & { readonly expiration?: Date }): ResolvedCredentials {
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration && { expiration: expiration.getTime() }),
  };
}
