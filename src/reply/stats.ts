// The line under a reply: one function for each item, in display order.
import { env, l10n } from 'vscode';
import { dataLossText, policiesText } from '../advice/guardrail';
import type { Cost } from '../core/model/cost';
import type { Reply, Turn } from '../core/model/reply';
import type { Target } from '../core/model/request';
import { formatNumber, formatSeconds, formatTime, isSameDay } from '../ui/format';
import { shortName } from '../models/modelIds';
import { dollars } from '../ui/money';
import { costStat } from './costStat';
import type { ReplyStat } from '../protocol/reply';

/** What the panel shows of a reply besides what the turn says. */
export interface StatContext {
  /** The label of the model; undefined if the settings give it none. */
  readonly label: string | undefined;
  /** undefined if the cost is not known yet, or never will be. */
  readonly cost: Cost | undefined;
  /** What the reply had cost without Bedrock's prompt cache; undefined if it was not used, or that is not known. */
  readonly uncachedCost: Cost | undefined;
  /** The reply runs in another window. */
  readonly runsElsewhere: boolean;
}

interface StatInput extends StatContext {
  readonly target: Target;
  readonly reply: Reply;
}

/** Returns undefined if there is nothing to show. */
type StatRow = (input: StatInput) => ReplyStat | undefined;

const rows: readonly StatRow[] = [
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

/** The items of the line under a reply, in display order. */
export function replyStats({ request: { target }, reply }: Turn, context: StatContext): ReplyStat[] {
  const input = { target, reply, ...context };
  return rows.flatMap((row) => row(input) ?? []);
}

function model({ target: { model }, label }: StatInput): ReplyStat {
  return { text: shortName(model, label), detail: model };
}

function tokens({ reply: { usage } }: StatInput): ReplyStat | undefined {
  if (!usage) return undefined;
  return {
    text: l10n.t('{0} in · {1} out', formatNumber(usage.input), formatNumber(usage.output)),
    detail: l10n.t('Tokens of the prompt and of the reply, as Bedrock counted them'),
  };
}

function cachedTokens({ reply: { usage }, cost, uncachedCost }: StatInput): ReplyStat | undefined {
  if (!usage?.cacheRead && !usage?.cacheWrite) return undefined;
  const tokens = cachedText(usage.cacheRead, usage.cacheWrite);
  const detail = usage.cacheWrite1h
    ? l10n.t(
        'Tokens read from and written to Bedrock’s prompt cache; {0} of those written are kept for an hour',
        formatNumber(usage.cacheWrite1h),
      )
    : l10n.t('Tokens read from and written to Bedrock’s prompt cache');
  if (cost?.kind !== 'sum' || uncachedCost?.kind !== 'sum') return { text: tokens, detail };
  const saved = uncachedCost.usd - cost.usd;
  if (saved === 0) return { text: tokens, detail };
  const sum = dollars(Math.abs(saved), env.language);
  return saved < 0
    ? {
        text: l10n.t('{0}, {1} more', tokens, sum),
        detail: l10n.t(
          '{0}. This reply cost {1} more than without it, which later prompts can save.',
          detail,
          sum,
        ),
      }
    : {
        text: l10n.t('{0}, {1} saved', tokens, sum),
        detail: l10n.t('{0}. This reply cost {1} less than without it.', detail, sum),
      };
}

/** "Prompt", since the gateway has a cache as well. */
function cachedText(read: number, written: number): string {
  if (written === 0) return l10n.t('prompt cache: {0} tokens read', formatNumber(read));
  if (read === 0) return l10n.t('prompt cache: {0} tokens written', formatNumber(written));
  return l10n.t('prompt cache: {0} tokens read, {1} written', formatNumber(read), formatNumber(written));
}

function requiredLimit({ reply: { limit } }: StatInput): ReplyStat | undefined {
  if (limit === undefined) return undefined;
  return {
    text: l10n.t('limit {0} tokens', formatNumber(limit)),
    detail: l10n.t(
      'The maximum number of tokens in the reply. The model’s own body requires such a limit; the setting request.maxTokens changes it.',
    ),
  };
}

function cost({ cost, target }: StatInput): ReplyStat | undefined {
  return cost && costStat(cost, target);
}

function times({ reply: { startedAt, firstTextAt, endedAt } }: StatInput): ReplyStat | undefined {
  if (endedAt === undefined) return undefined;
  const total = formatSeconds(endedAt - startedAt);
  return firstTextAt === undefined
    ? { text: l10n.t('{0} s', total), detail: l10n.t('Total time') }
    : {
        text: l10n.t('{0} s / {1} s', formatSeconds(firstTextAt - startedAt), total),
        detail: l10n.t('Time to the first word, and total time'),
      };
}

function attempts({ reply: { attempts, endedAt } }: StatInput): ReplyStat | undefined {
  if (endedAt === undefined || attempts <= 1) return undefined;
  return {
    text: l10n.t('{0} attempts', formatNumber(attempts)),
    detail: l10n.t('Number of times the prompt was sent'),
  };
}

function gatewayCache({ reply: { requestIds, firstSeenAt } }: StatInput): ReplyStat | undefined {
  if (!requestIds.cache) return undefined;
  return requestIds.cache === 'HIT'
    ? {
        text:
          firstSeenAt === undefined
            ? l10n.t('cache HIT')
            : l10n.t('cache HIT · first sent {0}', timeText(firstSeenAt)),
        detail: l10n.t('The gateway answered from its cache, without the model'),
      }
    : {
        text: l10n.t('cache MISS'),
        detail: l10n.t('The gateway’s cache had no reply to this prompt'),
      };
}

/** What a guardrail did. If it blocked, the outcome says so instead. */
function guardrail({ reply: { guardrailPolicies = [], outcome } }: StatInput): ReplyStat | undefined {
  if (guardrailPolicies.length === 0 || outcome?.kind === 'blocked') return undefined;
  const masked = guardrailPolicies.some(({ action }) => action === 'masked');
  return {
    text: masked ? l10n.t('guardrail: masked') : l10n.t('guardrail: detected'),
    detail: [l10n.t('A Bedrock guardrail is in use.'), ...policiesText(guardrailPolicies)].join(' '),
  };
}

/** What the gateway found but allowed. If it blocked, the outcome says so instead. */
function dataLoss({ reply: { requestIds, outcome } }: StatInput): ReplyStat | undefined {
  const finding = requestIds.dataLoss;
  if (!finding || outcome?.kind === 'blocked') return undefined;
  const names = finding.policies.length > 0 ? finding.policies : finding.profiles;
  return {
    text: names.length > 0 ? l10n.t('DLP: {0}', names.join(', ')) : l10n.t('DLP finding'),
    detail: [findingText(finding.where), ...dataLossText(finding)].join(' '),
  };
}

function findingText(where: readonly ('prompt' | 'reply')[]): string {
  if (where.length !== 1)
    return l10n.t(
      'The gateway’s data loss prevention found something in the prompt or the reply, and allowed it.',
    );
  return where[0] === 'prompt'
    ? l10n.t('The gateway’s data loss prevention found something in the prompt, and allowed it.')
    : l10n.t('The gateway’s data loss prevention found something in the reply, and allowed it.');
}

function logId({ reply: { requestIds } }: StatInput): ReplyStat | undefined {
  if (!requestIds.logId) return undefined;
  return {
    text: l10n.t('log {0}', requestIds.logId),
    detail: l10n.t('The gateway logged the prompt under this ID. Click to copy it.'),
    copy: 'logId',
  };
}

/** A time (ms since the epoch) in the user's language, with the date unless it is today. */
function timeText(at: number): string {
  return formatTime(at, isSameDay(Date.now(), at) ? { timeStyle: 'short' } : undefined);
}
