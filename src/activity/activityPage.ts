// Builds the view that the host posts to the page: everything but the visible rows.
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
  rowContextOf,
  openRowOf,
  recordsOfPeriod,
  requestsOf,
  progressOf,
  usageReportOf,
} from './viewState';
import { configuredModels, estimateText, isPriced, ttlOptions } from './scenario';
import { usageTable } from './usageTable';
import { outcomeNames, periodNames, surfaceNames, tabNames, activityStrings } from './strings';

export function pageOf(state: ViewState): ActivityPage {
  const { version, options } = state;
  const { tab, scenario } = options;
  const open = openRowView(state);
  const usages = tab === 'requests' ? undefined : usageReportOf(state, tab);
  const table = tab === 'requests' ? undefined : tableOf(state, usages ?? usageOf([], tab), tab);
  const hasScenario = scenario.model !== '' || scenario.ttl !== '';
  const isComplete = state.isComplete || (usages !== undefined && !hasScenario);
  return {
    version,
    options,
    isComplete,
    strings: activityStrings(),
    tabs: toOptions(tabNames),
    periods: periods.map((value) => ({ value, label: periodNames[value]() })),
    filters: {
      models: [all(), ...modelOptions(state)],
      outcomes: [all(), ...toOptions(outcomeNames)],
      cached: [all(), ...['HIT', 'MISS'].map((value) => ({ value, label: value }))],
      surfaces: [all(), ...toOptions(surfaceNames)],
    },
    requests: {
      columns: requestColumns(),
      count: options.tab === 'requests' ? requestsOf(state).length : 0,
      summary: isComplete ? summaryText(state, usages?.total.requests) : '',
    },
    ...(table && { table }),
    ...(open && { open }),
    notes: recordNotes(state),
  };
}

function all(): Option {
  return { value: '', label: l10n.t('All') };
}

function toOptions(names: Readonly<Record<string, () => string>>): Option[] {
  return Object.entries(names).map(([value, label]) => ({ value, label: label() }));
}

/** Options for all models that were ever used, and for `more`, sorted by name. */
function modelOptions({ models, running, labelOf }: ViewState, more: readonly string[] = []): Option[] {
  const ids = new Set([...models, ...running.map(({ request }) => request.target.model), ...more]);
  return [...modelNames(ids, labelOf)]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, env.language));
}

/** @param ended number of ended requests in the period, if it is known already */
function summaryText(state: ViewState, ended = recordsOfPeriod(state).length): string {
  const total = ended + state.running.length;
  if (total === 0)
    return state.records.length === 0 && state.unreadable === 0
      ? l10n.t('No prompts yet. Prompts that you send appear here.')
      : l10n.t('No prompts were sent in this period.');
  if (state.options.tab !== 'requests' || !isFiltered(state.options.filter))
    return l10n.t('Requests: {0}', formatNumber(total));
  const matching = requestsOf(state).length;
  return matching === 0
    ? l10n.t('None of the {0} requests in this period match the filter.', formatNumber(total))
    : l10n.t('Requests: {0} of {1}', formatNumber(matching), formatNumber(total));
}

function tableOf(state: ViewState, usages: UsageReport, by: GroupedBy): TableView {
  const estimate = state.isComplete ? estimateText(state) : undefined;
  return {
    ...usageTable(usages, by, state.options.sort, state.labelOf),
    ...(estimate !== undefined && { estimate }),
    scenarioOptions: {
      models: [
        { value: '', label: l10n.t('actual') },
        // Includes models that were never used, and those of the table while the record is still being read.
        ...modelOptions(state, [
          ...configuredModels(),
          ...(by === 'model' ? usages.rows.map(({ key }) => key) : []),
        ]).filter(({ value }) => isPriced(state, value)),
      ],
      ttls: ttlOptions(),
    },
  };
}

function openRowView(state: ViewState): OpenRow | undefined {
  const row = openRowOf(state);
  if (!row) return undefined;
  const { panel } = state;
  const context = rowContextOf(state);
  const progress = progressOf(state, row);
  const attempts = progress ? panel.attemptViews(turnOf(progress)) : [];
  const model = isRunning(row) ? row.request.target.model : row.model;
  return {
    id: rowId(row),
    title: context.nameOf(model),
    fields: isRunning(row) ? runningRequestFields(row) : requestFields(row, context.failureTitle),
    actions: rowActionViews(row, state),
    attempts,
    attemptStrings: panel.panelStrings(),
    noAttemptsReason: progress
      ? ''
      : l10n.t(
          'Details of the attempts are available only in the window that sent the request, and only for the latest requests.',
        ),
  };
}

function recordNotes({ damaged, unreadable }: ViewState): string[] {
  return [
    ...(damaged > 0
      ? [l10n.t('Unreadable lines of the record, which were skipped: {0}', formatNumber(damaged))]
      : []),
    ...(unreadable > 0
      ? [l10n.t('Unreadable files of the record, which were skipped: {0}', formatNumber(unreadable))]
      : []),
  ];
}
