import type { GatewayOptions } from './request';

/** Names under which a request can be found again, at the gateway and at AWS. */
export interface RequestIds {
  /** The first of `logIdHeaders` that is there. */
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

/** Where an answer of one step carries the ID of its log: the same value in each that is there. */
export const logIdHeaders = ['cf-aig-request-id', 'cf-aig-log-id', 'cf-aig-event-id'] as const;

/** `trace` without the ID of a log that the gateway was told not to keep. */
export function withoutUnkeptLogId(
  { logId, ...ids }: RequestIds,
  { logs }: Pick<GatewayOptions, 'logs'>,
): RequestIds {
  return { ...(logId !== undefined && logs !== 'none' && { logId }), ...ids };
}

/** Names only: what was found is not repeated. */
export interface DataLossFinding {
  /** undefined when the header names none that is known. */
  readonly action?: 'block' | 'flag';
  /** The policies that applied, by the names that the gateway's owner gave them. */
  readonly policies: readonly string[];
  /** The profiles that matched: IDs, or names where the gateway tells them. */
  readonly profiles: readonly string[];
  readonly where: readonly ('prompt' | 'reply')[];
}
