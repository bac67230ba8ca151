// Turns a thrown error or an error response into one Failure.
import { type Failure, type FailureKind, failure } from '../model/failure';
import type { Access } from '../gateway/access';
import type { ResponseHead } from '../gateway/response';
import type { SentForSignature } from '../gateway/canonical';
import { NotSignedForAws } from '../gateway/readdress';
import type { Request } from '../model/request';
import { awsFailure } from './aws';
import { edgeFailure } from './edge';
import { gatewayFailure } from './gateway';
import { networkFailure } from './network';
import { sanitizeDetails } from './sanitize';
import { signerOf } from './signer';
import { refusedInStream, streamFailure, unnamedFailure, withoutHint } from './stream';
import type { ProfileOrigin } from '../model/failureDetails';
import {
  AnsweredWithError,
  BlobMissing,
  BodyUnknown,
  ContentNotSupported,
  CredentialsMissing,
  NotBedrocksAnswer,
  IdleTimeoutError,
  PromptEmpty,
  SecretsUnreadable,
  isProfileFailed,
} from '../model/errors';

/** What is known about a failed attempt. */
export interface AttemptEvidence {
  /** The response head; absent if there was no response. */
  readonly response?: ResponseHead;
  /** Secrets that this attempt used; they are removed from the failure's texts. */
  readonly secrets?: readonly string[];
  /** The first bytes of a successful response's body; see mayBeFrame(). */
  readonly head?: Uint8Array;
  /** What was signed; absent if nothing was. */
  readonly signed?: SentForSignature;
  /** Whether any part of the reply was shown. Before that, an error in a stream is treated as a refusal. */
  readonly hasVisibleText?: boolean;
  /** Where in ~/.aws the credentials of this attempt come from. */
  readonly profileOrigin?: ProfileOrigin | undefined;
}

/** Classifies `thrown` by name, code or status; by text only if nothing else helps. */
export function classify(thrown: unknown, evidence: AttemptEvidence, request: Request): Failure {
  const { target, authentication, profile, gateway, guardrail } = request;
  const classified = kindOf(thrown, evidence);
  return {
    ...classified,
    details: {
      model: target.model,
      region: target.region,
      host: gateway.address.hostname,
      ...(guardrail && { guardrail }),
      authentication,
      ...(profile !== undefined && { profile, ...evidence.profileOrigin }),
      ...sanitizeDetails(classified.details, evidence.secrets ?? []),
    },
  };
}

const timeoutKinds: { readonly [M in IdleTimeoutError['missing']]: FailureKind } = {
  connection: 'connectionTimedOut',
  response: 'noAnswer',
  body: 'streamStalled',
};

function kindOf(
  thrown: unknown,
  { response, head, signed, hasVisibleText = false }: AttemptEvidence,
): Failure {
  if (thrown instanceof IdleTimeoutError) {
    const details = { elapsed: thrown.elapsed };
    return failure(timeoutKinds[thrown.missing], details, {
      requestIds: response?.requestIds ?? {},
      cause: thrown,
    });
  }
  if (response && response.status >= 300) return responseFailure(response, signed);
  const requestIds = response?.requestIds ?? {};
  const error = errorOf(thrown);
  if (error instanceof CredentialsMissing) return failure('credentialsMissing', {}, { cause: error });
  if (error instanceof SecretsUnreadable)
    return failure('secretsUnreadable', { message: error.message }, { cause: error });
  if (error instanceof PromptEmpty) return failure('promptEmpty', {}, { cause: error });
  if (error instanceof NotBedrocksAnswer && response) return responseFailure(response, signed);
  if (error instanceof AnsweredWithError && response)
    return responseFailure({ ...response, body: JSON.stringify(error.output) }, signed);
  if (isProfileFailed(error)) return failure(error.kind, error.details, { cause: error });
  if (error instanceof ContentNotSupported)
    return failure('contentNotSupported', { subject: error.content }, { cause: error });
  if (error instanceof BlobMissing) return failure('blobMissing', { subject: error.blob }, { cause: error });
  if (error instanceof BodyUnknown) return failure('bodyUnknown', {}, { cause: error });
  if (error instanceof NotSignedForAws) return failure('signatureMissing', {}, { cause: error });
  return (
    (response && refusedInStream(error, response, hasVisibleText)) ??
    (response && streamFailure(error, requestIds, head)) ??
    networkFailure(error, requestIds) ??
    (response && unnamedFailure(error, requestIds)) ??
    failure('unknown', { code: error.name, message: error.message }, { requestIds, cause: error })
  );
}

/**
 * Makes an Error with a text message of what was thrown: the SDK makes errors of frames without checking the message's
 * type.
 */
function errorOf(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(typeof thrown === 'string' ? thrown : '');
  const { name, message }: { readonly name: unknown; readonly message: unknown } = thrown;
  if (typeof name === 'string' && typeof message === 'string') return withoutHint(thrown);
  return Object.assign(new Error(typeof message === 'string' ? message : '', { cause: thrown }), {
    name: typeof name === 'string' ? name : 'Error',
  });
}

const accessKinds: { readonly [A in Access]: FailureKind } = {
  signIn: 'gatewayBehindAccess',
  denied: 'gatewayAccessDenied',
};

function responseFailure(response: ResponseHead, signed: SentForSignature | undefined): Failure {
  const failure = failureFrom(response, signed);
  return response.step ? { ...failure, details: { ...failure.details, step: response.step } } : failure;
}

function failureFrom(response: ResponseHead, signed: SentForSignature | undefined): Failure {
  const signer = signerOf(response);
  const { status, requestIds, encoding } = response;
  // The body is unreadable, so the sender and the reason are unknown.
  if (encoding !== undefined && signer.by === 'unknown')
    return failure('answerCompressed', { status, code: encoding }, { requestIds });
  switch (signer.by) {
    case 'access':
      return failure(accessKinds[signer.access], { status }, { requestIds });
    case 'gateway':
      return gatewayFailure(signer.error, response);
    case 'aws':
      return awsFailure(response, signer.error, signed);
    case 'unknown':
      return edgeFailure(response, signer.error);
  }
}
