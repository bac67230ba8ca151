// A request that Bedrock must refuse: it tells how far a prompt would come, and can be charged by nobody.
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

/**
 * No prompt, whatever the model and whoever signs: `messages` is a list where Bedrock would run it. It names
 * itself, since gateways log it.
 */
const body = JSON.stringify({ messages: 'connection check' });

export interface Probe {
  /** Its model, region, gateway and parameters of the gateway. */
  readonly request: Request;
  /** Who signs it; `gateway` for a request without anything of AWS's. */
  readonly authentication: Authentication;
  readonly model: string;
  readonly plan: Plan;
  /** Headers that are signed beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** ms in which the answer must be here, once the request has left. */
  readonly deadline: number;
}

export interface Probed {
  /** What the answer, or that there was none, says. A refusal by AWS is one too: it is what is wanted. */
  readonly failure: Failure;
  /** What is known of the connection where one came about and carried no answer in time. */
  readonly idleConnection?: Connection;
  /** Absent when no answer came. */
  readonly response?: {
    readonly status: number;
    /** Whether it is AWS's, which then must have been asked. */
    readonly fromAws: boolean;
    /** It is the gateway's own, by a code that is not known to be any of its. */
    readonly hasUnknownCode: boolean;
    readonly connection: Connection;
    readonly requestIds: RequestIds;
  };
}

/** Sends a probe. Rejects only when `signal` aborts. */
export async function sendProbe(probe: Probe, ports: Ports, signal: AbortSignal): Promise<Probed> {
  const { request, authentication, deadline } = probe;
  const seen: AttemptState = {};
  const failed = (error: unknown) => classify(error, seen, { ...request, authentication });
  try {
    const response = await exchangeProbe(probe, ports, signal, seen);
    return {
      failure: refusal(seen, failed),
      response: { ...response, requestIds: seen.response?.requestIds ?? {} },
    };
  } catch (error) {
    if (signal.aborted) throw error;
    if (!(error instanceof TooLate)) return { failure: failed(error) };
    const { silent: idleConnection } = error;
    const overdue = failed(new IdleTimeoutError(idleConnection ? 'response' : 'connection', deadline));
    return {
      failure: { ...overdue, details: { ...overdue.details, uncharged: true } },
      ...(idleConnection && { idleConnection }),
    };
  }
}

/** The deadline passed before an answer; `silent` where a connection had come about. */
class TooLate extends Error {
  override readonly name = 'TooLate';
  constructor(readonly silent: Connection | undefined) {
    super();
  }
}

async function exchangeProbe(
  { request, authentication, model, plan, headers, deadline }: Probe,
  { http, sockets, clock, hash, userAgent, ...ports }: Ports,
  signal: AbortSignal,
  seen: AttemptState,
) {
  const { gateway, target } = request;
  const { region } = target;
  const { secrets, profileCredentials } = trackSecrets(ports, request, signal, seen);
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
      (seen.signed = { method, path, headers, bodyHash: () => hash.sha256(bodyOf(rest)) }),
  });
  const identity = await scheme.identityProvider({ getIdentityProvider: () => undefined })?.();
  const signed = await scheme.signer.sign(unsigned, identity ?? {}, {});
  const leaving = HttpRequest.clone(signed);
  Object.assign(leaving, readdress(signed, gateway.address, region));
  leaving.headers = {
    ...forwardedHeaders(signed.headers, authentication),
    'user-agent': userAgent,
    ...gatewayHeaders(
      { ...gateway, cacheTtl: 0 },
      { token: await secrets.gatewayToken(), cacheKey: () => '' },
    ),
  };
  const times: Times = {};
  const began = performance.now();
  const done = sockets?.watch(leaving, (what) => (times[what] ??= performance.now() - began));
  // Whoever was asked for a key or a code, before, may have taken their time.
  const late = new AbortController();
  const stop = clock.every(deadline, () => late.abort());
  const either = AbortSignal.any([signal, late.signal]);
  const { response } = await abortable(http.handle(leaving, { abortSignal: either }), either)
    .catch((error: unknown) => {
      if (!late.signal.aborted || signal.aborted) throw error;
      // Where nobody watches, a connection is taken for granted.
      const silent = !sockets || times.connected !== undefined;
      throw new TooLate(silent ? { hostname: leaving.hostname, proxy: false, ...times } : undefined);
    })
    .finally(() => {
      stop();
      done?.();
    });
  const connection = { ...connectionOf(response, leaving), ...times };
  const head = parseResponse(response.statusCode, response.headers, clock.now());
  // A success is none: of what would be a reply no more is read than that.
  const isReply = head.status < 300 && !isPage(head);
  if (isReply) (response.body as { destroy?: () => void }).destroy?.();
  const answer = isReply
    ? head
    : await abortable(withErrorBody(head, response.body as Arriving, { ...ports, clock }), signal);
  const requestIds = withoutUnkeptLogId(answer.requestIds, gateway);
  seen.response = { ...answer, requestIds: sanitizeRequestIds(requestIds, seen.secrets ?? []) };
  const signer = head.status >= 300 ? signerOf(answer) : undefined;
  return {
    status: answer.status,
    fromAws: signer?.by === 'aws',
    hasUnknownCode: signer?.by === 'gateway' && isUnknownCode(signer.error),
    connection,
  };
}

/** A success cannot be Bedrock's: it must refuse. */
function refusal({ response }: AttemptState, failed: (error: unknown) => Failure): Failure {
  return failed(response && response.status < 300 ? new NotBedrocksAnswer() : undefined);
}

type Times = { -readonly [K in 'resolved' | 'connected']?: Connection[K] } & { tcpConnected?: number };

/** What Node tells of the socket on which an answer came. */
interface Received {
  readonly httpVersion?: string;
  readonly socket?: {
    readonly remoteAddress?: string;
    readonly remotePort?: number;
    readonly getProtocol?: () => string | null;
  };
}

function connectionOf({ body }: HttpResponse, { protocol, hostname, port }: HttpRequest): Connection {
  const { httpVersion, socket } = body as Received;
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

/** What the gateway passed on to AWS, and what AWS said of it. */
export type AnsweredProbe = Probed & { readonly response: NonNullable<Probed['response']> };
