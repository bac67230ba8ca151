// A probe: a request that Bedrock must refuse. It shows how far a prompt would get, and cannot be charged.
import { HttpRequest, type HttpResponse, extendedEncodeURIComponent } from '@smithy/core/protocols';
import { authScheme } from '../bedrock/signing';
import { type AttemptState, trackSecrets } from '../exchange';
import type { Failure } from '../model/failure';
import { classify } from '../failures/classify';
import { isUnknownCode } from '../failures/gateway';
import { sanitizeRequestIds } from '../failures/sanitize';
import { signerOf } from '../failures/signer';
import { NotBedrocksAnswer, IdleTimeoutError } from '../model/errors';
import { isPage, parseResponse } from '../gateway/response';
import { gatewayHeaders, forwardedHeaders } from '../gateway/headers';
import { type Arriving, withErrorBody } from '../gateway/body';
import { bodyOf } from '../gateway/plugin';
import { awsHost, readdress } from '../gateway/readdress';
import type { Ports } from '../model/ports';
import type { Authentication, Request } from '../model/request';
import { type RequestIds, withoutUnkeptLogId } from '../model/requestIds';
import { abortable } from '../model/abortable';
import type { Plan } from '../model/attempt';
import type { Connection } from './report';

/** Invalid for every model, since `messages` must be a list. It describes itself, since gateways log it. */
const body = JSON.stringify({ messages: 'connection check' });

export interface Probe {
  /** The request whose target and gateway options are used. */
  readonly request: Request;
  /** `gateway` for a request without AWS credentials. */
  readonly authentication: Authentication;
  readonly model: string;
  readonly plan: Plan;
  /** Additional headers to sign. */
  readonly headers?: Readonly<Record<string, string>>;
  /** ms in which the response must arrive after the request was sent. */
  readonly deadline: number;
}

export interface Probed {
  /** The failure that the response, or its absence, shows. A refusal by AWS is one too: it is the expected result. */
  readonly failure: Failure;
  /** The connection, if it was made but no response arrived in time. */
  readonly idleConnection?: Connection;
  /** Absent if there was no response. */
  readonly response?: {
    readonly status: number;
    /** Whether the response is AWS's. */
    readonly fromAws: boolean;
    /** The response is the gateway's, with an unknown code. */
    readonly hasUnknownCode: boolean;
    readonly connection: Connection;
    readonly requestIds: RequestIds;
  };
}

/** Sends a probe. Rejects only if `signal` aborts. */
export async function sendProbe(probe: Probe, ports: Ports, signal: AbortSignal): Promise<Probed> {
  const { request, authentication, deadline } = probe;
  const state: AttemptState = {};
  const failureOf = (error: unknown) => classify(error, state, { ...request, authentication });
  try {
    const response = await exchangeProbe(probe, ports, signal, state);
    return {
      failure: refusal(state, failureOf),
      response: { ...response, requestIds: state.response?.requestIds ?? {} },
    };
  } catch (error) {
    if (signal.aborted) throw error;
    if (!(error instanceof TooLate)) return { failure: failureOf(error) };
    const { idleConnection } = error;
    const overdue = failureOf(new IdleTimeoutError(idleConnection ? 'response' : 'connection', deadline));
    return {
      failure: { ...overdue, details: { ...overdue.details, uncharged: true } },
      ...(idleConnection && { idleConnection }),
    };
  }
}

/** The deadline passed before a response arrived; `idleConnection` if a connection had been made. */
class TooLate extends Error {
  override readonly name = 'TooLate';
  constructor(readonly idleConnection: Connection | undefined) {
    super();
  }
}

async function exchangeProbe(
  { request, authentication, model, plan, headers, deadline }: Probe,
  { http, sockets, clock, hash, userAgent, ...ports }: Ports,
  signal: AbortSignal,
  state: AttemptState,
) {
  const { gateway, target } = request;
  const { region } = target;
  const { secrets, profileCredentials } = trackSecrets(ports, request, signal, state);
  const unsigned = new HttpRequest({
    method: 'POST',
    protocol: 'https:',
    hostname: awsHost(region),
    path: `/model/${extendedEncodeURIComponent(model)}/converse`,
    headers: {
      host: awsHost(region),
      'content-type': 'application/json',
      'content-length': String(body.length),
      ...headers,
    },
    body,
  });
  const scheme = authScheme[authentication]({
    region,
    secrets,
    profileCredentials,
    clock,
    plan,
    onSigned: ({ method, path, headers, ...rest }) =>
      (state.signed = { method, path, headers, bodyHash: () => hash.sha256(bodyOf(rest)) }),
  });
  const identity = await scheme.identityProvider({ getIdentityProvider: () => undefined })?.();
  const signed = await scheme.signer.sign(unsigned, identity ?? {}, {});
  const outgoing = HttpRequest.clone(signed);
  Object.assign(outgoing, readdress(signed, gateway.address, region));
  outgoing.headers = {
    ...forwardedHeaders(signed.headers, authentication),
    'user-agent': userAgent,
    ...gatewayHeaders(
      { ...gateway, cacheTtl: 0 },
      { token: await secrets.gatewayToken(), cacheKey: () => '' },
    ),
  };
  const times: Times = {};
  const startedAt = performance.now();
  const unwatch = sockets?.watch(outgoing, (what) => (times[what] ??= performance.now() - startedAt));
  // The deadline starts now, since the user may have been asked for a key or an MFA code before.
  const timeout = new AbortController();
  const stop = clock.every(deadline, () => timeout.abort());
  const either = AbortSignal.any([signal, timeout.signal]);
  const { response } = await abortable(http.handle(outgoing, { abortSignal: either }), either)
    .catch((error: unknown) => {
      if (!timeout.signal.aborted || signal.aborted) throw error;
      // If sockets are not watched, assume that a connection was made.
      const silent = !sockets || times.connected !== undefined;
      throw new TooLate(silent ? { hostname: outgoing.hostname, proxy: false, ...times } : undefined);
    })
    .finally(() => {
      stop();
      unwatch?.();
    });
  const connection = { ...connectionOf(response, outgoing), ...times };
  const head = parseResponse(response.statusCode, response.headers, clock.now());
  // A success status is unexpected. Do not read what would be a reply.
  const isReply = head.status < 300 && !isPage(head);
  if (isReply) (response.body as { destroy?: () => void }).destroy?.();
  const complete = isReply
    ? head
    : await abortable(withErrorBody(head, response.body as Arriving, { ...ports, clock }), signal);
  const requestIds = withoutUnkeptLogId(complete.requestIds, gateway);
  state.response = { ...complete, requestIds: sanitizeRequestIds(requestIds, state.secrets ?? []) };
  const signer = head.status >= 300 ? signerOf(complete) : undefined;
  return {
    status: complete.status,
    fromAws: signer?.by === 'aws',
    hasUnknownCode: signer?.by === 'gateway' && isUnknownCode(signer.error),
    connection,
  };
}

/** A success cannot come from Bedrock, which must refuse the probe. */
function refusal({ response }: AttemptState, failureOf: (error: unknown) => Failure): Failure {
  return failureOf(response && response.status < 300 ? new NotBedrocksAnswer() : undefined);
}

type Times = { -readonly [K in 'resolved' | 'connected']?: Connection[K] } & { tcpConnected?: number };

/** What Node's response says about its socket. */
interface NodeResponse {
  readonly httpVersion?: string;
  readonly socket?: {
    readonly remoteAddress?: string;
    readonly remotePort?: number;
    readonly getProtocol?: () => string | null;
  };
}

function connectionOf({ body }: HttpResponse, { protocol, hostname, port }: HttpRequest): Connection {
  const { httpVersion, socket } = body as NodeResponse;
  const { remoteAddress, remotePort } = socket ?? {};
  const tls = socket?.getProtocol?.();
  return {
    hostname,
    ...(remoteAddress && { remote: `${bracketed(remoteAddress)}:${remotePort ?? ''}` }),
    proxy: remotePort !== undefined && remotePort !== (port ?? (protocol === 'http:' ? 80 : 443)),
    ...(tls && { tls }),
    ...(httpVersion && { http: httpVersion }),
  };
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** A probe that got a response. */
export type AnsweredProbe = Probed & { readonly response: NonNullable<Probed['response']> };
