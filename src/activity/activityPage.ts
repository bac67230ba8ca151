// What the page is told: everything but the rows in sight.
import { env, l10n } from 'vscode';
import { formatNumber } from '../ui/format';
import { periods } from '../core/activity/period';
import { type GroupedBy, type UsageReport, usageOf } from '../core/activity/usage';
import { isFiltered } from './filter';
import { modelNames } from './modelNames';
import type { ActivityPage, OpenRow, Option, TableView } from '../protocol/activity';
import { isRunning } from './requestLog';
import { requestColumns, rowId } from './requestRow';
import { requestFields, runningRequestFields } from './requestFields';
import { rowActionViews, turnOf } from './rowActions';
import {
  type ViewState,
  namingOf,
  openRowOf,
  recordsOfPeriod,
  requestsOf,
  progressOf,
  usagesOf,
} from './viewState';
import { configuredModels, estimateOf, isPriced, ttlOptions } from './scenario';
import { usageTable } from './usageTable';
import { outcomeNames, periodNames, tabNames, activityStrings } from './strings';

export function pageOf(shown: ViewState): ActivityPage {
  const { version, chosen } = shown;
  const { tab, suppose } = chosen;
  const open = openOf(shown);
  const usages = tab === 'requests' ? undefined : usagesOf(shown, tab);
  const table = tab === 'requests' ? undefined : tableOf(shown, usages ?? usageOf([], tab), tab);
  const isSupposed = suppose.model !== '' || suppose.ttl !== '';
  const whole = shown.whole || (usages !== undefined && !isSupposed);
  return {
    version,
    chosen,
    whole,
    words: activityStrings(),
    tabs: options(tabNames),
    periods: periods.map((value) => ({ value, label: periodNames[value]() })),
    filters: {
      models: [all(), ...modelOptions(shown)],
      outcomes: [all(), ...options(outcomeNames)],
      cached: [all(), ...['HIT', 'MISS'].map((value) => ({ value, label: value }))],
    },
    requests: {
      columns: requestColumns(),
      count: chosen.tab === 'requests' ? requestsOf(shown).length : 0,
      summary: whole ? summaryOf(shown, usages?.total.requests) : '',
    },
    ...(table && { table }),
    ...(open && { open }),
    notes: notesOf(shown),
  };
}

function all(): Option {
  return { value: '', label: l10n.t('All') };
}

function options(names: Readonly<Record<string, () => string>>): Option[] {
  return Object.entries(names).map(([value, label]) => ({ value, label: label() }));
}

/** Those that were ever asked, and `more`, by name. */
function modelOptions({ models, running, labelOf }: ViewState, more: readonly string[] = []): Option[] {
  const ids = new Set([...models, ...running.map(({ request }) => request.target.model), ...more]);
  return [...modelNames(ids, labelOf)]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, env.language));
}

/** @param ended how many requests of the period have ended, where that is known already */
function summaryOf(shown: ViewState, ended = recordsOfPeriod(shown).length): string {
  const every = ended + shown.running.length;
  if (every === 0)
    return shown.records.length === 0 && shown.unreadable === 0
      ? l10n.t('No prompt has been sent yet. What you send appears here.')
      : l10n.t('No prompt was sent in this period.');
  if (shown.chosen.tab !== 'requests' || !isFiltered(shown.chosen.filter))
    return l10n.t('Requests: {0}', formatNumber(every));
  const passing = requestsOf(shown).length;
  return passing === 0
    ? l10n.t('None of the {0} requests of this period passes the filter.', formatNumber(every))
    : l10n.t('Requests: {0} of {1}', formatNumber(passing), formatNumber(every));
}

function tableOf(shown: ViewState, usages: UsageReport, by: GroupedBy): TableView {
  const estimate = shown.whole ? estimateOf(shown) : undefined;
  return {
    ...usageTable(usages, by, shown.chosen.sort, shown.labelOf),
    ...(estimate !== undefined && { estimate }),
    supposable: {
      models: [
        { value: '', label: l10n.t('as it was') },
        // What another would cost is asked before it is used, and before all is read.
        ...modelOptions(shown, [
          ...configuredModels(),
          ...(by === 'model' ? usages.rows.map(({ key }) => key) : []),
        ]).filter(({ value }) => isPriced(shown, value)),
      ],
      ttls: ttlOptions(),
    },
  };
}

function openOf(shown: ViewState): OpenRow | undefined {
  const row = openRowOf(shown);
  if (!row) return undefined;
  const { panel } = shown;
  const naming = namingOf(shown);
  const progress = progressOf(shown, row);
  const attempts = progress ? panel.attemptViews(turnOf(progress)) : [];
  const model = isRunning(row) ? row.request.target.model : row.model;
  return {
    id: rowId(row),
    title: naming.nameOf(model),
    facts: isRunning(row) ? runningRequestFields(row) : requestFields(row, naming.failureTitle),
    actions: rowActionViews(row, shown),
    attempts,
    attemptWords: panel.panelStrings(false),
    withoutAttempts: progress
      ? ''
      : l10n.t('What it did on the wire is kept only in the window that sent it, for the latest requests.'),
  };
}

function notesOf({ damaged, unreadable }: ViewState): string[] {
  return [
    ...(damaged > 0
      ? [l10n.t('Lines of the record that could not be read, and were left out: {0}', formatNumber(damaged))]
      : []),
    ...(unreadable > 0
      ? [l10n.t('Files of the record that cannot be read, and are left out: {0}', formatNumber(unreadable))]
      : []),
  ];
}
