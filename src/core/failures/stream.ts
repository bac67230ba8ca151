// Classifies failures after a response with a success status.
import { mayBeFrame } from '../bedrock/frame';
import { type Failure, type FailureKind, failure } from '../model/failure';
import { compressionOf } from '../gateway/compression';
import type { ResponseHead } from '../gateway/response';
import type { RequestIds } from '../model/requestIds';
import { awsFailure } from './aws';
import { type ProviderError, readJsonError, readProviderError } from './providerMessage';
import { truncatedMessage } from '../bedrock/eventStream';
import {
  AnswerCompressed,
  AnswerUnreadable,
  ErrorEvent,
  ExceptionFrame,
  NoEventRead,
  ReplyTooLarge,
  StreamIncomplete,
} from '../model/errors';

/** The event stream codec throws plain errors, which only their messages identify. */
const damagedMessage =
  /checksum|message length|message too short|header (?:length|type|value)|Unrecognized header|Invalid (?:event|message|UUID)|Int64 buffers|allocate an event message/i;

/**
 * The failure for an error in place of the next event; undefined if `error` is none. Until part of the reply was shown,
 * it is classified like an error response.
 */
export function refusedInStream(
  error: Error,
  response: ResponseHead,
  hasVisibleText: boolean,
): Failure | undefined {
  const providerError = readStreamError(error);
  if (!providerError) return undefined;
  const { step, retryAfter, requestIds } = response;
  const refused = awsFailure({ ...(retryAfter !== undefined && { retryAfter }), requestIds }, providerError);
  return {
    ...(hasVisibleText
      ? failure(kindsInStream[refused.kind] ?? refused.kind, refused.details, { requestIds })
      : refused),
    details: { ...refused.details, ...(step && { step }) },
    cause: error,
  };
}

/** Reads such an error: an exception frame, an error frame, or an error event in the model's own format. */
function readStreamError(error: Error): ProviderError | undefined {
  if (error instanceof ExceptionFrame) return withCode(error.code, readProviderError(error.payload));
  if (error instanceof ErrorEvent) return withCode(error.code, readJsonError(error.message));
  return isErrorFrame(error) ? withCode(error.name, readProviderError(error.message)) : undefined;
}

/** Names of the SDK's own errors. */
const sdkErrorNames: ReadonlySet<string> = new Set(['Error', 'AbortError', 'TimeoutError']);

/** Whether it is an error frame: the SDK makes a plain Error of it, with the frame's code as its name. */
function isErrorFrame(error: Error): boolean {
  return error.constructor === Error && !sdkErrorNames.has(error.name) && !('code' in error);
}

/** Exception names begin with a lower-case letter in streams only. */
function withCode(code: string, error: ProviderError): ProviderError {
  const exception = code.endsWith('Exception');
  const name = exception ? code.charAt(0).toUpperCase() + code.slice(1) : code;
  return { ...error, names: [...(name ? [name] : []), ...error.names] };
}

/** Kinds once part of the reply was shown. Other kinds have specific causes and stay. */
const kindsInStream: { readonly [K in FailureKind]?: FailureKind } = {
  awsError: 'streamException',
  awsInternalError: 'streamInternalError',
  modelErred: 'streamModelErred',
  modelNotReady: 'streamUnavailable',
  modelTimedOut: 'streamModelTimedOut',
  requestInvalid: 'streamInvalid',
  serviceUnavailable: 'streamUnavailable',
  throttled: 'streamThrottled',
};

/**
 * The failure of a reply that began with a success status; undefined if it is a network failure. `head`: the first
 * bytes of the body.
 */
export function streamFailure(
  error: Error,
  requestIds: RequestIds,
  head: Uint8Array = new Uint8Array(),
): Failure | undefined {
  const options = { requestIds, cause: error };
  const encoding = error instanceof AnswerCompressed ? error.encoding : compressionOf(head);
  if (encoding !== undefined) return failure('answerCompressed', { code: encoding }, options);
  if (error instanceof StreamIncomplete) return failure('streamIncomplete', {}, options);
  if (error instanceof ReplyTooLarge) return failure('replyTooLarge', {}, options);
  if (error instanceof AnswerUnreadable) return failure('answerUnreadable', {}, options);
  // The connection may end within the first frame, or before it, without any changed bytes.
  if (error instanceof NoEventRead)
    return failure(mayBeFrame(head) ? 'streamIncomplete' : 'streamDamaged', {}, options);
  if (truncatedMessage.test(error.message)) return failure('streamIncomplete', {}, options);
  // A changed length leads to an index outside of the buffer.
  if (damagedMessage.test(error.message) || error instanceof RangeError)
    return failure('streamDamaged', {}, options);
  if (error instanceof SyntaxError) return failure('answerUnreadable', {}, options);
  return undefined;
}

/** The hint that the SDK appends to errors while it reads a response. */
const hint = /\n\s{0,8}Deserialization error: to see[^]*$/;

/** Removes the SDK's hint from the message of `error`, in place. */
export function withoutHint(error: Error): Error {
  if (hint.test(error.message)) error.message = error.message.replace(hint, '');
  return error;
}

/** The failure of a reply that began with a success status and failed with an unknown error. */
export function unnamedFailure(error: Error, requestIds: RequestIds): Failure {
  return failure('answerUnreadable', {}, { requestIds, cause: error });
}
