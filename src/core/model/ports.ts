// The interfaces through which core reaches the outside world. Small, so that tests can implement them.
import type { BlobRef } from './content';
import type { ReplyEvent } from './reply';
import type { Request } from './request';
import type { ProfileOrigin } from './failureDetails';
import type { HttpHandler, HttpRequest } from '@smithy/core/protocols';

/** AWS credentials to sign with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The stored secrets. Core reads them at each attempt and never keeps them. */
export interface Secrets {
  /** undefined if none are stored. */
  awsCredentials(): Promise<AwsCredentials | undefined>;
  /** The Bedrock API key; undefined if none is stored. */
  apiKey(): Promise<string | undefined>;
  /** The gateway's own token; undefined if the gateway needs none. */
  gatewayToken(): Promise<string | undefined>;
}

/** A profile, and the region in which AWS is asked for credentials if the profile names none. */
export interface ProfileUse {
  readonly profile: string;
  readonly region: string;
}

/** A profile's credentials. */
export interface ProfileCredentials extends AwsCredentials {
  /** For the message that AWS rejects the credentials. */
  readonly origin?: ProfileOrigin;
}

/** The profiles of ~/.aws. */
export interface Profiles {
  /**
   * Resolves credentials that stay valid for a while. May take long: the user may be asked for an MFA code, or a
   * program may run. Stops waiting when `signal` aborts.
   * Rejects with ProfileFailed (model/errors.ts).
   */
  credentials(use: ProfileUse, signal: AbortSignal): Promise<ProfileCredentials>;
  /** AWS rejected the credentials `refused`; credentials() does not return them again. */
  forget(refused: AwsCredentials): void;
}

/** The bytes of pictures and documents. */
export interface Blobs {
  /** undefined if they are gone. Rejects if they cannot be read. */
  read(data: BlobRef): Promise<Uint8Array | undefined>;
}

export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Resolves after `ms`, or as soon as `signal` aborts. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls `run` every `ms` until the returned function is called. */
  every(ms: number, run: () => void): () => void;
  /** Resolves in a later turn of the event loop, after everything that has arrived by then was processed. */
  readonly turn: () => Promise<void>;
}

/** Must not be given text of a prompt or a reply, or a secret. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** Observes how the connection for a request is made. */
export interface Sockets {
  /**
   * Call it when `request` is handed to the HTTP handler. Reports when DNS resolved the host's name, when TCP
   * connected, and when the connection was ready, including TLS and a proxy's tunnel, as far as that can be known.
   * Returns a function that stops watching.
   */
  watch(
    request: HttpRequest,
    onProgress: (what: 'resolved' | 'tcpConnected' | 'connected') => void,
  ): () => void;
}

/** Hash functions. */
export interface Hash {
  /** The hash of `parts`, one after the other; hex, in lower case. */
  sha256(...parts: readonly (string | Uint8Array)[]): string;
  /** 32 bytes. */
  hmacSha256(key: string, text: string): Uint8Array;
}

export interface Ports {
  /** HTTP/1.1: over HTTP/2 the SDK signs `:authority`, and requests bypass VS Code's proxy support. */
  readonly http: HttpHandler;
  /** Absent: the time at which a connection was made is unknown. */
  readonly sockets?: Sockets;
  /**
   * Decompresses a body, to at most `maxLength` bytes; undefined if that fails. Absent: nothing can be decompressed.
   */
  readonly unpack?: (coding: string, body: Uint8Array, maxLength: number) => Promise<Uint8Array | undefined>;
  readonly hash: Hash;
  readonly secrets: Secrets;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly log: Log;
  readonly quirks: QuirksStore;
  /** Absent: requests have text only. */
  readonly blobs?: Blobs;
  /** Absent: requests are not recorded. */
  readonly ledger?: Ledger;
  /** The `User-Agent` that is sent to the gateway. */
  readonly userAgent: string;
}

/** How prompts are sent through a gateway. */
export interface Route {
  /** Whether to request streams: false if a stream from this gateway arrived damaged, whatever the API. */
  readonly streams: boolean;
  /**
   * How a `:` in a model ID is written in the signed path. The SDK writes `%3A`. A gateway that decodes the path before
   * it passes it on breaks that signature, but not one for a literal `:`.
   */
  readonly colon: 'encoded' | 'literal';
}

/** Observed behaviour of a gateway that is documented nowhere. An absent field has not been observed. */
export interface GatewayQuirks {
  /** How a streamed reply arrives: unchanged, as one piece of JSON, or with changed bytes. */
  readonly stream?: 'intact' | 'whole' | 'damaged';
  /** How a `:` must be written in a signed path. */
  readonly colon?: Route['colon'];
  /** Whether signed headers other than the signature's own (`x-amzn-*`) arrive unchanged. */
  readonly signedHeaders?: 'kept' | 'changed';
  /** Whether a Bedrock API key is passed on. */
  readonly apiKey?: 'passed' | 'removed';
  /** Whether the gateway caches a streamed reply if the request asks for that. */
  readonly streamCache?: 'kept' | 'notKept';
}

/** Stores quirks by gateway and authentication method; see gatewayKey(). */
export interface QuirksStore {
  get(key: string): GatewayQuirks;
  /** Merges `quirks` into the stored ones. */
  update(key: string, quirks: GatewayQuirks): void;
  /** Clears the quirks, and what is remembered of its models. */
  clear(key: string): void;
  readonly cachingRefusals: CachingRefusals;
}

/**
 * Remembers which models refused to cache prompts: the account may not use that. In memory alone, since the account may be
 * allowed it at any time.
 */
export interface CachingRefusals {
  /** Whether the model of `request` refused it, in that region and for the same credentials. */
  has(request: Request): boolean;
  add(request: Request): void;
  /** `key`: see gatewayKey(). */
  clear(key: string): void;
}

/** The record of requests. A failure to record must not fail the request. */
export interface Ledger {
  begin(request: Request): LedgerEntry;
  /** When an equal prompt was first sent, ms since the epoch; undefined if there was none. */
  firstSeenAt(request: Request): Promise<number | undefined>;
  /** Whether the gateway twice did not cache the streamed reply to an equal prompt. */
  streamsNotCached(request: Request): Promise<boolean>;
}

/** The entry of one request. */
export interface LedgerEntry {
  /** Takes the events in order; the last is `ended`. Must not throw. */
  apply(event: ReplyEvent): void;
  /** The caller stopped reading; has no effect after `ended`. Must not throw. */
  abandon(): void;
}
