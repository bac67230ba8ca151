// Watches one attempt as it goes through the HTTP handler, where the request is as it leaves and the answer as it
// arrives. Nothing is done for each piece of a reply; what is told of it is put together once, at the end.
import type { HttpHandler, HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { preludeLength } from '../bedrock/frame';
import type { FailureKind } from '../model/failure';
import type { AttemptEvidence } from '../failures/classify';
import type { Sockets } from '../model/ports';
import type {
  AttemptRecord,
  ReceivedResponse,
  SentRequest,
  SignedRequest,
  AttemptTimes,
} from '../model/attemptRecord';
import { shownOfAnswer, shownOfRequest } from './headers';

type Head = Pick<AttemptRecord, 'attempt' | 'operation' | 'because' | 'startedAt'>;
type Written<T> = { -readonly [K in keyof T]: T[K] };

/** How far an attempt has come: what is waited for, and how many bytes of a body are here. */
export interface Progress {
  readonly phase: 'preparing' | 'connection' | 'response' | 'body';
  readonly size: number;
}

export class Recording {
  readonly #began = performance.now();
  readonly #about: Head;
  readonly #times: Written<Omit<AttemptTimes, 'ended'>> = {};
  #request: HttpRequest | undefined;
  #response: HttpResponse | undefined;
  /** As it arrives: who reads the response may put another in its place. */
  #body: { destroy?(): void } | undefined;
  #size: (() => number) | undefined;
  #head: (() => Uint8Array) | undefined;
  #forget: (() => void) | undefined;

  constructor(about: Head) {
    this.#about = about;
  }

  /** The same handler, watched. `sockets` tells when its connection was made; without, that is not known. */
  through(http: HttpHandler, sockets: Sockets | undefined): HttpHandler {
    return {
      ...(http.metadata && { metadata: http.metadata }),
      handle: async (request, options) => {
        this.#request = request;
        this.#times.sent = this.#now();
        this.#forget = sockets?.watch(request, (what) => (this.#times[what] ??= this.#now()));
        const result = await http.handle(request, options);
        this.#times.responded = this.#now();
        this.#response = result.response;
        this.#body = result.response.body as { destroy?(): void } | undefined;
        this.#size = counting(result.response.body);
        this.#head = keepingHead(result.response.body);
        return result;
      },
      updateHttpClientConfig: (key, value) => http.updateHttpClientConfig(key, value),
      httpHandlerConfigs: () => http.httpHandlerConfigs(),
    };
  }

  get progress(): Progress {
    const { sent, tcpConnected, connected, responded } = this.#times;
    const size = this.#size?.() ?? 0;
    if (sent === undefined) return { phase: 'preparing', size };
    if (responded !== undefined) return { phase: 'body', size };
    // Behind a proxy, and where a connection cannot be watched, neither is known.
    return { phase: tcpConnected !== undefined && connected === undefined ? 'connection' : 'response', size };
  }

  /** Closes the connection that an answer comes from, since what it was for is here. */
  letGo(): void {
    this.#body?.destroy?.();
  }

  /** The first bytes of the body, a frame's prelude at most: what was read of them. */
  get head(): Uint8Array {
    return this.#head?.() ?? new Uint8Array();
  }

  /** The record, once the attempt is over. `how` is empty when a whole reply came of it. */
  end(
    seen: AttemptEvidence,
    how: { readonly failure?: FailureKind; readonly stopped?: true } = {},
  ): AttemptRecord {
    this.#forget?.();
    const secrets = seen.secrets ?? [];
    const { signed } = seen;
    return {
      ...this.#about,
      ...(signed && { signed: shownSigned(signed.method, signed.path, signed.headers) }),
      ...(this.#request && { sent: shownSent(this.#request, secrets) }),
      ...(this.#response && { response: this.#answered(this.#response, secrets) }),
      times: { ...this.#times, ended: this.#now() },
      ...how,
    };
  }

  #answered({ statusCode, headers }: HttpResponse, secrets: readonly string[]): ReceivedResponse {
    const size = this.#size?.();
    return {
      status: statusCode,
      headers: shownOfAnswer(headers, secrets),
      ...(size !== undefined && { size }),
    };
  }

  #now(): number {
    return performance.now() - this.#began;
  }
}

function shownSigned(method: string, path: string, headers: Readonly<Record<string, string>>): SignedRequest {
  const of = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const names = /SignedHeaders=([a-z0-9;-]+)/.exec(of.get('authorization') ?? '')?.[1];
  return { method, host: of.get('host') ?? '', path, headers: names?.split(';') ?? [] };
}

function shownSent(
  { method, protocol, hostname, port, path, headers, body }: HttpRequest,
  secrets: readonly string[],
): SentRequest {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return {
    method,
    protocol,
    host: port === undefined ? host : `${host}:${port}`,
    path,
    headers: shownOfRequest(headers, secrets),
    size: sizeOf(body),
  };
}

function sizeOf(body: unknown): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return body instanceof Uint8Array ? body.length : 0;
}

/** The part of Node's readable streams that takes what arrives from the connection, a packet at a time, and hands it on. */
interface Filled {
  readableLength: number;
  push(chunk: Uint8Array | null, ...rest: unknown[]): boolean;
  read(size?: number): Uint8Array | null;
}

/**
 * Counts the bytes of a body as they arrive. To listen for data would set the stream flowing before its reader is
 * there, and to put another stream between would cost the reader a step for each packet.
 */
function counting(body: unknown): (() => number) | undefined {
  if (!isFilled(body)) return undefined;
  const push = body.push.bind(body);
  let size = body.readableLength;
  body.push = (chunk, ...rest) => {
    size += chunk?.length ?? 0;
    return push(chunk, ...rest);
  };
  return () => size;
}

/** Keeps the first bytes that a reader takes, and is gone once they are here. */
function keepingHead(body: unknown): (() => Uint8Array) | undefined {
  if (!isFilled(body)) return undefined;
  const read = body.read.bind(body);
  let head = new Uint8Array();
  body.read = (size) => {
    const chunk = read(size);
    if (chunk) head = Uint8Array.of(...head, ...chunk.subarray(0, preludeLength - head.length));
    if (head.length === preludeLength) body.read = read;
    return chunk;
  };
  return () => head;
}

function isFilled(body: unknown): body is Filled {
  return (
    typeof body === 'object' &&
    body !== null &&
    'push' in body &&
    typeof body.push === 'function' &&
    'read' in body &&
    typeof body.read === 'function' &&
    'readableLength' in body &&
    typeof body.readableLength === 'number'
  );
}
