// What went wrong, as data. The texts for the user are in src/advice/.
import type { FailureDetails } from './failureDetails';
import type { RequestIds } from './requestIds';

/** The stages at which a prompt can fail, in the order in which it passes them. */
export const stageOrder = [
  'settings',
  'name',
  'network',
  'tls',
  'proxy',
  'gateway',
  'gatewayToken',
  'awsCredentials',
  'signature',
  'model',
  'stream',
] as const;

export type Stage = (typeof stageOrder)[number];

/** Every kind of failure and its stage. Add a new kind here; the compiler then asks for its texts. */
export const stageOf = {
  promptEmpty: 'settings',
  bodyUnknown: 'settings',
  blobMissing: 'settings',
  headerUnsendable: 'settings',
  partNotLoaded: 'settings',
  secretsUnreadable: 'settings',
  credentialsMissing: 'awsCredentials',

  nameNotFound: 'name',
  nameServerUnreachable: 'name',
  connectionRefused: 'network',
  networkUnreachable: 'network',
  connectionTimedOut: 'network',
  connectionForbidden: 'network',
  machineExhausted: 'network',
  connectionLost: 'network',
  networkFailed: 'network',

  certificateUntrusted: 'tls',
  certificateExpired: 'tls',
  certificateNotYetValid: 'tls',
  certificateForAnotherName: 'tls',
  certificateRejected: 'tls',
  tlsFailed: 'tls',
  tlsCut: 'tls',
  notTls: 'tls',

  proxyUnreachable: 'proxy',
  proxyWantsAuthentication: 'proxy',
  proxyRefused: 'proxy',
  proxyFailed: 'proxy',
  signInPage: 'proxy',

  notTheGateway: 'gateway',
  gatewayBehindAccess: 'gateway',
  gatewayAccessDenied: 'gateway',
  gatewayPolicyDenied: 'gateway',
  gatewayBudgetUsedUp: 'gateway',
  gatewayEdgeBlocked: 'gateway',
  gatewayEdgeLimited: 'gateway',
  gatewayPathUnknown: 'gateway',
  gatewayNotFound: 'gateway',
  gatewayProviderUnknown: 'gateway',
  gatewayKeyNotStored: 'gateway',
  gatewayKeyMissing: 'gateway',
  gatewayRateLimited: 'gateway',
  gatewaySpendLimited: 'gateway',
  gatewayCreditUsedUp: 'gateway',
  gatewayGuardrail: 'gateway',
  gatewayDataLossPrevention: 'gateway',
  gatewayScannerUnpaid: 'gateway',
  gatewayScannerUnavailable: 'gateway',
  gatewayTimedOut: 'gateway',
  gatewayUnavailable: 'gateway',
  gatewayError: 'gateway',
  unsignedError: 'gateway',
  regionUnknown: 'gateway',
  awsUnreachable: 'gateway',
  requestTooLarge: 'gateway',
  changedOnTheWay: 'gateway',
  operationUnknown: 'gateway',
  gatewayTokenRejected: 'gatewayToken',

  profileNotFound: 'awsCredentials',
  profileIncomplete: 'awsCredentials',
  ssoSessionExpired: 'awsCredentials',
  ssoRoleDenied: 'awsCredentials',
  loginExpired: 'awsCredentials',
  mfaCancelled: 'awsCredentials',
  mfaRejected: 'awsCredentials',
  assumeRoleDenied: 'awsCredentials',
  webIdentityFailed: 'awsCredentials',
  credentialProcessFailed: 'awsCredentials',
  credentialsUnreachable: 'awsCredentials',

  awsKeyUnknown: 'awsCredentials',
  awsSessionExpired: 'awsCredentials',
  awsSecretWrong: 'awsCredentials',
  awsActionNotAllowed: 'awsCredentials',
  awsExplicitlyDenied: 'awsCredentials',
  awsAccessDenied: 'awsCredentials',
  awsAccountRestricted: 'awsCredentials',
  signatureRejected: 'signature',
  signatureMissing: 'signature',
  clockSkewed: 'signature',

  modelAccessNotGranted: 'model',
  modelNotForAccount: 'model',
  modelNotInCountry: 'model',
  dataRetentionUnsuitable: 'model',
  promptCachingNotAllowed: 'model',
  paymentMethodInvalid: 'model',
  modelNotFound: 'model',
  modelIdInvalid: 'model',
  modelNeedsInferenceProfile: 'model',
  modelRetired: 'model',
  modelNotReady: 'model',
  modelTimedOut: 'model',
  modelErred: 'model',
  modelNotForText: 'model',
  contentNotSupported: 'model',
  reasoningRefused: 'model',
  streamingUnsupported: 'model',
  promptTooLong: 'model',
  maxTokensTooLarge: 'model',
  requestInvalid: 'model',
  throttled: 'model',
  quotaExceeded: 'model',
  serviceUnavailable: 'model',
  awsInternalError: 'model',
  awsError: 'model',
  noAnswer: 'model',
  guardrailIntervened: 'model',
  guardrailNotFound: 'model',
  guardrailDenied: 'awsCredentials',
  contentFiltered: 'model',

  windowClosed: 'stream',
  streamDamaged: 'stream',
  streamIncomplete: 'stream',
  streamStalled: 'stream',
  streamThrottled: 'stream',
  streamModelErred: 'stream',
  streamModelTimedOut: 'stream',
  streamInvalid: 'stream',
  streamUnavailable: 'stream',
  streamInternalError: 'stream',
  streamException: 'stream',
  replyTooLarge: 'stream',
  answerUnreadable: 'stream',
  answerCompressed: 'stream',

  unknown: 'network',
} as const satisfies Record<string, Stage>;

export type FailureKind = keyof typeof stageOf;

export interface Failure {
  readonly kind: FailureKind;
  readonly stage: Stage;
  readonly details: FailureDetails;
  /** The server's Retry-After, ms; absent if it sent none. */
  readonly retryAfter?: number;
  readonly requestIds: RequestIds;
  /** The thrown value, for debugging. Do not show or log it: it may hold headers. */
  readonly cause?: unknown;
}

/** Makes a failure of `kind`, at the stage of that kind. */
export function failure(
  kind: FailureKind,
  details: FailureDetails = {},
  more: { retryAfter?: number | undefined; requestIds?: RequestIds; cause?: unknown } = {},
): Failure {
  return {
    kind,
    stage: stageOf[kind],
    details,
    requestIds: more.requestIds ?? {},
    ...(more.retryAfter === undefined ? {} : { retryAfter: more.retryAfter }),
    ...(more.cause === undefined ? {} : { cause: more.cause }),
  };
}
