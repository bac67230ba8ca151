// A request as a row of the live log.
import { env, l10n } from 'vscode';
import { formatNumber } from '../ui/format';
import type { ActivityRecord } from '../core/activity/record';
import type { RequestProgress } from '../core/activity/requestProgress';
import { dollars } from '../ui/money';
import type { ActivityPage, RowView } from '../protocol/activity';
import { type LoggedRequest, isRunning } from './requestLog';
import { moment, named, outcomeNames, preciseSeconds } from './strings';

export interface Naming {
  readonly now: number;
  /** A model's name, unlike those of others. */
  readonly nameOf: (model: string) => string;
  /** What is wrong, in a few words. */
  readonly failureTitle: (kind: string) => string;
}

/** What a row of the log tells, the most important first. */
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

/** Not the prompt's alone: a check sends the same twice. */
export function rowId(row: LoggedRequest): string {
  return isRunning(row) ? `${row.request.id} ${row.reply.startedAt}` : `${row.id} ${row.at}`;
}

export function requestRow(row: LoggedRequest, naming: Naming): RowView {
  return isRunning(row) ? runningRow(row, naming) : recordRow(row, naming);
}

function runningRow(running: RequestProgress, { now, nameOf }: Naming): RowView {
  const { startedAt, firstTextAt, usage, requestIds, attempts } = running.reply;
  const { model } = running.request.target;
  return {
    id: rowId(running),
    state: 'running',
    hit: requestIds.cache === 'HIT',
    cells: [
      moment(startedAt, now),
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

function recordRow(record: ActivityRecord, { now, nameOf, failureTitle }: Naming): RowView {
  const { model, outcome, failure, cache, input, output, cacheRead = 0, cacheWrite = 0, firstText } = record;
  return {
    id: rowId(record),
    state: Object.hasOwn(outcomeNames, outcome) ? outcome : 'done',
    hit: cache === 'HIT',
    cells: [
      moment(record.at, now),
      nameOf(model),
      failure === undefined
        ? named(outcomeNames, outcome)
        : l10n.t('{0}: {1}', named(outcomeNames, outcome), failureTitle(failure)),
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

/** "≈ $0.01", "at least $0.01", "unknown", or nothing where nothing came that could cost. */
export function costText({ usd, atLeast, costUnknown }: ActivityRecord): string {
  if (costUnknown) return l10n.t('unknown');
  if (usd === undefined) return '';
  const sum = dollars(usd, env.language);
  if (usd === 0) return sum;
  return atLeast ? l10n.t('at least {0}', sum) : l10n.t('≈ {0}', sum);
}
