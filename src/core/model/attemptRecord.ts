// What one attempt did on the wire. Safe to show, copy and keep: no body, no prompt, no secret.
import type { Operation } from './operation';
import type { FailureKind } from './failure';

/** A header's name, in lower case, and its value. Parts of the value that must not be shown are replaced by `…`. */
export type HeaderPair = readonly [name: string, value: string];

/** One attempt. A field is absent if the attempt ended before that point. */
export interface AttemptRecord {
  /** Counts from 1. */
  readonly attempt: number;
  readonly operation: Operation;
  /** Why it was made; absent for the first attempt. */
  readonly because?: RetryReason;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Absent if nothing is signed: a Bedrock API key is sent as it is, or the gateway signs. */
  readonly signed?: SignedRequest;
  readonly sent?: SentRequest;
  readonly response?: ReceivedResponse;
  readonly times: AttemptTimes;
  /** Absent if the reply was received completely, or the user stopped it. */
  readonly failure?: FailureKind;
  /** The user stopped it. */
  readonly stopped?: true;
}

/** The request as it was signed for AWS. */
export interface SignedRequest {
  readonly method: string;
  readonly host: string;
  /** As it was signed; the canonical request encodes it once more. */
  readonly path: string;
  /** Names of the headers that the signature covers. */
  readonly headers: readonly string[];
}

/** The request as it was handed to the HTTP handler. */
export interface SentRequest {
  readonly method: string;
  /** Such as `https:`. Requests have no user, password, query or fragment. */
  readonly protocol: string;
  /** With the port, unless it is the protocol's default. */
  readonly host: string;
  readonly path: string;
  readonly headers: readonly HeaderPair[];
  /** Bytes of the body. */
  readonly size: number;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  /** Bytes of the body that arrived, without HTTP's framing; absent if they could not be counted. */
  readonly size?: number;
}

/** When each step happened: ms since the attempt began, by a monotonic clock. */
export interface AttemptTimes {
  /** The request was handed to the HTTP handler. Before that, credentials are fetched and the request is signed. */
  readonly sent?: number;
  /** DNS resolved the host's name. Absent for an IP address, behind a proxy, and if unknown. */
  readonly resolved?: number;
  /** The TCP connection was made; absent if it is not known separately from `connected`. */
  readonly tcpConnected?: number;
  /** The connection was ready, including TLS and a proxy's tunnel; absent if unknown. */
  readonly connected?: number;
  /** The response head arrived. */
  readonly responded?: number;
  readonly ended: number;
}

/** Why a prompt is sent again. */
export type RetryReason =
  | 'busy'
  | 'offline'
  | 'clock'
  | 'colonRewritten'
  | 'streamDamaged'
  | 'credentialsRefreshed'
  | 'reasoningDropped'
  | 'cachePointsDropped';
