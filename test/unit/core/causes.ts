// For every kind of failure something that causes it, and what then becomes of the prompt. A kind without a row does
// not compile. What the user is told of each stands in docs/failures.md, which a test in VS Code compares with the advice.
import { type Message, textBlock } from '../../../src/core/model/content';
import type { HttpHandler } from '@smithy/core/protocols';
import type { FailureKind } from '../../../src/core/model/failure';
import { type Switches, standInKeys } from '../../gateway';
import { type Asking, prepared } from '../asking';

/** Who answers: the stand-in, or a server that says these bytes, or nobody. */
export type From =
  | { readonly standIn: string; readonly switches?: Partial<Switches> }
  | { readonly bytes: string; readonly then?: 'end' | 'reset' }
  | { readonly url: string }
  | { readonly closedPort: true };

export interface Cause {
  readonly from: From;
  readonly asking?: Asking;
  readonly ends?: 'failed' | 'blocked' | 'cut';
  /** How often the prompt is sent; 1. */
  readonly sent?: number;
  /** Some text was there before, and stays. */
  readonly text?: true;
  /** What never comes: an answer, or more of one. */
  readonly late?: 'answer' | 'more';
}

const standIn = (behaviour: string, more: Omit<Cause, 'from'> = {}): Cause => ({
  from: { standIn: `stand-in.${behaviour}` },
  ...more,
});
const cut = (behaviour: string): Cause => standIn(behaviour, { ends: 'cut', text: true });

const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Cause => ({
  from: {
    bytes: [
      `HTTP/1.1 ${status} Status`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  },
});
const ray = { 'cf-ray': '8c1-LHR', 'content-type': 'text/html' };
const edge = (status: number, body = '<h1>Cloudflare</h1>') => answer(status, body, ray);
const aws = (status: number, exception: string, message: string) =>
  answer(status, JSON.stringify({ message }), {
    'cf-ray': '8c1-LHR',
    'content-type': 'application/json',
    'x-amzn-errortype': exception,
  });
const denied = (message: string) => aws(403, 'AccessDeniedException', message);
const user = 'User: arn:aws:iam::123456789012:user/me is not authorized to perform: bedrock:InvokeModel';

/** What this machine cannot be brought to do by a server: Node's own error, at the place where Node would throw it. */
function thrown(error: Error & { code?: string; syscall?: string }): Cause {
  const http: HttpHandler = {
    handle: () => Promise.reject(error),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  return { from: { url: 'https://ai.example.com' }, asking: { ports: { http } } };
}
const system = (code: string, message = code, more: object = {}) =>
  thrown(Object.assign(new Error(message), { code }, more));

const withPicture: readonly Message[] = [
  {
    role: 'user',
    content: [
      { type: 'image', format: 'png', data: { sha256: '0'.repeat(64), size: 1 } },
      textBlock('What is it?'),
    ],
  },
];

const { ports } = prepared({ url: 'http://127.0.0.1' });
const temporary = { ...standInKeys, accessKeyId: 'AKIAUNKNOWN' };

export const causes: { readonly [K in FailureKind]: Cause | 'byTheShell' | 'byAGuardrail' | 'byAProfile' } = {
  promptEmpty: { from: { standIn: 'stand-in' }, asking: { prompt: ' \n\t\u00a0' }, sent: 0 },
  bodyUnknown: { from: { standIn: 'us.amazon.nova-pro-v1:0' }, asking: { api: 'invoke' }, sent: 0 },
  blobMissing: { from: { standIn: 'stand-in' }, asking: { messages: withPicture }, sent: 0 },
  headerUnsendable: { from: { standIn: 'stand-in' }, asking: { token: 'two\nlines' }, sent: 0 },
  // Whatever loads the chunk that holds ask().
  partNotLoaded: 'byTheShell',
  windowClosed: 'byTheShell',
  secretsUnreadable: {
    from: { standIn: 'stand-in' },
    asking: {
      ports: {
        secrets: {
          ...ports.secrets,
          awsCredentials: () => Promise.reject(new Error('the keychain is locked')),
        },
      },
    },
    sent: 0,
  },
  credentialsMissing: { from: { standIn: 'stand-in' }, asking: { keys: undefined }, sent: 0 },

  nameNotFound: { from: { url: 'https://no-such-host.invalid' } },
  nameServerUnreachable: { ...system('EAI_AGAIN', 'getaddrinfo EAI_AGAIN'), sent: 2 },
  connectionRefused: { from: { closedPort: true } },
  networkUnreachable: { ...system('ENETUNREACH', 'connect ENETUNREACH', { syscall: 'connect' }), sent: 2 },
  connectionTimedOut: system('ETIMEDOUT', 'connect ETIMEDOUT', { syscall: 'connect' }),
  connectionForbidden: system('EACCES', 'connect EACCES', { syscall: 'connect' }),
  machineExhausted: system('EMFILE'),
  connectionLost: { from: { bytes: '', then: 'reset' } },
  networkFailed: system('EPROTONOSUPPORT'),

  // Certificates of every kind, against a local authority: test/unit/core/tls.test.ts.
  certificateUntrusted: system('SELF_SIGNED_CERT_IN_CHAIN'),
  certificateExpired: system('CERT_HAS_EXPIRED'),
  certificateNotYetValid: system('CERT_NOT_YET_VALID'),
  certificateForAnotherName: system('ERR_TLS_CERT_ALTNAME_INVALID'),
  certificateRejected: system('CERT_REVOKED'),
  tlsFailed: system('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'),
  tlsCut: system(
    'ECONNRESET',
    'Client network socket disconnected before secure TLS connection was established',
  ),
  notTls: system('EPROTO', 'write EPROTO 00:error:0A00010B:SSL routines:wrong version number'),

  proxyUnreachable: thrown(
    new Error('Failed to establish a socket connection to proxies: PROXY me:secret@10.0.0.1:3128'),
  ),
  proxyWantsAuthentication: answer(407, '<h1>', { 'content-type': 'text/html' }),
  proxyRefused: answer(403, '<h1>Blocked by policy</h1>', { 'content-type': 'text/html' }),
  proxyFailed: answer(502, '<h1>Squid</h1>', { 'content-type': 'text/html' }),
  signInPage: answer(302, '', { location: 'http://hotel.example/' }),

  notTheGateway: edge(301, ''),
  gatewayBehindAccess: standIn('edge-access-login'),
  gatewayAccessDenied: standIn('edge-access-denied'),
  gatewayPolicyDenied: standIn('gateway-policy'),
  gatewayBudgetUsedUp: standIn('gateway-budget'),
  gatewayEdgeBlocked: standIn('edge-1010'),
  gatewayEdgeLimited: edge(429, 'error code: 1015'),
  gatewayPathUnknown: edge(404),
  gatewayNotFound: standIn('gateway-2001'),
  gatewayProviderUnknown: standIn('gateway-2008'),
  gatewayKeyNotStored: standIn('gateway-2040'),
  gatewayKeyMissing: standIn('gateway-byok-only'),
  gatewayRateLimited: standIn('gateway-2003'),
  gatewaySpendLimited: standIn('gateway-2041'),
  gatewayCreditUsedUp: standIn('gateway-2018'),
  gatewayGuardrail: standIn('gateway-2016', { ends: 'blocked' }),
  gatewayDataLossPrevention: standIn('gateway-2029', { ends: 'blocked' }),
  gatewayScannerUnpaid: standIn('gateway-2021'),
  gatewayScannerUnavailable: standIn('gateway-7013'),
  gatewayTimedOut: edge(524),
  gatewayUnavailable: { ...edge(503), sent: 3 },
  gatewayError: answer(418, '{"success":false,"error":[{"code":2999,"message":"New"}]}', ray),
  unsignedError: answer(400, '{"error":"Something else."}', ray),
  regionUnknown: { from: { standIn: 'stand-in' }, asking: { region: 'us-esat-1a' } },
  awsUnreachable: edge(522),
  requestTooLarge: edge(413),
  changedOnTheWay: { from: { standIn: 'stand-in', switches: { rewriteBody: true } } },
  operationUnknown: standIn('xml-unknown-operation'),
  gatewayTokenRejected: { from: { standIn: 'stand-in' }, asking: { token: 'wrong' } },

  // Each by a home of its own: test/unit/aws.
  profileNotFound: 'byAProfile',
  profileIncomplete: 'byAProfile',
  ssoSessionExpired: 'byAProfile',
  ssoRoleDenied: 'byAProfile',
  loginExpired: 'byAProfile',
  mfaCancelled: 'byAProfile',
  mfaRejected: 'byAProfile',
  assumeRoleDenied: 'byAProfile',
  webIdentityFailed: 'byAProfile',
  credentialProcessFailed: 'byAProfile',
  credentialsUnreachable: 'byAProfile',

  awsKeyUnknown: { from: { standIn: 'stand-in' }, asking: { keys: temporary } },
  awsSessionExpired: standIn('expired-token'),
  awsSecretWrong: {
    from: { standIn: 'stand-in' },
    asking: { keys: { ...standInKeys, secretAccessKey: 'not/the/secret' } },
  },
  awsActionNotAllowed: denied(
    `${user} because no identity-based policy allows the bedrock:InvokeModel action`,
  ),
  awsExplicitlyDenied: denied(`${user} with an explicit deny in a service control policy`),
  awsAccessDenied: denied('Access denied.'),
  awsAccountRestricted: denied('Your account is not authorized to invoke this API operation.'),
  signatureRejected: aws(403, 'InvalidSignatureException', 'The signature we calculated does not match.'),
  signatureMissing: aws(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  clockSkewed: aws(403, 'RequestTimeTooSkewed', 'The difference is too large.'),

  modelAccessNotGranted: standIn('access-denied'),
  modelNotForAccount: standIn('provider-denied'),
  modelNotInCountry: standIn('unsupported-country'),
  dataRetentionUnsuitable: standIn('data-retention'),
  promptCachingNotAllowed: standIn('prompt-caching'),
  paymentMethodInvalid: standIn('payment-instrument'),
  modelNotFound: standIn('not-found'),
  modelIdInvalid: standIn('invalid-model'),
  modelNeedsInferenceProfile: standIn('on-demand'),
  modelRetired: standIn('end-of-life'),
  modelNotReady: standIn('model-not-ready', { sent: 3 }),
  modelTimedOut: standIn('model-timeout'),
  modelErred: standIn('model-error'),
  contentNotSupported: aws(
    400,
    'ValidationException',
    'This model doesn’t support the image field. Remove image and try again.',
  ),
  reasoningRefused: aws(
    400,
    'ValidationException',
    'messages.1.content.0: The block is bound to a different conversation',
  ),
  modelNotForText: aws(
    400,
    'ValidationException',
    "This action doesn't support the model that you provided.",
  ),
  streamingUnsupported: aws(400, 'ValidationException', 'The model doesn’t support streaming.'),
  promptTooLong: standIn('too-long'),
  maxTokensTooLarge: standIn('max-tokens'),
  requestInvalid: standIn('validation'),
  throttled: standIn('throttling', { sent: 3 }),
  quotaExceeded: aws(429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'),
  serviceUnavailable: standIn('unavailable', { sent: 3 }),
  awsInternalError: standIn('internal'),
  awsError: aws(400, 'NeverHeardOfException', 'Something new.'),
  noAnswer: standIn('silence', { late: 'answer' }),
  guardrailIntervened: standIn('stop-guardrail', { ends: 'blocked', text: true }),
  guardrailNotFound: 'byAGuardrail',
  guardrailDenied: 'byAGuardrail',
  contentFiltered: standIn('stop-content-filtered', { ends: 'blocked', text: true }),

  streamDamaged: cut('cut-damaged'),
  streamIncomplete: cut('cut'),
  streamStalled: { ...cut('stall'), late: 'more' },
  streamThrottled: cut('stream-throttling'),
  streamModelErred: cut('stream-model-error'),
  streamModelTimedOut: cut('stream-timeout'),
  streamInvalid: cut('stream-validation'),
  streamUnavailable: cut('stream-unavailable'),
  streamInternalError: cut('stream-internal'),
  streamException: cut('stream-unknown-error'),
  replyTooLarge: cut('huge-frame'),
  answerCompressed: standIn('compressed'),
  answerUnreadable: answer(200, '[]', { 'content-type': 'application/json' }),

  // A fault of ours, and nothing that a server or a network can cause.
  unknown: thrown(new Error('A fault.')),
};
