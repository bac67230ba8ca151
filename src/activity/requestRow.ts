// Formats a request as a row of the live log.
import { env, l10n } from 'vscode';
import { formatNumber } from '../ui/format';
import type { ActivityRecord } from '../core/activity/record';
import type { RequestProgress } from '../core/activity/requestProgress';
import { dollars } from '../ui/money';
import type { ActivityPage, RowView } from '../protocol/activity';
import { type LoggedRequest, isRunning } from './requestLog';
import { shortTime, nameFrom, outcomeNames, preciseSeconds, senderMark } from './strings';

export interface RowContext {
  readonly now: number;
  /** A unique name of a model. */
  readonly nameOf: (model: string) => string;
  /** The title of a kind of failure. */
  readonly failureTitle: (kind: string) => string;
}

/** The columns of the live log, the most important first. */
export function requestColumns(): ActivityPage['requests']['columns'] {
  return [
    { id: 'time', label: l10n.t('Time') },
    { id: 'model', label: l10n.t('Model') },
    { id: 'outcome', label: l10n.t('Outcome') },
    { id: 'cache', label: l10n.t('Cache') },
    { id: 'tokens', label: l10n.t('Tokens') },
    { id: 'cost', label: l10n.t('Cost') },
    { id: 'firstText', label: l10n.t('First word') },
    { id: 'total', label: l10n.t('Total') },
    { id: 'logId', label: l10n.t('Log ID') },
  ];
}

/** An ID of a row. The request's ID alone is not unique, since a check sends the same request twice. */
export function rowId(row: LoggedRequest): string {
  return isRunning(row) ? `${row.request.id} ${row.reply.startedAt}` : `${row.id} ${row.at}`;
}

export function requestRow(row: LoggedRequest, context: RowContext): RowView {
  return isRunning(row) ? runningRow(row, context) : recordRow(row, context);
}

function runningRow(running: RequestProgress, { now, nameOf }: RowContext): RowView {
  const from = senderMark(running.request);
  const { startedAt, firstTextAt, usage, requestIds, attempts } = running.reply;
  const { model } = running.request.target;
  return {
    id: rowId(running),
    state: 'running',
    hit: requestIds.cache === 'HIT',
    ...(from !== undefined && { from }),
    cells: [
      shortTime(startedAt, now),
      nameOf(model),
      attempts > 1 ? l10n.t('Running, attempt {0}', formatNumber(attempts)) : outcomeNames.running(),
      requestIds.cache ?? '',
      usage ? tokens(usage.input + usage.cacheRead + usage.cacheWrite, usage.output) : '',
      '',
      firstTextAt === undefined ? '' : preciseSeconds(firstTextAt - startedAt),
      '',
      requestIds.logId ?? '',
    ],
  };
}

function recordRow(record: ActivityRecord, { now, nameOf, failureTitle }: RowContext): RowView {
  const { model, outcome, failure, cache, input, output, cacheRead = 0, cacheWrite = 0, firstText } = record;
  const from = senderMark(record);
  return {
    id: rowId(record),
    state: Object.hasOwn(outcomeNames, outcome) ? outcome : 'done',
    hit: cache === 'HIT',
    ...(from !== undefined && { from }),
    cells: [
      shortTime(record.at, now),
      nameOf(model),
      failure === undefined
        ? nameFrom(outcomeNames, outcome)
        : l10n.t('{0}: {1}', nameFrom(outcomeNames, outcome), failureTitle(failure)),
      cache ?? '',
      input === undefined || output === undefined ? '' : tokens(input + cacheRead + cacheWrite, output),
      costText(record),
      firstText === undefined ? '' : preciseSeconds(firstText),
      preciseSeconds(record.total),
      record.logId ?? '',
    ],
  };
}

function tokens(input: number, output: number): string {
  return l10n.t('{0} → {1}', formatNumber(input), formatNumber(output));
}

/** "≈ $0.01", "at least $0.01", "unknown", or '' if nothing was charged. */
export function costText({ usd, atLeast, costUnknown }: ActivityRecord): string {
  if (costUnknown) return l10n.t('unknown');
  if (usd === undefined) return '';
  const sum = dollars(usd, env.language);
  if (usd === 0) return sum;
  return atLeast ? l10n.t('at least {0}', sum) : l10n.t('≈ {0}', sum);
}
