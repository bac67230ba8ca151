// Errors that core throws itself; classify() turns each into a Failure.
import type { FailureDetails } from './failureDetails';
import type { FailureKind } from './failure';

/** No credentials are stored for this request's authentication method. */
export class CredentialsMissing extends Error {
  override readonly name = 'CredentialsMissing';
}

/** The stored secrets cannot be read: the system's keychain is locked or broken. Nothing was sent. */
export class SecretsUnreadable extends Error {
  override readonly name = 'SecretsUnreadable';
}

/** The prompt consists of white space only, which Bedrock refuses. Nothing was sent. */
export class PromptEmpty extends Error {
  override readonly name = 'PromptEmpty';
}

/** No data arrived within an idle timeout; the connection was closed. */
export class IdleTimeoutError extends Error {
  override readonly name = 'IdleTimeoutError';
  constructor(
    /** What did not arrive: a connection, the head of a response, or more of its body. */
    readonly missing: 'connection' | 'response' | 'body',
    /** ms */
    readonly elapsed: number,
  ) {
    super();
  }
}

/** The credentials of a profile in ~/.aws could not be resolved. */
export class ProfileFailed extends Error {
  override readonly name = 'ProfileFailed';
  constructor(
    readonly kind: FailureKind,
    readonly details: FailureDetails,
    options?: ErrorOptions,
  ) {
    super(kind, options);
  }
}

/** Compares names, since the error comes from another bundle, which has its own copy of the class. */
export function isProfileFailed(error: Error): error is ProfileFailed {
  return error.name === 'ProfileFailed';
}

/** A successful response that neither the gateway nor Bedrock would send, such as a network's sign-in page. */
export class NotBedrocksAnswer extends Error {
  override readonly name = 'NotBedrocksAnswer';
}

/** The stream ended before the event that ends a message. */
export class StreamIncomplete extends Error {
  override readonly name = 'StreamIncomplete';
}

/** The body of a successful response is not the expected JSON. */
export class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
}

/** The reply is longer than any model writes. The rest was not read. */
export class ReplyTooLarge extends Error {
  override readonly name = 'ReplyTooLarge';
  /** `text`: the part of the reply to keep, if none of it was passed on yet. */
  constructor(readonly text = '') {
    super();
  }
}

/** The response is compressed. We never ask for compression, and the SDK cannot read it. */
export class AnswerCompressed extends Error {
  override readonly name = 'AnswerCompressed';
  constructor(
    /** Such as `gzip`. */
    readonly encoding: string,
  ) {
    super();
  }
}

/** The response has an error status. Its head and body are recorded already, so the SDK does not read them. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A response with a success status whose body is an error; `output` is its JSON. */
export class AnsweredWithError extends Error {
  override readonly name = 'AnsweredWithError';
  constructor(readonly output: unknown) {
    super();
  }
}

/**
 * A reply that arrived as a whole, not as a stream: because it was requested so, or because the gateway inspects
 * replies before it passes them on.
 */
export class AnsweredWhole extends Error {
  override readonly name = 'AnsweredWhole';
  constructor(readonly output: unknown) {
    super();
  }
}

/** Not even the first event of the stream could be read: the stream was interrupted, or is no event stream. */
export class NoEventRead extends Error {
  override readonly name = 'NoEventRead';
}

/** The prompt is to be sent in the model's own format, which is not known for this model ID. Nothing was sent. */
export class BodyUnknown extends Error {
  override readonly name = 'BodyUnknown';
}

/** The model's own format does not take something of the prompt. Nothing was sent. */
export class ContentNotSupported extends Error {
  override readonly name = 'ContentNotSupported';
  constructor(
    /** Such as `image` or `docx`. */
    readonly content: string,
  ) {
    super();
  }
}

/** A picture or a document of the prompt is no longer there, or cannot be read. Nothing was sent. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
  constructor(
    /** The user's name for it. */
    readonly blob: string,
    options?: ErrorOptions,
  ) {
    super('', options);
  }
}

/** An exception frame in place of the next event: the stream ends with this error. */
export class ExceptionFrame extends Error {
  override readonly name = 'ExceptionFrame';
  constructor(
    /** Such as `throttlingException`. */
    readonly code: string,
    /** The unparsed payload, usually JSON. */
    readonly payload: string,
  ) {
    super();
  }
}

/** An error event in the model's own format, in place of an event or a reply. */
export class ErrorEvent extends Error {
  override readonly name = 'ErrorEvent';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
