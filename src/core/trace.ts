import type { DataLossFinding } from './gateway/dataLoss';

/** Names under which a request can be found again, at the gateway and at AWS. */
export interface Trace {
  /** `cf-aig-log-id` */
  readonly logId?: string;
  /** `cf-aig-event-id` */
  readonly eventId?: string;
  /** `cf-aig-cache-status`; absent when the gateway did not consider its cache. */
  readonly cache?: 'HIT' | 'MISS';
  /** From `cf-aig-dlp`; absent when data loss prevention found nothing, or is off. */
  readonly dataLoss?: DataLossFinding;
  /** `cf-ray` */
  readonly ray?: string;
  /** `x-amzn-requestid` */
  readonly awsRequestId?: string;
}
