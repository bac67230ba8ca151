// What went wrong, as data. The words for it belong to the shell (advice.ts), which translates them.
import type { Policy } from './bedrock/guardrail';
import type { CanonicalLine } from './gateway/canonical';
import type { DataLossFinding } from './gateway/dataLoss';
import type { Authentication, Guardrail } from './request';
import type { Trace } from './trace';

/** The place on the way of a prompt at which it failed, in the order in which a prompt passes them. */
export type Hop =
  | 'name'
  | 'network'
  | 'tls'
  | 'proxy'
  | 'gateway'
  | 'gatewayToken'
  | 'awsCredentials'
  | 'signature'
  | 'model'
  | 'stream';

/** Every kind of failure and the hop that it belongs to. A new kind starts here; the compiler then asks for its words. */
export const hops = {
  credentialsMissing: 'awsCredentials',

  nameNotFound: 'name',
  connectionRefused: 'network',
  connectionLost: 'network',
  certificateRejected: 'tls',
  proxyRefused: 'proxy',
  notTheGateway: 'proxy',

  gatewayNotFound: 'gateway',
  gatewayProviderUnknown: 'gateway',
  gatewayTokenRejected: 'gatewayToken',
  gatewayKeyNotStored: 'gateway',
  gatewayRateLimited: 'gateway',
  gatewaySpendLimited: 'gateway',
  gatewayGuardrail: 'gateway',
  gatewayDataLossPrevention: 'gateway',
  gatewayScannerUnavailable: 'gateway',
  gatewayEdgeBlocked: 'gateway',
  gatewayError: 'gateway',

  awsKeyUnknown: 'awsCredentials',
  awsSessionExpired: 'awsCredentials',
  awsAccessDenied: 'awsCredentials',
  signatureRejected: 'signature',
  signatureMissing: 'signature',
  clockSkewed: 'signature',
  awsSecretWrong: 'awsCredentials',
  changedOnTheWay: 'gateway',

  bodyUnknown: 'model',
  modelNotFound: 'model',
  modelNeedsInferenceProfile: 'model',
  modelRetired: 'model',
  modelNotReady: 'model',
  modelTimedOut: 'model',
  modelErred: 'model',
  promptTooLong: 'model',
  requestInvalid: 'model',
  throttled: 'model',
  quotaExceeded: 'model',
  serviceUnavailable: 'model',
  awsError: 'model',
  guardrailIntervened: 'model',
  guardrailNotFound: 'model',
  guardrailDenied: 'awsCredentials',
  contentFiltered: 'model',

  streamDamaged: 'stream',
  streamIncomplete: 'stream',
  streamException: 'stream',
  answerUnreadable: 'stream',

  unknown: 'network',
} as const satisfies Record<string, Hop>;

export type FailureKind = keyof typeof hops;

/** What is known of a failure besides its kind. Never advice, never the prompt, never a secret. */
export interface Facts {
  /** HTTP status that the gateway, or something before it, answered with. */
  readonly status?: number;
  /** The other side's own name for it: an AWS exception, a gateway code, a Node error code. */
  readonly code?: string;
  /** The other side's own sentence, in its language. Shown to the user, never logged. */
  readonly message?: string;
  /** What the clock of the other side read, in ms since the epoch. */
  readonly serverTime?: number;
  /** What AWS received otherwise than we signed it: `path`, `body`, `method`, or a header's name. */
  readonly changed?: string;
  /** The canonical request that AWS computed, beside ours, where AWS told it. Holds no secret. */
  readonly canonical?: readonly CanonicalLine[];
  /** The model id that the prompt was sent to. */
  readonly model?: string;
  readonly region?: string;
  /** The guardrail that was asked for. */
  readonly guardrail?: Guardrail;
  /** Which of the two was blocked, where that is known. */
  readonly blocked?: 'prompt' | 'reply';
  /** What a guardrail of Bedrock's did. */
  readonly policies?: readonly Policy[];
  /** What the gateway's data loss prevention found. */
  readonly dataLoss?: DataLossFinding;
  /** How the prompt was to authenticate to AWS: what to mend depends on it. */
  readonly authentication?: Authentication;
}

export interface Failure {
  readonly kind: FailureKind;
  readonly hop: Hop;
  readonly facts: Facts;
  /** Milliseconds that the other side asked us to wait before another try; absent when it named none. */
  readonly retryAfter?: number;
  readonly trace: Trace;
  /** What was thrown, for a debugger. Not to be shown or logged: it may hold headers. */
  readonly cause?: unknown;
}

/** A failure of `kind`, at the hop that the kind belongs to. */
export function failure(
  kind: FailureKind,
  facts: Facts = {},
  more: { retryAfter?: number | undefined; trace?: Trace; cause?: unknown } = {},
): Failure {
  return {
    kind,
    hop: hops[kind],
    facts,
    trace: more.trace ?? {},
    ...(more.retryAfter === undefined ? {} : { retryAfter: more.retryAfter }),
    ...(more.cause === undefined ? {} : { cause: more.cause }),
  };
}
