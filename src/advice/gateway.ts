// Words for what the gateway, or the edge before it, answers.
import { l10n } from 'vscode';
import { type Rows, advice, wait } from './row';

export const gatewayAdvice = {
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
      l10n.t('The gateway’s owner limits how many requests it takes. {0}', wait(retryAfter)),
      'sendAgain',
    ),
  gatewaySpendLimited: () =>
    advice(
      l10n.t('The gateway’s spend limit is reached'),
      l10n.t('Whoever runs the gateway can raise its limit at Cloudflare.'),
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
        'It answered {0}. Its log at Cloudflare may tell more.',
        [status, code].filter((fact) => fact !== undefined).join(' / '),
      ),
      'sendAgain',
      'showLog',
    ),
} satisfies Rows;
