// Whatever was thrown or answered → one Failure.
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
  BodyUnknown,
  CredentialsMissing,
  NotBedrocksAnswer,
  IdleTimeoutError,
  PromptEmpty,
  SecretsUnreadable,
  isProfileFailed,
} from '../model/errors';

/** What is known of an attempt that threw. */
export interface AttemptEvidence {
  /** The answer's head; absent when none came. */
  readonly response?: ResponseHead;
  /** Secrets that this attempt used: nothing that is told of it holds one. */
  readonly secrets?: readonly string[];
  /** The first bytes of a success's body; see mayBeFrame(). */
  readonly head?: Uint8Array;
  /** What was signed; absent when nothing was. */
  readonly signed?: SentForSignature;
  /** Whether any part of the reply has been shown; until then, an error in a stream is a refusal like any other. */
  readonly hasVisibleText?: boolean;
  /** Where in ~/.aws the credentials come from that this attempt used. */
  readonly profileOrigin?: ProfileOrigin | undefined;
}

/** The failure behind `thrown`. By name, code or status; by text only where nothing else tells. */
export function classify(thrown: unknown, seen: AttemptEvidence, request: Request): Failure {
  const { target, authentication, profile, gateway, guardrail } = request;
  const found = kindOf(thrown, seen);
  return {
    ...found,
    details: {
      model: target.model,
      region: target.region,
      host: gateway.address.hostname,
      ...(guardrail && { guardrail }),
      authentication,
      ...(profile !== undefined && { profile, ...seen.profileOrigin }),
      ...sanitizeDetails(found.details, seen.secrets ?? []),
    },
  };
}

const overdue: { readonly [M in IdleTimeoutError['missing']]: FailureKind } = {
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
    return failure(overdue[thrown.missing], details, {
      requestIds: response?.requestIds ?? {},
      cause: thrown,
    });
  }
  if (response && response.status >= 300) return answeredFailure(response, signed);
  const requestIds = response?.requestIds ?? {};
  const error = errorOf(thrown);
  if (error instanceof CredentialsMissing) return failure('credentialsMissing', {}, { cause: error });
  if (error instanceof SecretsUnreadable)
    return failure('secretsUnreadable', { message: error.message }, { cause: error });
  if (error instanceof PromptEmpty) return failure('promptEmpty', {}, { cause: error });
  if (error instanceof NotBedrocksAnswer && response) return answeredFailure(response, signed);
  if (error instanceof AnsweredWithError && response)
    return answeredFailure({ ...response, body: JSON.stringify(error.output) }, signed);
  if (isProfileFailed(error)) return failure(error.kind, error.details, { cause: error });
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

/** What was thrown, as an error of words: the SDK makes errors out of frames, whatever these hold in the place of text. */
function errorOf(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(typeof thrown === 'string' ? thrown : '');
  const { name, message }: { readonly name: unknown; readonly message: unknown } = thrown;
  if (typeof name === 'string' && typeof message === 'string') return withoutHint(thrown);
  return Object.assign(new Error(typeof message === 'string' ? message : '', { cause: thrown }), {
    name: typeof name === 'string' ? name : 'Error',
  });
}

const ofAccess: { readonly [A in Access]: FailureKind } = {
  signIn: 'gatewayBehindAccess',
  denied: 'gatewayAccessDenied',
};

function answeredFailure(answer: ResponseHead, signed: SentForSignature | undefined): Failure {
  const told = toldBy(answer, signed);
  return answer.step ? { ...told, details: { ...told.details, step: answer.step } } : told;
}

function toldBy(answer: ResponseHead, signed: SentForSignature | undefined): Failure {
  const signer = signerOf(answer);
  const { status, requestIds, encoding } = answer;
  // Who answered and why stands in what cannot be read.
  if (encoding !== undefined && signer.by === 'nobody')
    return failure('answerCompressed', { status, code: encoding }, { requestIds });
  switch (signer.by) {
    case 'access':
      return failure(ofAccess[signer.says], { status }, { requestIds });
    case 'gateway':
      return gatewayFailure(signer.error, answer);
    case 'aws':
      return awsFailure(answer, signer.said, signed);
    case 'nobody':
      return edgeFailure(answer, signer.said);
  }
}
