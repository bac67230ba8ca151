// Advice for errors that the gateway, or Cloudflare's edge in front of it, answers.
import { l10n } from 'vscode';
import { type AdviceRows, advice, waitText } from './row';

/** "403 / 1010"; a part that is undefined is left out. */
const statusAndCode = (status?: number, code?: string) =>
  [status, code].filter((part) => part !== undefined).join(' / ');

export const gatewayAdvice = {
  notTheGateway: ({ host = '' }) =>
    advice(
      l10n.t('Something other than the gateway answered'),
      l10n.t(
        'The response from {0} is not one of AI Gateway’s: another website, a proxy, or a sign-in page of the network answers at this address.',
        host,
      ),
      'setUp',
      'sendAgain',
      'checkConnection',
    ),
  gatewayPathUnknown: ({ host = '', status = 404 }) =>
    advice(
      l10n.t('The gateway’s address does not exist'),
      l10n.t(
        'Cloudflare answered {0} at {1}. Compare the address with the one that your gateway shows under API Endpoints, and check the region.',
        status,
        host,
      ),
      'setUp',
    ),
  gatewayEdgeLimited: ({ code }, retryAfter) =>
    advice(
      l10n.t('Cloudflare’s edge limits requests'),
      l10n.t(
        'A rate limit in front of the gateway ({0}) was reached. {1} The address’s administrator at Cloudflare can raise it.',
        code ?? 429,
        waitText(retryAfter),
      ),
      'sendAgain',
    ),
  gatewayCreditUsedUp: () => ({
    ...advice(
      l10n.t('The gateway’s credit is used up'),
      l10n.t(
        'Cloudflare’s unified billing of this account has reached its limit. The gateway’s administrator can add credit there.',
      ),
    ),
    final: true,
  }),
  gatewayScannerUnpaid: () =>
    advice(
      l10n.t('The gateway’s guardrails are out of credit'),
      l10n.t(
        'Cloudflare couldn’t check the content, so it forwarded nothing. The gateway’s administrator can add credit, or turn off its guardrails.',
      ),
    ),
  gatewayTimedOut: ({ status = 504 }) =>
    advice(
      l10n.t('The gateway gave up waiting'),
      l10n.t(
        'AWS did not answer Cloudflare in time ({0}). The prompt may have been charged. Try streaming, or ask for a shorter reply.',
        status,
      ),
      'sendAgain',
      'selectModel',
    ),
  gatewayUnavailable: ({ status = 503 }) =>
    advice(
      l10n.t('The gateway is not available'),
      l10n.t('Cloudflare answered {0}: it is temporarily overloaded or has a problem.', status),
      'sendAgain',
    ),
  awsUnreachable: ({ code, status = 520 }) =>
    advice(
      l10n.t('Cloudflare couldn’t reach AWS'),
      l10n.t(
        'The gateway couldn’t connect to Amazon Bedrock ({0}). Try again in a few minutes.',
        code ?? status,
      ),
      'sendAgain',
    ),
  regionUnknown: ({ region = '' }) =>
    advice(
      l10n.t('There is no such region'),
      l10n.t(
        'Cloudflare found no Amazon Bedrock in the region “{0}”. Compare the setting aws.region with AWS’s list of regions.',
        region,
      ),
      'setUp',
    ),
  requestTooLarge: () =>
    advice(
      l10n.t('The request is too large'),
      l10n.t(
        'Cloudflare and AWS accept no request of this size for any model: AWS’s limit is 25 million bytes. Select less.',
      ),
    ),
  gatewayNotFound: () =>
    advice(
      l10n.t('There is no such gateway'),
      l10n.t('Cloudflare found no gateway at this address. Check the account and the gateway’s name.'),
      'setUp',
      'checkConnection',
    ),
  gatewayProviderUnknown: () =>
    advice(
      l10n.t('The gateway does not know the provider'),
      l10n.t(
        'The address is not one for Amazon Bedrock. It should end with the gateway’s name, or with /aws-bedrock.',
      ),
      'setUp',
    ),
  gatewayTokenRejected: () =>
    advice(
      l10n.t('The gateway requires a token'),
      l10n.t(
        'The gateway’s token is missing or wrong. You can create one at Cloudflare, in the gateway’s settings, under authentication.',
      ),
      'setCredentials',
    ),
  gatewayKeyNotStored: () => ({
    ...advice(
      l10n.t('The gateway does not have this key'),
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
      l10n.t('The gateway’s administrator limits the number of requests. {0}', waitText(retryAfter)),
      'sendAgain',
    ),
  gatewayScannerUnavailable: () =>
    advice(
      l10n.t('The gateway couldn’t check the content'),
      l10n.t(
        'Its guardrail scanner at Cloudflare is temporarily unavailable, so the gateway forwarded nothing.',
      ),
      'sendAgain',
    ),
  gatewayEdgeBlocked: ({ status, code }) =>
    advice(
      l10n.t('Cloudflare’s edge blocked the request'),
      l10n.t(
        'A firewall rule in front of the gateway refused it ({0}). This can happen to prompts that contain shell commands. The address’s administrator can find the rule at Cloudflare under Security › Events.',
        statusAndCode(status, code),
      ),
      'showLog',
    ),
  gatewayError: ({ status, code }) =>
    advice(
      l10n.t('The gateway reported an error'),
      l10n.t(
        'Cloudflare answered {0}. The gateway’s log at Cloudflare may show more.',
        statusAndCode(status, code),
      ),
      'sendAgain',
      'showLog',
    ),
  unsignedError: ({ status = 403 }) =>
    advice(
      l10n.t('The error does not say who sent it'),
      l10n.t(
        'The response ({0}) has the headers of neither AWS nor the gateway. AWS, the gateway, or a proxy between them may have sent it.',
        status,
      ),
      'checkConnection',
      'sendAgain',
      'showLog',
    ),
} satisfies AdviceRows;
