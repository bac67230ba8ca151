// Words for what the gateway, or the edge before it, answers.
import { l10n } from 'vscode';
import { type AdviceRows, advice, waitText } from './row';

/** "403 / 1010", as far as it is known. */
const both = (status?: number, code?: string) =>
  [status, code].filter((fact) => fact !== undefined).join(' / ');

export const gatewayAdvice = {
  notTheGateway: ({ host = '' }) =>
    advice(
      l10n.t('Something else answered in the gateway’s place'),
      l10n.t(
        'What came from {0} is none of AI Gateway’s answers: another web site, a proxy, or a sign-in page of the network is at this address.',
        host,
      ),
      'setUp',
      'sendAgain',
      'checkConnection',
    ),
  gatewayPathUnknown: ({ host = '', status = 404 }) =>
    advice(
      l10n.t('The gateway’s address leads nowhere'),
      l10n.t(
        'Cloudflare answered {0} at {1}. Compare the address with what your gateway shows under API Endpoints, and the region.',
        status,
        host,
      ),
      'setUp',
    ),
  gatewayEdgeLimited: ({ code }, retryAfter) =>
    advice(
      l10n.t('Cloudflare’s edge limits requests'),
      l10n.t(
        'A rate limit before the gateway ({0}) was reached. {1} Whoever runs the address at Cloudflare can raise it.',
        code ?? 429,
        waitText(retryAfter),
      ),
      'sendAgain',
    ),
  gatewayCreditUsedUp: () => ({
    ...advice(
      l10n.t('The gateway’s credit is used up'),
      l10n.t(
        'Cloudflare’s unified billing of this account has reached its limit. Whoever runs the gateway can add credit there.',
      ),
    ),
    final: true,
  }),
  gatewayScannerUnpaid: () =>
    advice(
      l10n.t('The gateway’s guardrails are out of credit'),
      l10n.t(
        'Cloudflare could not check the content, so nothing was sent on. Whoever runs the gateway can add credit, or turn its guardrails off.',
      ),
    ),
  gatewayTimedOut: ({ status = 504 }) =>
    advice(
      l10n.t('The gateway gave up waiting'),
      l10n.t(
        'Cloudflare had no answer of AWS in time ({0}). The prompt may have been charged. A streamed reply, or a shorter one, comes sooner.',
        status,
      ),
      'sendAgain',
      'selectModel',
    ),
  gatewayUnavailable: ({ status = 503 }) =>
    advice(
      l10n.t('The gateway is not available'),
      l10n.t('Cloudflare answered {0}: it is overloaded, or has a fault, for the moment.', status),
      'sendAgain',
    ),
  awsUnreachable: ({ code, status = 520 }) =>
    advice(
      l10n.t('Cloudflare did not get through to AWS'),
      l10n.t(
        'The gateway had no usable connection to Amazon Bedrock ({0}). Try again in a little while.',
        code ?? status,
      ),
      'sendAgain',
    ),
  regionUnknown: ({ region = '' }) =>
    advice(
      l10n.t('There is no such region'),
      l10n.t(
        'Cloudflare found no Amazon Bedrock in the region “{0}”. Compare aws.region with AWS’s list.',
        region,
      ),
      'setUp',
    ),
  requestTooLarge: () =>
    advice(
      l10n.t('The request is too large to be sent'),
      l10n.t(
        'Cloudflare and AWS take no request of this size, whatever the model: AWS’s limit is 25 million bytes. Select less.',
      ),
    ),
  gatewayNotFound: () =>
    advice(
      l10n.t('There is no such gateway'),
      l10n.t('Cloudflare knows no gateway at this address. Compare the account and the gateway’s name.'),
      'setUp',
      'checkConnection',
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
  gatewayKeyNotStored: () => ({
    ...advice(
      l10n.t('The gateway holds no such key'),
      l10n.t(
        'No AWS key is stored in the gateway under this alias. Check gateway.keyAlias, or store the key at Cloudflare.',
      ),
      'openSettings',
    ),
    setting: 'gateway.keyAlias',
  }),
  gatewayRateLimited: (_facts, retryAfter) =>
    advice(
      l10n.t('The gateway’s rate limit is reached'),
      l10n.t('The gateway’s owner limits how many requests it takes. {0}', waitText(retryAfter)),
      'sendAgain',
    ),
  gatewayScannerUnavailable: () =>
    advice(
      l10n.t('The gateway could not check the content'),
      l10n.t('Its guardrail scanner at Cloudflare is not available for the moment, so nothing was sent on.'),
      'sendAgain',
    ),
  gatewayEdgeBlocked: ({ status, code }) =>
    advice(
      l10n.t('Cloudflare’s edge blocked the request'),
      l10n.t(
        'A firewall rule before the gateway refused it ({0}), as may happen to prompts that hold shell commands. Whoever runs the address at Cloudflare finds it under Security › Events.',
        both(status, code),
      ),
      'showLog',
    ),
  gatewayError: ({ status, code }) =>
    advice(
      l10n.t('The gateway reported an error'),
      l10n.t('Cloudflare answered {0}. The gateway’s log there may tell more.', both(status, code)),
      'sendAgain',
      'showLog',
    ),
  unsignedError: ({ status = 403 }) =>
    advice(
      l10n.t('The error does not say who sent it'),
      l10n.t(
        'The answer ({0}) carries neither AWS’s mark nor the gateway’s. AWS, the gateway, or something between them may have sent it.',
        status,
      ),
      'checkConnection',
      'sendAgain',
      'showLog',
    ),
} satisfies AdviceRows;
