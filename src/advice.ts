// What a failure is called, what to do about it, and the buttons that do it: a row for every kind.
import { l10n } from 'vscode';
import type { Facts, Failure, FailureKind } from './core/failure';

/** A command of ours without its prefix, or `sendAgain`. */
export type Remedy = 'setUp' | 'setCredentials' | 'selectModel' | 'openSettings' | 'showLog' | 'sendAgain';

export interface Advice {
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Whose it is and what to do, one sentence. */
  readonly sentence: string;
  /** The best first. */
  readonly remedies: readonly Remedy[];
}

/** The words for `failure`, in the user's language. */
export function adviceFor(failure: Failure): Advice {
  return table[failure.kind](failure.facts, failure);
}

type Row = (facts: Facts, failure: Failure) => Advice;

function advice(title: string, sentence: string, ...remedies: Remedy[]): Advice {
  return { title, sentence, remedies };
}

const table: { readonly [K in FailureKind]: Row } = {
  credentialsMissing: () =>
    advice(
      l10n.t('No AWS keys are stored'),
      l10n.t('Store an access key and its secret, or let the gateway sign with keys stored there.'),
      'setCredentials',
    ),

  nameNotFound: () =>
    advice(
      l10n.t('The gateway’s name was not found'),
      l10n.t('Check the network connection, and the address of the gateway.'),
      'sendAgain',
      'setUp',
    ),
  connectionRefused: () =>
    advice(
      l10n.t('Nobody answers at the gateway’s address'),
      l10n.t(
        'The connection was refused. Check the address of the gateway, and whether a VPN or proxy is needed.',
      ),
      'sendAgain',
      'setUp',
    ),
  connectionLost: () =>
    advice(
      l10n.t('The connection was lost'),
      l10n.t('The network, or something on the way, closed the connection before the reply was complete.'),
      'sendAgain',
    ),
  certificateRejected: ({ code = '' }) =>
    advice(
      l10n.t('The certificate was not accepted'),
      l10n.t(
        'The secure connection failed ({0}). If your company inspects traffic, its certificate must be installed on this machine.',
        code,
      ),
      'showLog',
    ),
  proxyRefused: () =>
    advice(
      l10n.t('The proxy did not let the request through'),
      l10n.t('Check the settings http.proxy and http.proxyAuthorization, or ask who runs the proxy.'),
      'sendAgain',
    ),
  notTheGateway: () =>
    advice(
      l10n.t('Something else answered in the gateway’s place'),
      l10n.t('A sign-in page of the network, a proxy, or another web site is at this address.'),
      'sendAgain',
      'setUp',
    ),

  gatewayNotFound: () =>
    advice(
      l10n.t('There is no such gateway'),
      l10n.t('Cloudflare knows no gateway at this address. Compare the account and the gateway’s name.'),
      'setUp',
    ),
  gatewayProviderUnknown: () =>
    advice(
      l10n.t('The gateway does not know the provider'),
      l10n.t(
        'The address does not lead to Amazon Bedrock. It should end after the gateway’s name, or with /aws-bedrock.',
      ),
      'setUp',
    ),
  gatewayTokenRejected: () =>
    advice(
      l10n.t('The gateway wants a token'),
      l10n.t(
        'The gateway’s token is missing or wrong. Cloudflare makes one in the gateway’s settings, under authentication.',
      ),
      'setCredentials',
    ),
  gatewayKeyNotStored: () =>
    advice(
      l10n.t('The gateway holds no such key'),
      l10n.t(
        'No AWS key is stored in the gateway under this alias. Check gateway.keyAlias, or store the key at Cloudflare.',
      ),
      'openSettings',
    ),
  gatewayRateLimited: () =>
    advice(
      l10n.t('The gateway’s rate limit is reached'),
      l10n.t('The gateway’s owner limits how many requests it takes. Wait a little.'),
      'sendAgain',
    ),
  gatewaySpendLimited: () =>
    advice(
      l10n.t('The gateway’s spend limit is reached'),
      l10n.t('Whoever runs the gateway can raise its limit at Cloudflare.'),
    ),
  gatewayGuardrail: () =>
    advice(
      l10n.t('Blocked by the gateway’s guardrails'),
      l10n.t('The gateway’s rules for content do not let this prompt or its reply pass.'),
    ),
  gatewayDataLossPrevention: () =>
    advice(
      l10n.t('Blocked by data loss prevention'),
      l10n.t('The gateway found data in the prompt or the reply that must not pass.'),
    ),
  gatewayScannerUnavailable: () =>
    advice(
      l10n.t('The gateway could not check the content'),
      l10n.t(
        'Its guardrail scanner is not available or out of credit. Whoever runs the gateway can mend that.',
      ),
      'sendAgain',
    ),
  gatewayEdgeBlocked: () =>
    advice(
      l10n.t('Cloudflare’s edge blocked the request'),
      l10n.t(
        'A firewall rule before the gateway refused it, as may happen to prompts that hold shell commands.',
      ),
      'showLog',
    ),
  gatewayError: ({ status, code }) =>
    advice(
      l10n.t('The gateway reported an error'),
      l10n.t(
        'It answered {0}. Its log may tell more.',
        [status, code].filter((fact) => fact !== undefined).join(' / '),
      ),
      'sendAgain',
      'showLog',
    ),

  awsKeyUnknown: () =>
    advice(
      l10n.t('AWS does not know the access key'),
      l10n.t(
        'The key was deleted or deactivated, belongs to another partition, or its session token is missing.',
      ),
      'setCredentials',
    ),
  awsSessionExpired: () =>
    advice(
      l10n.t('The AWS session has expired'),
      l10n.t('Temporary keys end after some hours. Store new ones with their session token.'),
      'setCredentials',
    ),
  awsAccessDenied: () =>
    advice(
      l10n.t('AWS refuses access'),
      l10n.t(
        'The identity needs the permission bedrock:InvokeModelWithResponseStream (and bedrock:InvokeModel) for this model, and access to the model in this region.',
      ),
      'selectModel',
      'setCredentials',
    ),
  awsSecretWrong: () =>
    advice(
      l10n.t('The secret access key is wrong'),
      l10n.t(
        'AWS received the request as it was signed, so the secret does not belong to the access key ID.',
      ),
      'setCredentials',
    ),
  signatureRejected: () =>
    advice(
      l10n.t('AWS rejected the signature'),
      l10n.t(
        'The secret access key may be wrong, or the gateway changed a part of the request that is signed.',
      ),
      'setCredentials',
      'showLog',
    ),
  signatureMissing: () =>
    advice(
      l10n.t('The request reached AWS without its signature'),
      l10n.t(
        'Something on the way removed it. If the gateway holds the AWS keys, say so in “Set Credentials…”.',
      ),
      'setCredentials',
    ),
  changedOnTheWay: ({ changed = '' }) =>
    advice(
      l10n.t('The request was changed on its way'),
      l10n.t(
        'AWS received another “{0}” than was signed. The gateway, or a proxy before it, must pass it on as it is.',
        changed,
      ),
      'showLog',
    ),
  clockSkewed: ({ serverTime }) =>
    advice(
      l10n.t('The clock of this machine is wrong'),
      serverTime === undefined
        ? l10n.t('AWS accepts a difference of five minutes. Set the clock.')
        : l10n.t(
            'AWS accepts a difference of five minutes; its clock said {0}.',
            new Date(serverTime).toISOString(),
          ),
      'sendAgain',
    ),

  modelNotFound: ({ model = '' }) =>
    advice(
      l10n.t('The model was not found'),
      l10n.t('{0} is not offered in this region, or there is no such ID.', model),
      'selectModel',
    ),
  modelNeedsInferenceProfile: ({ model = '' }) =>
    advice(
      l10n.t('The model needs an inference profile'),
      l10n.t(
        '{0} can only be asked through a profile: the same ID with us., eu., apac. or global. in front.',
        model,
      ),
      'selectModel',
    ),
  modelRetired: ({ model = '' }) =>
    advice(
      l10n.t('The model has been retired'),
      l10n.t('AWS does not offer {0} any more, or the ID is mistyped.', model),
      'selectModel',
    ),
  modelNotReady: () =>
    advice(
      l10n.t('The model is not ready yet'),
      l10n.t('AWS is still loading it. Try again in a little while.'),
      'sendAgain',
    ),
  modelTimedOut: () =>
    advice(
      l10n.t('The model took too long'),
      l10n.t('AWS gave up waiting for it. A shorter prompt or another model may do.'),
      'sendAgain',
      'selectModel',
    ),
  modelErred: () =>
    advice(
      l10n.t('The model failed'),
      l10n.t('AWS reports an error inside the model.'),
      'sendAgain',
      'selectModel',
    ),
  promptTooLong: () =>
    advice(
      l10n.t('The prompt is too long for this model'),
      l10n.t('Select less, or choose a model with a larger context window.'),
      'selectModel',
    ),
  requestInvalid: () =>
    advice(
      l10n.t('Bedrock does not accept the request'),
      l10n.t(
        'A parameter that this model does not take is the usual reason: see the settings under “request”.',
      ),
      'openSettings',
      'selectModel',
    ),
  throttled: () =>
    advice(
      l10n.t('AWS is limiting requests'),
      l10n.t(
        'The account’s quota for this model is used up for the moment. Wait a little, or choose another model.',
      ),
      'sendAgain',
      'selectModel',
    ),
  quotaExceeded: () =>
    advice(
      l10n.t('An AWS quota is exceeded'),
      l10n.t('The account’s quotas are shown, and raised, under Service Quotas in the AWS console.'),
      'selectModel',
    ),
  serviceUnavailable: () =>
    advice(
      l10n.t('The service is not available'),
      l10n.t('AWS or the gateway is overloaded for the moment. Try again in a little while.'),
      'sendAgain',
    ),
  awsError: ({ code }) =>
    advice(
      l10n.t('AWS reported an error'),
      code ? l10n.t('It answered {0}.', code) : l10n.t('It gave no reason.'),
      'sendAgain',
    ),
  guardrailIntervened: () =>
    advice(
      l10n.t('Blocked by a Bedrock guardrail'),
      l10n.t('What you see is the guardrail’s own text, in place of the model’s.'),
    ),
  contentFiltered: () =>
    advice(
      l10n.t('Blocked by the model’s content filter'),
      l10n.t('The model’s provider held back the rest.'),
    ),

  streamDamaged: () =>
    advice(
      l10n.t('The stream arrived damaged'),
      l10n.t('The gateway, or a proxy, changed bytes of it. Setting request.stream to “off” avoids this.'),
      'sendAgain',
      'openSettings',
    ),
  streamIncomplete: () =>
    advice(
      l10n.t('The reply is incomplete'),
      l10n.t('The stream ended before the model said that it was done.'),
      'sendAgain',
    ),
  streamException: ({ code = '' }) =>
    advice(
      l10n.t('The model broke off'),
      l10n.t('AWS ended the stream with {0}.', code),
      'sendAgain',
      'selectModel',
    ),
  answerUnreadable: () =>
    advice(
      l10n.t('The answer cannot be read'),
      l10n.t('What came back is not what Bedrock sends. Something on the way may have changed it.'),
      'sendAgain',
      'showLog',
    ),

  unknown: ({ code = '' }) =>
    advice(
      l10n.t('Something unforeseen went wrong'),
      l10n.t('It calls itself “{0}”. The log may tell more.', code),
      'sendAgain',
      'showLog',
    ),
};

/** What each remedy's button says. */
export const remedyLabels: { readonly [R in Remedy]: () => string } = {
  setUp: () => l10n.t('Set Up…'),
  setCredentials: () => l10n.t('Set Credentials…'),
  selectModel: () => l10n.t('Select Model…'),
  openSettings: () => l10n.t('Open Settings'),
  showLog: () => l10n.t('Show Log'),
  sendAgain: () => l10n.t('Send Again'),
};
