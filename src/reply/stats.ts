// The line under a reply: a row for every fact, in the order in which they are shown.
import { l10n } from 'vscode';
import { dataLossText, policiesText } from '../advice/guardrail';
import type { Cost } from '../core/model/cost';
import type { Reply, Turn } from '../core/model/reply';
import type { Target } from '../core/model/request';
import { formatNumber, formatSeconds, formatTime, isSameDay } from '../ui/format';
import { shortName } from '../models/modelIds';
import { costStat } from './costStat';
import type { ReplyStat } from '../protocol/reply';

/** What a turn does not say by itself. */
export interface StatContext {
  /** The name of its model, when the settings give it one. */
  readonly label: string | undefined;
  /** undefined, when there is no cost yet, or at all. */
  readonly cost: Cost | undefined;
}

/** What a row is made of. */
interface Told extends StatContext {
  readonly target: Target;
  readonly reply: Reply;
}

/** undefined, when there is nothing to say yet, or at all. */
type Row = (told: Told) => ReplyStat | undefined;

const rows: readonly Row[] = [
  model,
  tokens,
  cachedTokens,
  requiredLimit,
  cost,
  times,
  attempts,
  gatewayCache,
  guardrail,
  dataLoss,
  logId,
];

export function replyStats({ request: { target }, reply }: Turn, known: StatContext): ReplyStat[] {
  const told = { target, reply, ...known };
  return rows.flatMap((row) => row(told) ?? []);
}

function model({ target: { model }, label }: Told): ReplyStat {
  return { text: shortName(model, label), detail: model };
}

function tokens({ reply: { usage } }: Told): ReplyStat | undefined {
  if (!usage) return undefined;
  return {
    text: l10n.t('{0} in · {1} out', formatNumber(usage.input), formatNumber(usage.output)),
    detail: l10n.t('Tokens of the prompt and of the reply, as Bedrock counted them'),
  };
}

function cachedTokens({ reply: { usage } }: Told): ReplyStat | undefined {
  if (!usage?.cacheRead && !usage?.cacheWrite) return undefined;
  return {
    text: l10n.t('{0} cached · {1} written', formatNumber(usage.cacheRead), formatNumber(usage.cacheWrite)),
    detail: usage.cacheWrite1h
      ? l10n.t(
          'Tokens read from and written to Bedrock’s prompt cache; {0} of those written are kept for an hour',
          formatNumber(usage.cacheWrite1h),
        )
      : l10n.t('Tokens read from and written to Bedrock’s prompt cache'),
  };
}

function requiredLimit({ reply: { limit } }: Told): ReplyStat | undefined {
  if (limit === undefined) return undefined;
  return {
    text: l10n.t('limit {0} tokens', formatNumber(limit)),
    detail: l10n.t(
      'The most tokens that the reply may have. The model’s own body requires such a limit; the setting request.maxTokens changes it.',
    ),
  };
}

function cost({ cost, target }: Told): ReplyStat | undefined {
  return cost && costStat(cost, target);
}

function times({ reply: { startedAt, firstTextAt, endedAt } }: Told): ReplyStat | undefined {
  if (endedAt === undefined) return undefined;
  const total = formatSeconds(endedAt - startedAt);
  return firstTextAt === undefined
    ? { text: l10n.t('{0} s', total), detail: l10n.t('Total time') }
    : {
        text: l10n.t('{0} s / {1} s', formatSeconds(firstTextAt - startedAt), total),
        detail: l10n.t('Time to the first word, and total time'),
      };
}

function attempts({ reply: { attempts, endedAt } }: Told): ReplyStat | undefined {
  if (endedAt === undefined || attempts <= 1) return undefined;
  return {
    text: l10n.t('{0} attempts', formatNumber(attempts)),
    detail: l10n.t('How often the prompt was sent'),
  };
}

function gatewayCache({ reply: { requestIds, firstSeenAt } }: Told): ReplyStat | undefined {
  if (!requestIds.cache) return undefined;
  return requestIds.cache === 'HIT'
    ? {
        text:
          firstSeenAt === undefined
            ? l10n.t('cache HIT')
            : l10n.t('cache HIT · first asked {0}', moment(firstSeenAt)),
        detail: l10n.t('The gateway answered from its cache; the model was not asked'),
      }
    : {
        text: l10n.t('cache MISS'),
        detail: l10n.t('The gateway had no answer in its cache; the model was asked'),
      };
}

/** What a guardrail did besides blocking, of which the ending tells. */
function guardrail({ reply: { guardrailPolicies = [], outcome } }: Told): ReplyStat | undefined {
  if (guardrailPolicies.length === 0 || outcome?.kind === 'blocked') return undefined;
  const masked = guardrailPolicies.some(({ action }) => action === 'masked');
  return {
    text: masked ? l10n.t('guardrail: masked') : l10n.t('guardrail: noticed'),
    detail: [l10n.t('A Bedrock guardrail is in use.'), ...policiesText(guardrailPolicies)].join(' '),
  };
}

/** What the gateway found but let pass; where it blocked, the ending tells. */
function dataLoss({ reply: { requestIds, outcome } }: Told): ReplyStat | undefined {
  const found = requestIds.dataLoss;
  if (!found || outcome?.kind === 'blocked') return undefined;
  const names = found.policies.length > 0 ? found.policies : found.profiles;
  return {
    text: names.length > 0 ? l10n.t('DLP: {0}', names.join(', ')) : l10n.t('DLP finding'),
    detail: [foundIn(found.where), ...dataLossText(found)].join(' '),
  };
}

function foundIn(where: readonly ('prompt' | 'reply')[]): string {
  if (where.length !== 1)
    return l10n.t(
      'The gateway’s data loss prevention found something in the prompt or the reply, and let it pass.',
    );
  return where[0] === 'prompt'
    ? l10n.t('The gateway’s data loss prevention found something in the prompt, and let it pass.')
    : l10n.t('The gateway’s data loss prevention found something in the reply, and let it pass.');
}

function logId({ reply: { requestIds } }: Told): ReplyStat | undefined {
  if (!requestIds.logId) return undefined;
  return {
    text: l10n.t('log {0}', requestIds.logId),
    detail: l10n.t('The gateway logged the prompt under this ID; click to copy'),
    copy: 'logId',
  };
}

/** A time (ms since the epoch) as people of the user's language write it, with the day unless it is today. */
function moment(at: number): string {
  return formatTime(at, isSameDay(Date.now(), at) ? { timeStyle: 'short' } : undefined);
}
