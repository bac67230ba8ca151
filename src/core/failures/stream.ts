// Failures after the answer began well.
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

/** The event-stream codec throws plain errors; their words are all there is. */
const damaged =
  /checksum|message length|message too short|header (?:length|type|value)|Unrecognized header|Invalid (?:event|message|UUID)|Int64 buffers|allocate an event message/i;

/**
 * The failure that an error in place of the next event tells of; undefined where `error` is none. While nothing of the
 * reply was shown it is the same as it would be in place of an answer.
 */
export function refusedInStream(error: Error, answer: ResponseHead, shown: boolean): Failure | undefined {
  const told = saidIn(error);
  if (!told) return undefined;
  const { step, retryAfter, requestIds } = answer;
  const refused = awsFailure({ ...(retryAfter !== undefined && { retryAfter }), requestIds }, told);
  return {
    ...(shown
      ? failure(inTheMiddle[refused.kind] ?? refused.kind, refused.details, { requestIds })
      : refused),
    details: { ...refused.details, ...(step && { step }) },
    cause: error,
  };
}

/** What such an error is called, and says: an exception, an error frame, or an event of the model's own. */
function saidIn(error: Error): ProviderError | undefined {
  if (error instanceof ExceptionFrame) return named(error.code, readProviderError(error.payload));
  if (error instanceof ErrorEvent) return named(error.code, readJsonError(error.message));
  return isErrorFrame(error) ? named(error.name, readProviderError(error.message)) : undefined;
}

/** What the SDK and its handler name so themselves. */
const ofSdk: ReadonlySet<string> = new Set(['Error', 'AbortError', 'TimeoutError']);

/** An error frame: the SDK makes its code the name of a plain Error. */
function isErrorFrame(error: Error): boolean {
  return error.constructor === Error && !ofSdk.has(error.name) && !('code' in error);
}

/** AWS writes the names of its exceptions small in a stream, and large everywhere else. */
function named(code: string, said: ProviderError): ProviderError {
  const exception = code.endsWith('Exception');
  const name = exception ? code.charAt(0).toUpperCase() + code.slice(1) : code;
  return { ...said, names: [...(name ? [name] : []), ...said.names] };
}

/** What it is called once a part of the reply is here. What is not named has a reason of its own, and stays. */
const inTheMiddle: { readonly [K in FailureKind]?: FailureKind } = {
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
 * The failure of a reply that had begun with a success; undefined when the network tells better. `head`: the first
 * bytes of its body.
 */
export function streamFailure(
  error: Error,
  requestIds: RequestIds,
  head: Uint8Array = new Uint8Array(),
): Failure | undefined {
  const more = { requestIds, cause: error };
  const encoding = error instanceof AnswerCompressed ? error.encoding : compressionOf(head);
  if (encoding !== undefined) return failure('answerCompressed', { code: encoding }, more);
  if (error instanceof StreamIncomplete) return failure('streamIncomplete', {}, more);
  if (error instanceof ReplyTooLarge) return failure('replyTooLarge', {}, more);
  if (error instanceof AnswerUnreadable) return failure('answerUnreadable', {}, more);
  // A connection may be cut within the first frame, or before it: no bytes were changed by that.
  if (error instanceof NoEventRead)
    return failure(mayBeFrame(head) ? 'streamIncomplete' : 'streamDamaged', {}, more);
  if (truncatedMessage.test(error.message)) return failure('streamIncomplete', {}, more);
  // A length that was changed leads out of the buffer.
  if (damaged.test(error.message) || error instanceof RangeError) return failure('streamDamaged', {}, more);
  if (error instanceof SyntaxError) return failure('answerUnreadable', {}, more);
  return undefined;
}

/** What the SDK adds to the words of an error that it met while reading an answer. */
const hint = /\n\s{0,8}Deserialization error: to see[^]*$/;

/** `error` with its own words alone. */
export function withoutHint(error: Error): Error {
  if (hint.test(error.message)) error.message = error.message.replace(hint, '');
  return error;
}

/** The failure of a reply that had begun with a success, and ended in what neither we nor the network name. */
export function unnamedFailure(error: Error, requestIds: RequestIds): Failure {
  return failure('answerUnreadable', {}, { requestIds, cause: error });
}
