// Which of the stand-in's ways to fail causes which kind of failure: every kind that a server can cause has one.
import { type FailureKind, hops } from '../../src/core/failure';
import { faults } from '../gateway';

/** Caused by this machine or by what lies between: other tests cause it. */
const elsewhere: readonly string[] = [];

/** A kind that is new fails to compile here until it is known what causes it. */
const causes: { readonly [K in FailureKind]: readonly string[] } = {
  credentialsMissing: elsewhere,

  nameNotFound: elsewhere,
  connectionRefused: elsewhere,
  connectionLost: ['cut-connection', 'torn'],
  certificateRejected: elsewhere,
  proxyRefused: elsewhere,
  notTheGateway: ['captive-portal'],

  gatewayNotFound: ['gateway-2001', 'gateway-old-2001'],
  gatewayProviderUnknown: ['gateway-2008'],
  gatewayTokenRejected: ['gateway-2009', 'gateway-old-2009'],
  gatewayKeyNotStored: ['gateway-2040'],
  gatewayRateLimited: ['gateway-2003', 'gateway-old-2003'],
  gatewaySpendLimited: ['gateway-2018', 'gateway-2041'],
  gatewayGuardrail: ['gateway-2016', 'gateway-2017'],
  gatewayDataLossPrevention: ['gateway-2029', 'gateway-2030'],
  gatewayScannerUnavailable: ['gateway-2021', 'gateway-7013'],
  gatewayEdgeBlocked: ['edge-html-403', 'edge-1010'],
  gatewayError: elsewhere,

  awsKeyUnknown: ['unrecognized-client'],
  awsSessionExpired: ['expired-token'],
  awsAccessDenied: ['access-denied'],
  signatureRejected: elsewhere,
  signatureMissing: elsewhere,
  clockSkewed: ['clock-ahead'],
  awsSecretWrong: elsewhere,
  changedOnTheWay: ['rewritten-body', 'rewritten-date'],

  bodyUnknown: elsewhere,
  modelNotFound: ['not-found'],
  modelNeedsInferenceProfile: ['on-demand', 'on-demand-plain'],
  modelRetired: ['end-of-life', 'invalid-model'],
  modelNotReady: ['model-not-ready'],
  modelTimedOut: ['model-timeout'],
  modelErred: ['model-error'],
  promptTooLong: ['too-long'],
  requestInvalid: ['validation'],
  throttled: ['throttling', 'throttling-tokens', 'throttling-retry-after', 'throttled-once'],
  quotaExceeded: ['quota'],
  serviceUnavailable: ['unavailable', 'unavailable-twice'],
  awsError: ['internal'],
  guardrailIntervened: ['stop-guardrail'],
  contentFiltered: ['stop-content-filtered'],

  streamDamaged: ['mangled-frames'],
  streamIncomplete: ['cut', 'cut-frame'],
  streamException: [
    'stream-internal',
    'stream-model-error',
    'stream-validation',
    'stream-throttling',
    'stream-unavailable',
    'stream-timeout',
    'stream-unknown-error',
  ],
  answerUnreadable: elsewhere,

  unknown: elsewhere,
};

/** Every kind that a server can cause. */
export const kindsOfServers = (Object.keys(hops) as FailureKind[]).filter((kind) => causes[kind].length > 0);

/** How often each kind is caused at least, in a run. */
export const least = 5;

/**
 * What a run deals: every way that the stand-in knows, and each kind's as often, in turn, that the kind occurs
 * `least` times; with those to spare that a user's stopping may rob of their effect.
 */
export function deck(): string[] {
  const spare = 2;
  const dealt = kindsOfServers.flatMap((kind) => {
    const ways = causes[kind];
    const count = Math.max(ways.length, least + spare);
    return Array.from({ length: count }, (_, index) => ways[index % ways.length] ?? '');
  });
  return [...dealt, ...Object.keys(faults).filter((name) => !dealt.includes(name))];
}
