// A snapshot of what the view shows, and the requests that pass its filter.
import { beginningOf } from '../core/activity/period';
import type { ActivityRecord } from '../core/activity/record';
import type { RequestProgress } from '../core/activity/requestProgress';
import { type GroupedBy, type UsageReport, usageOf } from '../core/activity/usage';
import { failure } from '../core/model/failure';
import type { FailureKind } from '../core/model/failure';
import type * as PanelChunk from '../reply/panel.chunk';
import type * as PriceList from '../prices/prices.chunk';
import { passes } from './filter';
import { memoizeLast } from '../util/memoizeLast';
import { modelNames } from './modelNames';
import type { ViewOptions, RowView } from '../protocol/activity';
import type { RecentRequest, RecentRequests } from './recentRequests';
import { type LoggedRequest, isRunning } from './requestLog';
import { type RowContext, requestRow, rowId } from './requestRow';
import type { ThisMonth } from './thisMonth';

export interface ViewState {
  readonly version: number;
  readonly options: ViewOptions;
  /** Whether the whole record has been read. */
  readonly isComplete: boolean;
  readonly thisMonth: ThisMonth;
  /** All records, oldest first. */
  readonly records: readonly ActivityRecord[];
  /** The IDs of all models that were ever used. */
  readonly models: ReadonlySet<string>;
  readonly damaged: number;
  readonly unreadable: number;
  readonly running: readonly RequestProgress[];
  readonly recent: RecentRequests;
  readonly hasReply: (conversation: string) => boolean;
  readonly labelOf: (model: string) => string | undefined;
  readonly now: number;
  readonly panel: typeof PanelChunk;
  readonly prices: typeof PriceList;
}

/** The records of the chosen period, oldest first. */
export function recordsOfPeriod({ records, options, now }: ViewState): readonly ActivityRecord[] {
  return recordsFrom(records, beginningOf(options.period, now));
}

const recordsFrom = memoizeLast(
  (records: readonly ActivityRecord[], from: number): readonly ActivityRecord[] => {
    let [low, high] = [0, records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((records[middle]?.at ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? records : records.slice(low);
  },
);

const usageOfRecords = memoizeLast(usageOf);

/** The usage of the chosen period; undefined while it is being read. */
export function usageReportOf(state: ViewState, by: GroupedBy): UsageReport | undefined {
  const { isComplete, options, now, thisMonth } = state;
  if (isComplete) return usageOfRecords(recordsOfPeriod(state), by);
  if (by !== 'model' || options.period !== 'month') return undefined;
  // Without any requests this month, wait for the whole record: the text depends on whether there ever were any.
  const usages = thisMonth.usages(now);
  return usages?.total.requests ? usages : undefined;
}

const filteredRows = new WeakMap<ViewState, readonly LoggedRequest[]>();

/** The requests that pass the filter: running ones first, then the latest. */
export function requestsOf(state: ViewState): readonly LoggedRequest[] {
  const cached = filteredRows.get(state);
  if (cached) return cached;
  const { filter } = state.options;
  const running = state.running
    .filter(({ request: { surface, target }, reply }) =>
      passes({ ...reply.requestIds, surface, model: target.model, outcome: 'running' }, filter),
    )
    .toReversed();
  const ids = new Set(state.running.map(rowId));
  const since = Math.min(...state.running.map(({ reply }) => reply.startedAt));
  const records = recordsOfPeriod(state);
  const rows: LoggedRequest[] = running;
  for (let index = records.length - 1; index >= 0; index -= 1) {
    const record = records[index];
    if (!record || !passes(record, filter)) continue;
    // It is on disk already, but still listed as running.
    if (record.at >= since && ids.has(rowId(record))) continue;
    rows.push(record);
  }
  filteredRows.set(state, rows);
  return rows;
}

/** The `count` rows from index `from` on. */
export function rowsOf(state: ViewState, from: number, count: number): RowView[] {
  const context = rowContextOf(state);
  return requestsOf(state)
    .slice(from, from + count)
    .map((row) => requestRow(row, context));
}

/** The open row, even if it does not pass the filter. */
export function openRowOf({ options, running, records }: ViewState): LoggedRequest | undefined {
  const { open } = options;
  if (!open) return undefined;
  const at = Number(open.slice(open.lastIndexOf(' ') + 1));
  return (
    running.find((progress) => rowId(progress) === open) ??
    records.findLast((record) => record.at === at && rowId(record) === open)
  );
}

export function rowContextOf({ now, labelOf, panel, models, running }: ViewState): RowContext {
  const names = modelNames([...models, ...running.map(({ request }) => request.target.model)], labelOf);
  return {
    now,
    nameOf: (model) => names.get(model) ?? model,
    // A later version may have recorded a kind that this one does not know.
    failureTitle: (kind) => {
      try {
        return panel.adviceFor(failure(kind as FailureKind, {})).title;
      } catch {
        return kind;
      }
    },
  };
}

/** The details of an open row's attempts; undefined if they are gone. */
export function progressOf({ recent }: ViewState, row: LoggedRequest): RecentRequest | undefined {
  return isRunning(row) ? row : recent.get(rowId(row));
}
