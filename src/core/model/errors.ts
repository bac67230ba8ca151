// What core itself throws on the way of a prompt; classify() turns each into a Failure.
import type { FailureDetails } from './failureDetails';
import type { FailureKind } from './failure';

/** What this request is to authenticate with is not stored. */
export class CredentialsMissing extends Error {
  override readonly name = 'CredentialsMissing';
}

/** What is stored cannot be read: the system's keychain is locked, or broken. Nothing was sent. */
export class SecretsUnreadable extends Error {
  override readonly name = 'SecretsUnreadable';
}

/** A prompt of nothing but blanks, which Bedrock refuses. Nothing was sent. */
export class PromptEmpty extends Error {
  override readonly name = 'PromptEmpty';
}

/** Nothing came for longer than anybody should wait; the connection was closed. */
export class IdleTimeoutError extends Error {
  override readonly name = 'Overdue';
  constructor(
    /** What was waited for: a connection, the head of an answer, or more of its body. */
    readonly missing: 'connection' | 'response' | 'body',
    /** ms */
    readonly elapsed: number,
  ) {
    super();
  }
}

/** A profile of ~/.aws gave no credentials. */
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

/** By its name: it comes from a bundle of its own, whose classes are not those of this one. */
export function isProfileFailed(error: Error): error is ProfileFailed {
  return error.name === 'ProfileFailed';
}

/** A success that neither the gateway nor Bedrock would send: a sign-in page of a network, say. */
export class NotBedrocksAnswer extends Error {
  override readonly name = 'NotBedrocksAnswer';
}

/** A stream that ended, however cleanly, before the event that ends a message. */
export class StreamIncomplete extends Error {
  override readonly name = 'StreamIncomplete';
}

/** A success whose body is not the JSON that it should be. */
export class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
}

/** More came than any model writes: it was not read to its end. */
export class ReplyTooLarge extends Error {
  override readonly name = 'ReplyTooLarge';
  /** `text`: what is to be kept of a reply of which nothing was handed over yet. */
  constructor(readonly text = '') {
    super();
  }
}

/** An answer that something on the way compressed: nobody asked for that, and the SDK does not read it. */
export class AnswerCompressed extends Error {
  override readonly name = 'AnswerCompressed';
  constructor(
    /** Such as `gzip`. */
    readonly encoding: string,
  ) {
    super();
  }
}

/** The answer is no success: its head and body are known, and nothing else is to read them. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A success whose body is an error: `output` is its JSON. */
export class AnsweredWithError extends Error {
  override readonly name = 'AnsweredWithError';
  constructor(readonly output: unknown) {
    super();
  }
}

/** A reply that came in one piece: asked for so, or as gateways answer that inspect a reply before passing it on. */
export class AnsweredWhole extends Error {
  override readonly name = 'AnsweredWhole';
  constructor(readonly output: unknown) {
    super();
  }
}

/** A stream of which not even the first event could be read: it was cut, or what came is no event stream at all. */
export class NoEventRead extends Error {
  override readonly name = 'NoEventRead';
}

/** A model that is to be asked with its own body, when nothing tells which one that is. Nothing was sent. */
export class BodyUnknown extends Error {
  override readonly name = 'BodyUnknown';
}

/** A frame in place of the next event, which says that there will be no more and why. */
export class ExceptionFrame extends Error {
  override readonly name = 'ExceptionFrame';
  constructor(
    /** Such as `throttlingException`. */
    readonly code: string,
    /** As it came: JSON, or what stands in its place. */
    readonly payload: string,
  ) {
    super();
  }
}

/** A model's own word that there will be no more, in place of an event or a reply. */
export class ErrorEvent extends Error {
  override readonly name = 'ErrorEvent';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
