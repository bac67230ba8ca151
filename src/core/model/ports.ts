// What core needs of the world outside, in a few small interfaces that a test can also give.
import type { ReplyEvent } from './reply';
import type { Request } from './request';
import type { ProfileOrigin } from './failureDetails';
import type { HttpHandler, HttpRequest } from '@smithy/core/protocols';

/** Keys of AWS as they sign. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Secrets, asked for at each attempt and never kept by core. */
export interface Secrets {
  /** undefined when none are stored. */
  awsCredentials(): Promise<AwsCredentials | undefined>;
  /** The Bedrock API key; undefined when none is stored. */
  apiKey(): Promise<string | undefined>;
  /** The gateway's own token; undefined when the gateway asks for none. */
  gatewayToken(): Promise<string | undefined>;
}

/** Whose credentials: a profile's, and the region in which AWS is asked for them where it names none. */
export interface ProfileUse {
  readonly profile: string;
  readonly region: string;
}

/** What a profile gives. */
export interface ProfileCredentials extends AwsCredentials {
  /** For whoever is told that AWS does not take them. */
  readonly origin?: ProfileOrigin;
}

/** The profiles of ~/.aws. */
export interface Profiles {
  /**
   * Credentials that are good for a while yet. May take long: somebody may be asked for a code, or a program run.
   * Nobody waits for them once `signal` aborts. Rejects with ProfileFailed (model/errors.ts).
   */
  credentials(use: ProfileUse, signal: AbortSignal): Promise<ProfileCredentials>;
  /** AWS no longer takes `refused`, which credentials() gave: from now on it gives others. */
  forget(refused: AwsCredentials): void;
}

export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls `run` each `ms` until the function that it returns is called. */
  every(ms: number, run: () => void): () => void;
  /** Resolves in another turn of the event loop, when all that has arrived by then was handled. */
  readonly turn: () => Promise<void>;
}

/** Takes facts, never the text of a prompt or a reply, never a secret. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** Tells how the connection that carries a request comes about. */
export interface Sockets {
  /**
   * To be called as `request` is handed to the HTTP handler. `happened` is told when the host's name was found, TCP
   * connected, and the connection, with TLS and a proxy's tunnel, ready: of these, what can be known. Returns what
   * ends the watch.
   */
  watch(
    request: HttpRequest,
    onProgress: (what: 'resolved' | 'tcpConnected' | 'connected') => void,
  ): () => void;
}

/** Hashes of texts and bytes, one after the other. */
export interface Hash {
  /** Hex, in small letters. */
  sha256(...parts: readonly (string | Uint8Array)[]): string;
  /** 32 bytes. */
  hmacSha256(key: string, text: string): Uint8Array;
}

export interface Ports {
  /** HTTP/1.1: over HTTP/2 the SDK signs `:authority`, and VS Code's proxy support is passed by. */
  readonly http: HttpHandler;
  /** Absent: when a connection was made is not known. */
  readonly sockets?: Sockets;
  /**
   * Unpacks a body that something on the way compressed, into no more than `maxLength` bytes; undefined where that
   * cannot be done. Absent: nothing can be unpacked.
   */
  readonly unpack?: (coding: string, body: Uint8Array, maxLength: number) => Promise<Uint8Array | undefined>;
  readonly hash: Hash;
  readonly secrets: Secrets;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly log: Log;
  readonly quirks: QuirksStore;
  /** Absent: no record of requests is kept. */
  readonly ledger?: Ledger;
  /** The `User-Agent` that names this product to the gateway. */
  readonly userAgent: string;
}

/** How prompts are sent. */
export interface Route {
  /** Whether replies are asked for as streams: not where one from this gateway arrived damaged, whatever the API. */
  readonly streams: boolean;
  /**
   * How a `:` in a model id is written in the path that is signed. The SDK writes `%3A`; a gateway that
   * decodes the path before it passes it on breaks that signature, but not one for a literal `:`.
   */
  readonly colon: 'encoded' | 'literal';
}

/** Observed behaviour of a gateway that is documented nowhere. An absent field has not been observed. */
export interface GatewayQuirks {
  /** How a streamed reply arrives: as it was sent, in one piece of JSON, or with bytes that were changed. */
  readonly stream?: 'intact' | 'whole' | 'damaged';
  /** How a `:` must be written in a path that is signed. */
  readonly colon?: Route['colon'];
  /** Whether signed headers that Bedrock has beside those of a signature (`x-amzn-*`) arrive as they were signed. */
  readonly signedHeaders?: 'kept' | 'changed';
  /** Whether a Bedrock API key is passed on. */
  readonly apiKey?: 'passed' | 'removed';
  /** Whether a streamed reply is kept in the gateway's cache when a prompt asks for that. */
  readonly streamCache?: 'kept' | 'notKept';
}

/** Remembers what was learned, by `way`; see gatewayKey(). */
export interface QuirksStore {
  get(key: string): GatewayQuirks;
  /** Adds to what is known, in place of what was known of the same. */
  update(way: string, quirks: GatewayQuirks): void;
  clear(way: string): void;
}

/** Keeps the record of requests. Nothing that it is told may fail because of it. */
export interface Ledger {
  begin(request: Request): LedgerEntry;
  /** When an equal prompt was first asked here, ms since the epoch; undefined when none was. */
  firstSeenAt(request: Request): Promise<number | undefined>;
  /** Whether the gateway's cache has twice not kept an equal prompt's reply as a stream. */
  streamsNotCached(request: Request): Promise<boolean>;
}

/** One request. */
export interface LedgerEntry {
  /** In order; the last is `ended`. Must not throw. */
  apply(event: ReplyEvent): void;
  /** Whoever asked no longer listens; after `ended` that means nothing. Must not throw. */
  abandon(): void;
}
