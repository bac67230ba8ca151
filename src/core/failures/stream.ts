// Failures after the answer began well.
import { mayBeFrame } from '../bedrock/frame';
import { type Failure, type FailureKind, failure } from '../failure';
import type { Trace } from '../trace';
import { isAwsException } from './aws';
import { AnswerUnreadable, ErrorEvent, NoEventRead, ReplyTooLarge, StreamIncomplete } from './thrown';

/** The event-stream codec throws plain errors; their words are all there is. */
const damaged =
  /checksum|message length|message too short|header (?:length|type|value)|Unrecognized header|Invalid (?:event|message|UUID)|Int64 buffers|allocate an event message/i;
/** A body that ends within a frame; without any frame before it, perhaps one that never was a stream. */
const truncated = /Truncated event message/i;

/** Exceptions that Bedrock puts into a stream. */
const byException: ReadonlyMap<string, FailureKind> = new Map([
  ['InternalServerException', 'streamInternalError'],
  ['ModelStreamErrorException', 'streamModelErred'],
  ['ModelErrorException', 'streamModelErred'],
  ['ModelTimeoutException', 'streamModelTimedOut'],
  ['ServiceUnavailableException', 'streamUnavailable'],
  ['ThrottlingException', 'streamThrottled'],
  ['ValidationException', 'streamInvalid'],
]);

/** Error events of Claude's own body. https://platform.claude.com/docs/en/api/errors */
const byEvent: ReadonlyMap<string, FailureKind> = new Map([
  ['api_error', 'streamInternalError'],
  ['invalid_request_error', 'streamInvalid'],
  ['overloaded_error', 'streamUnavailable'],
  ['rate_limit_error', 'streamThrottled'],
  ['timeout_error', 'streamModelTimedOut'],
]);

/** What a stream threw before its first event was read. */
export function unread(error: unknown): unknown {
  const cutShort = error instanceof Error && truncated.test(error.message);
  return cutShort ? new NoEventRead(undefined, { cause: error }) : error;
}

/**
 * The failure of a reply that had begun with a success; undefined when the network tells better. `head`: the first
 * bytes of its body.
 */
export function streamFailure(
  error: Error,
  trace: Trace,
  head: Uint8Array = new Uint8Array(),
): Failure | undefined {
  const more = { trace, cause: error };
  if (error instanceof StreamIncomplete) return failure('streamIncomplete', {}, more);
  if (error instanceof ReplyTooLarge) return failure('replyTooLarge', {}, more);
  if (error instanceof AnswerUnreadable) return failure('answerUnreadable', {}, more);
  // A connection may be cut within the first frame, or before it: no bytes were changed by that.
  if (error instanceof NoEventRead)
    return failure(mayBeFrame(head) ? 'streamIncomplete' : 'streamDamaged', {}, more);
  if (error instanceof ErrorEvent)
    return failure(
      byEvent.get(error.code) ?? 'streamException',
      { code: error.code, message: error.message },
      more,
    );
  // An exception frame: an event of the stream that says why there will be no more.
  const name = error.name.charAt(0).toUpperCase() + error.name.slice(1);
  if (isAwsException(name))
    return failure(
      byException.get(name) ?? 'streamException',
      { code: name, message: error.message.trim() },
      more,
    );
  // Words of the other side are not the codec's, whatever they are.
  if (isErrorFrame(error)) return undefined;
  if (truncated.test(error.message)) return failure('streamIncomplete', {}, more);
  // A length that was changed leads out of the buffer.
  if (damaged.test(error.message) || error instanceof RangeError) return failure('streamDamaged', {}, more);
  if (error instanceof SyntaxError) return failure('answerUnreadable', {}, more);
  return undefined;
}

/** What the SDK adds to the words of an error that it met while reading an answer. */
const hint = /\n\s*Deserialization error: to see.*$/s;

/** An error frame, or an exception that the service's model lacks: its code becomes the name of a plain Error. */
function isErrorFrame(error: Error): boolean {
  return error.constructor === Error && error.name !== 'Error';
}

/** The failure of a reply that had begun with a success, and ended in what neither we nor the network name. */
export function unnamedFailure(error: Error, trace: Trace): Failure {
  const more = { trace, cause: error };
  if (isErrorFrame(error))
    return failure('streamException', { code: error.name, message: error.message.replace(hint, '') }, more);
  return failure('answerUnreadable', {}, more);
}
