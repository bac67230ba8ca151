// Which requests the live log shows.
import type { ActivityRecord } from '../core/activity/record';
import type { Filter } from '../protocol/activity';

/** Everything. */
export const unfiltered: Filter = { model: '', outcome: '', cached: '', logId: '' };

/** What a row is looked at by; the same of a request that runs. */
type Looked = Pick<ActivityRecord, 'model' | 'cache' | 'logId'> & { readonly outcome: string };

/** Whether a request passes; `running` is the outcome of one that has none yet. */
export function passes(row: Looked, { model, outcome, cached, logId }: Filter): boolean {
  return (
    (!model || row.model === model) &&
    (!outcome || row.outcome === outcome) &&
    (!cached || row.cache === cached) &&
    (!logId || (row.logId?.toLowerCase().includes(logId.trim().toLowerCase()) ?? false))
  );
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some(Boolean);
}
