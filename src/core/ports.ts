// What core needs of the world outside, in five small interfaces that a test can also give.
import type { HttpHandler } from '@smithy/core/protocols';
import type { Routes } from './gateway/route';

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

export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Takes facts, never the text of a prompt or a reply, never a secret. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

export interface Ports {
  /** HTTP/1.1: over HTTP/2 the SDK signs `:authority`, and VS Code's proxy support is passed by. */
  readonly http: HttpHandler;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly routes: Routes;
  /** The `User-Agent` that names this product to the gateway. */
  readonly userAgent: string;
}
