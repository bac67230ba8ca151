// What one attempt did on the wire, as facts that may be shown, copied and kept: no body, no prompt, no secret.
import type { Operation } from './operation';
import type { FailureKind } from './failure';

/** A header's name, in lower case, and its value; what must not be shown of a value is replaced by `…`. */
export type HeaderPair = readonly [name: string, value: string];

/** One attempt. What it did not come to is absent. */
export interface AttemptRecord {
  /** Counts from 1. */
  readonly attempt: number;
  readonly operation: Operation;
  /** Why it was made, when it was not the first. */
  readonly because?: RetryReason;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Absent where nothing is signed: a Bedrock API key goes along as it is, or the gateway signs. */
  readonly signed?: SignedRequest;
  readonly sent?: SentRequest;
  readonly response?: ReceivedResponse;
  readonly times: AttemptTimes;
  /** Absent when a whole reply came of it, or it was stopped. */
  readonly failure?: FailureKind;
  /** The user stopped it. */
  readonly stopped?: true;
}

/** What AWS is told that was sent to it. */
export interface SignedRequest {
  readonly method: string;
  readonly host: string;
  /** As it was signed, before the canonical request encodes it once more. */
  readonly path: string;
  /** Names of the headers that the signature covers. */
  readonly headers: readonly string[];
}

/** What was handed to the network. */
export interface SentRequest {
  readonly method: string;
  /** Without user, password, query and fragment, since requests have none. */
  readonly protocol: string;
  /** With the port, where it is not the protocol's own. */
  readonly host: string;
  readonly path: string;
  readonly headers: readonly HeaderPair[];
  /** Bytes of the body. */
  readonly size: number;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  /** Bytes of the body that arrived, without those of HTTP's own framing; absent where nobody could count. */
  readonly size?: number;
}

/** When each thing happened: ms since the attempt began, by a clock that nobody sets. */
export interface AttemptTimes {
  /** The request was handed to the network; before that, credentials were asked for and the request was signed. */
  readonly sent?: number;
  /** The host's name was found. Absent for an address, behind a proxy, and where it is not known. */
  readonly resolved?: number;
  /** TCP was connected; absent where that is not known apart from `connected`. */
  readonly tcpConnected?: number;
  /** The connection was ready, TLS and a proxy's tunnel included; absent where it is not known. */
  readonly connected?: number;
  /** The answer's head was here. */
  readonly responded?: number;
  readonly ended: number;
}

/** Why a prompt is sent again. */
export type RetryReason =
  'busy' | 'offline' | 'clock' | 'colonRewritten' | 'streamDamaged' | 'credentialsRefreshed';
