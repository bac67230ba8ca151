// Records one attempt in the HTTP handler, where the final request and the original response are visible. Does no work
// for each piece of a reply; the record is made once, at the end.
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
import { visibleResponseHeaders, visibleRequestHeaders } from './headers';

type Head = Pick<AttemptRecord, 'attempt' | 'operation' | 'because' | 'startedAt'>;
type Written<T> = { -readonly [K in keyof T]: T[K] };

/** The progress of an attempt: what it waits for, and the bytes of the body so far. */
export interface Progress {
  readonly phase: 'preparing' | 'connection' | 'response' | 'body';
  readonly size: number;
}

export class Recording {
  readonly #began = performance.now();
  readonly #attempt: Head;
  readonly #times: Written<Omit<AttemptTimes, 'ended'>> = {};
  #request: HttpRequest | undefined;
  #response: HttpResponse | undefined;
  /** The original body: readers of the response may replace it. */
  #body: { destroy?(): void } | undefined;
  #size: (() => number) | undefined;
  #head: (() => Uint8Array) | undefined;
  #unwatch: (() => void) | undefined;

  constructor(attempt: Head) {
    this.#attempt = attempt;
  }

  /**
   * Wraps an HTTP handler to record its request and response. Without `sockets`, the time of the connection is unknown.
   */
  wrap(http: HttpHandler, sockets: Sockets | undefined): HttpHandler {
    return {
      ...(http.metadata && { metadata: http.metadata }),
      handle: async (request, options) => {
        this.#request = request;
        this.#times.sent = this.#now();
        this.#unwatch = sockets?.watch(request, (what) => (this.#times[what] ??= this.#now()));
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
    // Behind a proxy, and if sockets are not watched, both are unknown.
    return { phase: tcpConnected !== undefined && connected === undefined ? 'connection' : 'response', size };
  }

  /** Closes the response's connection, when the reply is complete. */
  closeConnection(): void {
    this.#body?.destroy?.();
  }

  /** The first bytes of the body that were read, at most a frame's prelude. */
  get head(): Uint8Array {
    return this.#head?.() ?? new Uint8Array();
  }

  /** Returns the record when the attempt is over. `end` is empty if the reply was received completely. */
  end(
    evidence: AttemptEvidence,
    end: { readonly failure?: FailureKind; readonly stopped?: true } = {},
  ): AttemptRecord {
    this.#unwatch?.();
    const secrets = evidence.secrets ?? [];
    const { signed } = evidence;
    return {
      ...this.#attempt,
      ...(signed && { signed: signedRecord(signed.method, signed.path, signed.headers) }),
      ...(this.#request && { sent: sentRecord(this.#request, secrets) }),
      ...(this.#response && { response: this.#received(this.#response, secrets) }),
      times: { ...this.#times, ended: this.#now() },
      ...end,
    };
  }

  #received({ statusCode, headers }: HttpResponse, secrets: readonly string[]): ReceivedResponse {
    const size = this.#size?.();
    return {
      status: statusCode,
      headers: visibleResponseHeaders(headers, secrets),
      ...(size !== undefined && { size }),
    };
  }

  #now(): number {
    return performance.now() - this.#began;
  }
}

function signedRecord(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): SignedRequest {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const names = /SignedHeaders=([a-z0-9;-]+)/.exec(byName.get('authorization') ?? '')?.[1];
  return { method, host: byName.get('host') ?? '', path, headers: names?.split(';') ?? [] };
}

function sentRecord(
  { method, protocol, hostname, port, path, headers, body }: HttpRequest,
  secrets: readonly string[],
): SentRequest {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return {
    method,
    protocol,
    host: port === undefined ? host : `${host}:${port}`,
    path,
    headers: visibleRequestHeaders(headers, secrets),
    size: sizeOf(body),
  };
}

function sizeOf(body: unknown): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return body instanceof Uint8Array ? body.length : 0;
}

/** The part of Node's readable streams that takes packets from the connection and passes them on. */
interface NodeStream {
  readableLength: number;
  push(chunk: Uint8Array | null, ...rest: unknown[]): boolean;
  read(size?: number): Uint8Array | null;
}

/**
 * Counts the bytes of a body as they arrive. A data listener would start the stream before its reader is ready, and a
 * stream in between would cost the reader a step for each packet.
 */
function counting(body: unknown): (() => number) | undefined {
  if (!isNodeStream(body)) return undefined;
  const push = body.push.bind(body);
  let size = body.readableLength;
  body.push = (chunk, ...rest) => {
    size += chunk?.length ?? 0;
    return push(chunk, ...rest);
  };
  return () => size;
}

/** Keeps the first bytes that a reader takes, then removes itself. */
function keepingHead(body: unknown): (() => Uint8Array) | undefined {
  if (!isNodeStream(body)) return undefined;
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

function isNodeStream(body: unknown): body is NodeStream {
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
