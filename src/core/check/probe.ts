// A request that Bedrock must refuse: it tells how far a prompt would come, and can be charged by nobody.
import { HttpRequest, type HttpResponse, extendedEncodeURIComponent } from '@smithy/core/protocols';
import type { Plan } from '../attempts';
import { authScheme } from '../bedrock/signing';
import { type Seen, watched } from '../exchange';
import { type Failure, failure } from '../failure';
import { isAwsError } from '../failures/aws';
import { classify } from '../failures/classify';
import { NotBedrocksAnswer } from '../failures/thrown';
import { isRecord, parseJson, readAnswer } from '../gateway/answer';
import { gatewayHeaders, passedOn } from '../gateway/headers';
import { type Arriving, bodyOf, collectError } from '../gateway/plugin';
import { awsHost, readdress } from '../gateway/readdress';
import type { Ports } from '../ports';
import type { Authentication, Request } from '../request';
import type { Trace } from '../trace';
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
  readonly by: Authentication;
  readonly model: string;
  readonly plan: Plan;
  /** Headers that are signed beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** ms in which the answer must be here. */
  readonly deadline: number;
}

export interface Probed {
  /** What the answer, or that there was none, says. A refusal by AWS is one too: it is what is wanted. */
  readonly failure: Failure;
  /** Absent when no answer came. */
  readonly answered?: {
    readonly status: number;
    /** Whether it is AWS's, which then must have been asked. */
    readonly byAws: boolean;
    readonly connection: Connection;
    readonly trace: Trace;
  };
}

/** Sends a probe. Rejects only when `signal` aborts. */
export async function sendProbe(probe: Probe, ports: Ports, signal: AbortSignal): Promise<Probed> {
  const { request, by } = probe;
  const late = AbortSignal.timeout(probe.deadline);
  const ending = AbortSignal.any([signal, late]);
  const seen: Seen = {};
  const failed = (error: unknown) => classify(error, seen, { ...request, authentication: by });
  try {
    const response = await exchangeProbe(probe, ports, ending, seen);
    return { failure: refusal(seen, failed), answered: { ...response, trace: seen.answer?.trace ?? {} } };
  } catch (error) {
    if (signal.aborted) throw error;
    if (late.aborted) return { failure: tooLate(probe) };
    return { failure: failed(error) };
  }
}

async function exchangeProbe(
  { request, by, model, plan, headers }: Probe,
  { http, sockets, clock, userAgent, ...ports }: Ports,
  signal: AbortSignal,
  seen: Seen,
) {
  const { gateway, target } = request;
  const { region } = target;
  const { secrets, profileCredentials } = watched(ports, request, signal, seen);
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
  const scheme = authScheme[by]({
    region,
    secrets,
    profileCredentials,
    clock,
    plan,
    onSigned: ({ method, path, headers, ...rest }) =>
      (seen.signed = { method, path, headers, body: bodyOf(rest) }),
  });
  const identity = await scheme.identityProvider({ getIdentityProvider: () => undefined })?.();
  const signed = await scheme.signer.sign(unsigned, identity ?? {}, {});
  const leaving = HttpRequest.clone(signed);
  Object.assign(leaving, readdress(signed, gateway.address, region));
  leaving.headers = {
    ...passedOn(signed.headers, by),
    'user-agent': userAgent,
    ...gatewayHeaders(
      { ...gateway, cacheTtl: 0 },
      { token: await secrets.gatewayToken(), cacheKey: () => '' },
    ),
  };
  const times: Times = {};
  const began = performance.now();
  const done = sockets?.watch(leaving, (what) => (times[what] ??= performance.now() - began));
  const { response } = await http.handle(leaving, { abortSignal: signal }).finally(() => done?.());
  const connection = { ...connectionOf(response, leaving), ...times };
  // A success is none: of what would be a reply no more is read than that.
  const text = response.statusCode >= 300 ? await collectError(response.body as Arriving, clock) : undefined;
  if (text === undefined) (response.body as { destroy?: () => void }).destroy?.();
  const answer = readAnswer(response.statusCode, response.headers, clock.now(), text);
  seen.answer = answer;
  const parsed = parseJson(text ?? '');
  const byAws = answer.status >= 300 && isAwsError(answer, isRecord(parsed) ? parsed : {});
  return { status: answer.status, byAws: byAws && !fromGateway(parsed), connection };
}

/** The gateway's envelope has a `message` as AWS's errors have one. */
const fromGateway = (parsed: unknown) => isRecord(parsed) && parsed['success'] === false;

/** A success cannot be Bedrock's: it must refuse. */
function refusal({ answer }: Seen, failed: (error: unknown) => Failure): Failure {
  return failed(answer && answer.status < 300 ? new NotBedrocksAnswer() : undefined);
}

function tooLate({ request, deadline }: Probe): Failure {
  return failure('connectionTimedOut', {
    code: `${deadline / 1000} s`,
    model: request.target.model,
    authentication: request.authentication,
  });
}

type Times = { -readonly [K in 'found' | 'connected']?: Connection[K] } & { reached?: number };

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
