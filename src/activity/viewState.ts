// What the view shows at a moment, and which requests pass its filter.
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
import type { RecentRequests } from './recentRequests';
import { type LoggedRequest, isRunning } from './requestLog';
import { type Naming, requestRow, rowId } from './requestRow';
import type { ThisMonth } from './thisMonth';

export interface ViewState {
  readonly version: number;
  readonly chosen: ViewOptions;
  /** The record has been read. */
  readonly whole: boolean;
  readonly thisMonth: ThisMonth;
  /** All there are, oldest first. */
  readonly records: readonly ActivityRecord[];
  /** The models that were ever asked. */
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
export function recordsOfPeriod({ records, chosen, now }: ViewState): readonly ActivityRecord[] {
  return recordsFrom(records, beginningOf(chosen.period, now));
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

const summed = memoizeLast(usageOf);

/** What the requests of the chosen period add up to; undefined while that is being read. */
export function usagesOf(shown: ViewState, by: GroupedBy): UsageReport | undefined {
  const { whole, chosen, now, thisMonth } = shown;
  if (whole) return summed(recordsOfPeriod(shown), by);
  if (by !== 'model' || chosen.period !== 'month') return undefined;
  // Where there are none, the whole record tells whether there ever were.
  const usages = thisMonth.usages(now);
  return usages?.total.requests ? usages : undefined;
}

const passing = new WeakMap<ViewState, readonly LoggedRequest[]>();

/** The requests that pass the filter, the latest first; those that run stand above all. */
export function requestsOf(shown: ViewState): readonly LoggedRequest[] {
  const known = passing.get(shown);
  if (known) return known;
  const { filter } = shown.chosen;
  const running = shown.running

    .filter(({ request, reply }) =>
      passes({ ...reply.requestIds, model: request.target.model, outcome: 'running' }, filter),
    )
    .toReversed();
  const ids = new Set(shown.running.map(rowId));
  const since = Math.min(...shown.running.map(({ reply }) => reply.startedAt));
  const records = recordsOfPeriod(shown);
  const rows: LoggedRequest[] = running;
  for (let index = records.length - 1; index >= 0; index -= 1) {
    const record = records[index];
    if (!record || !passes(record, filter)) continue;
    // On disk already, though it is still told of as running.
    if (record.at >= since && ids.has(rowId(record))) continue;
    rows.push(record);
  }
  passing.set(shown, rows);
  return rows;
}

/** Those in sight. */
export function rowsOf(shown: ViewState, from: number, count: number): RowView[] {
  const naming = namingOf(shown);
  return requestsOf(shown)
    .slice(from, from + count)
    .map((row) => requestRow(row, naming));
}

/** The row that is unfolded, whatever the filter says. */
export function openRowOf({ chosen, running, records }: ViewState): LoggedRequest | undefined {
  const { open } = chosen;
  if (!open) return undefined;
  const at = Number(open.slice(open.lastIndexOf(' ') + 1));
  return (
    running.find((progress) => rowId(progress) === open) ??
    records.findLast((record) => record.at === at && rowId(record) === open)
  );
}

export function namingOf({ now, labelOf, panel, models, running }: ViewState): Naming {
  const names = modelNames([...models, ...running.map(({ request }) => request.target.model)], labelOf);
  return {
    now,
    nameOf: (model) => names.get(model) ?? model,
    // A kind of a later version of us may have no words here.
    failureTitle: (kind) => {
      try {
        return panel.adviceFor(failure(kind as FailureKind, {})).title;
      } catch {
        return kind;
      }
    },
  };
}

/** What an open row has on the wire: while it runs, and for a while after. */
export function progressOf({ recent }: ViewState, row: LoggedRequest): RequestProgress | undefined {
  return isRunning(row) ? row : recent.get(rowId(row));
}
