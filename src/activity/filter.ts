// The filter of the live log.
import type { ActivityRecord } from '../core/activity/record';
import type { Filter } from '../protocol/activity';

/** The filter that every request passes. */
export const unfiltered: Filter = { model: '', outcome: '', cached: '', surface: '', logId: '' };

/** The fields that the filter compares. */
type FilterFields = Pick<ActivityRecord, 'model' | 'cache' | 'surface' | 'logId'> & {
  readonly outcome: string;
};

/** Whether a request passes the filter. The outcome of a running request is `running`. */
export function passes(row: FilterFields, { model, outcome, cached, surface, logId }: Filter): boolean {
  return (
    (!model || row.model === model) &&
    (!outcome || row.outcome === outcome) &&
    (!cached || row.cache === cached) &&
    (!surface || row.surface === surface) &&
    (!logId || (row.logId?.toLowerCase().includes(logId.trim().toLowerCase()) ?? false))
  );
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some(Boolean);
}
