// What every kind of profile is given to obtain credentials with.
import { ProfileFailed } from '../core/model/errors';
import { sanitizeDetails } from '../core/failures/sanitize';
import type { FailureKind } from '../core/model/failure';
import type { AwsCredentials } from '../core/model/ports';
import type { FailureDetails } from '../core/model/failureDetails';
import type { AwsHttpHandler } from './client';

export interface ResolvedCredentials extends AwsCredentials {
  /** When AWS will no longer take them, ms since the epoch; absent when they last. */
  readonly expiration?: number;
}

/** Which device's code is asked for, and for whom. */
export interface MfaRequest {
  readonly profile: string;
  /** The device's serial number or ARN. */
  readonly serial: string;
}

export interface ResolveContext {
  /** In which AWS is asked where a profile names none. */
  readonly region: string;
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  readonly wire: AwsHttpHandler;
  /** Resolves to six digits; undefined when the user left the question. */
  readonly askCode: (wanted: MfaRequest, signal: AbortSignal) => Promise<string | undefined>;
  /** ms that a program may take. */
  readonly patience: number;
  /** All that is known to be secret up to now. What comes to be known is added: somebody may quote it. */
  readonly secrets: Set<string>;
}

/** Adds to `secrets` those of `values` that are there. */
export function note(secrets: Set<string>, ...values: readonly unknown[]): void {
  for (const value of values) if (typeof value === 'string' && value) secrets.add(value);
}

/** Characters of the other side's words that are shown. */
export const shownLength = 600;

/** A failure without anything secret in what others have said of it. */
export function cleaned(
  { kind, details, cause }: ProfileFailed,
  secrets: ReadonlySet<string>,
): ProfileFailed {
  const { message, code, ...others } = sanitizeDetails(details, [...secrets]);
  return new ProfileFailed(
    kind,
    {
      ...others,
      // What it is about stands in the files: the digits of a code may be those of an account.
      ...(details.subject !== undefined && { subject: details.subject }),
      ...(message !== undefined && { message: message.slice(0, shownLength) }),
      ...(code !== undefined && { code: isName.test(code) ? code : 'other' }),
    },
    { cause },
  );
}

/** As services name their errors, Node its own, and HTTP a status. */
const isName = /^\w{1,64}$/;

/** A failure at `profile`. */
export function failed(
  kind: FailureKind,
  profile: string,
  facts: FailureDetails = {},
  cause?: unknown,
): ProfileFailed {
  return new ProfileFailed(kind, { profile, ...facts }, { cause });
}

/** What a provider of the SDK returns, as it is kept. */
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
