import type { GatewayOptions } from './request';

/** IDs by which a request can be found at the gateway and at AWS, and what else the response headers say about it. */
export interface RequestIds {
  /** From the first of `logIdHeaders` that is set. */
  readonly logId?: string;
  /** `cf-aig-event-id` */
  readonly eventId?: string;
  /** `cf-aig-cache-status`; absent if the gateway did not use its cache. */
  readonly cache?: 'HIT' | 'MISS';
  /** From `cf-aig-dlp`; absent if data loss prevention is off or found nothing. */
  readonly dataLoss?: DataLossFinding;
  /** `cf-ray` */
  readonly ray?: string;
  /** `x-amzn-requestid` */
  readonly awsRequestId?: string;
}

/** Headers that hold the log ID. The value is the same in each. */
export const logIdHeaders = ['cf-aig-request-id', 'cf-aig-log-id', 'cf-aig-event-id'] as const;

/** `ids` without the log ID if the gateway was asked not to keep a log. */
export function withoutUnkeptLogId(
  { logId, ...ids }: RequestIds,
  { logs }: Pick<GatewayOptions, 'logs'>,
): RequestIds {
  return { ...(logId !== undefined && logs !== 'none' && { logId }), ...ids };
}

/** What data loss prevention found. Names only, not the matched text. */
export interface DataLossFinding {
  /** undefined if the header names no known action. */
  readonly action?: 'block' | 'flag';
  /** Names of the policies that applied, as the gateway's owner chose them. */
  readonly policies: readonly string[];
  /** The profiles that matched: names if the gateway sends them, else IDs. */
  readonly profiles: readonly string[];
  readonly where: readonly ('prompt' | 'reply')[];
}
