// Advice for limits that the gateway's administrator set: who may use it, with which models, and for how much money.
import { env, l10n } from 'vscode';
import { dollars } from '../ui/money';
import type { Budget, BudgetWindow } from '../core/model/failureDetails';
import { formatTime } from '../ui/format';
import { type AdviceRows, advice, durationText } from './row';

export const policiesAdvice = {
  gatewayBehindAccess: ({ host = '' }) => ({
    ...advice(
      l10n.t('Cloudflare Access protects this address'),
      l10n.t(
        '{0} requires a sign-in in a browser first. Its administrator at Cloudflare can exempt the gateway’s path, or give you the gateway’s address at gateway.ai.cloudflare.com.',
        host,
      ),
      'setUp',
    ),
    final: true,
  }),
  gatewayAccessDenied: ({ host = '' }) => ({
    ...advice(
      l10n.t('Cloudflare Access denied the request'),
      l10n.t(
        'Access protects {0}, and none of its policies allows this request. Ask the gateway’s administrator at Cloudflare to allow you, or to give you the gateway’s address at gateway.ai.cloudflare.com.',
        host,
      ),
      'setUp',
    ),
    final: true,
  }),
  gatewayPolicyDenied: ({ model = '' }) => ({
    ...advice(
      l10n.t('A gateway policy denied the request'),
      l10n.t(
        'A policy of the gateway blocks {0} for you, or no policy allows it. The gateway’s administrator can change this at Cloudflare, under Policies.',
        model,
      ),
      'selectModel',
    ),
    final: true,
  }),
  gatewayBudgetUsedUp: ({ budget = {} }, retryAfter) => ({
    ...advice(
      l10n.t('A gateway budget is used up'),
      [
        ...spentText(budget),
        resetText(budget, retryAfter),
        l10n.t('The gateway’s administrator can raise it at Cloudflare, under Policies.'),
      ].join(' '),
      'selectModel',
    ),
    final: true,
  }),
  gatewaySpendLimited: ({ budget = {} }) => ({
    ...advice(
      l10n.t('The gateway’s spend limit is reached'),
      [...spentText(budget), l10n.t('The gateway’s administrator can raise its limit at Cloudflare.')].join(
        ' ',
      ),
    ),
    final: true,
  }),
  gatewayKeyMissing: ({ authentication }) =>
    authentication === 'gateway'
      ? advice(
          l10n.t('The gateway has no AWS key'),
          l10n.t(
            'The gateway requires provider credentials, and none are stored there. Store an AWS key at Cloudflare, under your gateway › Provider Keys, or choose another authentication method.',
          ),
          'setCredentials',
        )
      : advice(
          l10n.t('The gateway found no AWS credentials'),
          l10n.t(
            'The gateway requires provider credentials. The extension sent some, but the gateway did not recognize them, or a proxy removed them. If the gateway stores an AWS key, choose that in “Set Credentials…”.',
          ),
          'setCredentials',
          'checkConnection',
        ),
} satisfies AdviceRows;

function spentText({ spent, limit }: Budget): string[] {
  const money = (usd: number) => dollars(usd, env.language);
  if (spent !== undefined && limit !== undefined)
    return [l10n.t('{0} of {1} has been spent.', money(spent), money(limit))];
  if (limit !== undefined) return [l10n.t('The limit is {0}.', money(limit))];
  return spent === undefined ? [] : [l10n.t('{0} has been spent.', money(spent))];
}

const windowText: { readonly [W in BudgetWindow]: () => string } = {
  hour: () => l10n.t('It resets at the start of the next hour.'),
  day: () => l10n.t('It resets every day at 00:00 UTC.'),
  week: () => l10n.t('It resets every Monday at 00:00 UTC.'),
  month: () => l10n.t('It resets on the first day of each month at 00:00 UTC.'),
};

function resetText({ window, resetsAt }: Budget, retryAfter: number | undefined): string {
  if (resetsAt !== undefined) {
    return l10n.t('It resets at {0}.', formatTime(resetsAt));
  }
  if (retryAfter !== undefined) return l10n.t('It resets in {0}.', durationText(retryAfter));
  return window
    ? windowText[window]()
    : l10n.t(
        'Cloudflare does not say when it resets: a budget lasts an hour, a day, a week (from Monday) or a month, in UTC.',
      );
}
