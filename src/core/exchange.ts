// One attempt: a request goes out through the gateway, the parts of a reply come in.
import { openClient } from './bedrock/client';
import { boundedFrames } from './bedrock/frame';
import { readBytes } from './bedrock/bodies/writeContent';
import { type PartSink, converse, converseStream } from './bedrock/converse';
import { converseInput } from './bedrock/converseInput';
import { invoke, invokeStream } from './bedrock/invoke';
import { LargeBlobs } from './bedrock/largeBlobs';
import { type Operation, operationOf } from './model/operation';
import { withoutReasoning } from './bedrock/reasoning';
import { authScheme } from './bedrock/signing';
import type { AttemptEvidence } from './failures/classify';
import { isErrorBody } from './failures/providerMessage';
import { maxNameLength, sanitize, sanitizePolicies, sanitizeRequestIds } from './failures/sanitize';
import {
  AnswerCompressed,
  AnsweredWhole,
  AnsweredWithError,
  NotBedrocksAnswer,
  PromptEmpty,
  ReplyTooLarge,
  SecretsUnreadable,
} from './model/errors';
import { type ResponseHead, isPage } from './gateway/response';
import { type Arriving, collectJson, maxReplySize } from './gateway/body';
import { cacheKey } from './gateway/cacheKey';
import { gatewayHeaders, forwardedHeaders } from './gateway/headers';
import { bodyOf, gatewayPlugin } from './gateway/plugin';
import { drainTimeout } from './timeouts';
import type { AwsCredentials, Ports, Secrets } from './model/ports';
import type { Request } from './model/request';
import { withoutUnkeptLogId } from './model/requestIds';
import { abortable } from './model/abortable';
import type { Plan } from './model/attempt';
import type { Recording } from './wire/recording';

/** What is known about an attempt; filled as it proceeds, for classify(). */
export type AttemptState = { -readonly [K in keyof AttemptEvidence]: AttemptEvidence[K] } & {
  /** The credentials that the request's profile of ~/.aws gave for this attempt. */
  profileCredentials?: AwsCredentials;
};

/** The context of one attempt. */
export interface AttemptContext {
  readonly signal: AbortSignal;
  readonly state: AttemptState;
  readonly recording: Recording;
}

/**
 * Sends `request` according to `plan`. Emits the parts of the reply as they arrive, and resolves to the stop reason.
 * Rejects with what went wrong.
 */
export async function exchange(
  given: Request,
  plan: Plan,
  { http, sockets, clock, unpack, hash, blobs, userAgent, ...ports }: Ports,
  { signal, state, recording }: AttemptContext,
  emit: PartSink,
): Promise<string> {
  const request = withPlan(given, plan);
  const { target, gateway, authentication } = request;
  if (isEmpty(request)) throw new PromptEmpty();
  const bytesOf = await abortable(readBytes(request.messages, blobs), signal);
  const { region, model } = target;
  const operation = operationOf(target.api, plan.streams);
  const { secrets, profileCredentials } = trackSecrets(ports, request, signal, state);
  const scheme = authScheme[authentication]({
    region,
    secrets,
    profileCredentials,
    clock,
    plan,
    onSigned: (request) => {
      const { method, path, headers } = request;
      state.signed = { method, path, headers, bodyHash: () => hash.sha256(bodyOf(request)) };
    },
  });
  const client = openClient({ region, scheme, http: recording.wrap(http, sockets) });
  client.middlewareStack.use(
    gatewayPlugin({
      address: gateway.address,
      region,
      clock,
      ...(unpack && { unpack }),
      headers: async (signed, body) => ({
        ...forwardedHeaders(signed, authentication),
        'user-agent': userAgent,
        ...gatewayHeaders(gateway, {
          token: await secrets.gatewayToken(),
          cacheKey: () => cacheKey({ operation, region, model, headers: signed, body }, hash),
        }),
      }),
      onResponse: (head, body) => {
        const requestIds = withoutUnkeptLogId(head.requestIds, gateway);
        state.response = { ...head, requestIds: sanitizeRequestIds(requestIds, state.secrets ?? []) };
        return responseBody(head, plan, body);
      },
    }),
  );
  const sink = boundedSink(emit, state);
  const onResponse = () =>
    sink({
      type: 'response',
      status: state.response?.status ?? 0,
      requestIds: state.response?.requestIds ?? {},
    });
  const usageFromHead = () => state.response?.usage;
  let stopDraining: (() => void) | undefined;
  const onMessageStop = () => (stopDraining ??= clock.every(drainTimeout, () => recording.closeConnection()));
  const input = () => {
    const largeBlobs = new LargeBlobs(bytesOf);
    const written = converseInput(request, largeBlobs.bytesOf);
    if (largeBlobs.count > 0) client.middlewareStack.use(largeBlobs.plugin);
    return written;
  };
  const exchanges: { readonly [O in Operation]: () => Promise<string> } = {
    'converse-stream': () => converseStream(client, input(), signal, { onResponse, onMessageStop }, sink),
    converse: () => converse(client, input(), signal, onResponse, sink),
    'invoke-with-response-stream': () =>
      invokeStream(client, request, signal, { onResponse, onMessageStop, usageFromHead }, sink, bytesOf),
    invoke: () => invoke(client, request, signal, onResponse, usageFromHead, sink, bytesOf),
  };
  try {
    return sanitize(await exchanges[operation](), state.secrets ?? [], maxNameLength);
  } catch (error) {
    if (error instanceof ReplyTooLarge && error.text) {
      onResponse();
      sink({ type: 'text', text: error.text });
    }
    throw error;
  } finally {
    stopDraining?.();
  }
}

/**
 * Passes parts on to `emit`, but no more text than a reply may have, and no secrets in guardrail policies. The model's
 * text itself is not changed.
 */
function boundedSink(emit: PartSink, state: AttemptState): PartSink {
  let size = 0;
  return (part) => {
    if (part.type === 'guardrail')
      emit({ ...part, policies: sanitizePolicies(part.policies, state.secrets ?? []) });
    else if (part.type === 'text' || part.type === 'reasoning') {
      const remaining = maxReplySize - size;
      size += part.text.length;
      emit(size > maxReplySize ? { ...part, text: part.text.slice(0, remaining) } : part);
      if (size > maxReplySize) throw new ReplyTooLarge();
    } else emit(part);
  };
}

/** Whether the last user message is nothing but white space. */
function isEmpty({ messages }: Request): boolean {
  const last = messages.findLast(({ role }) => role === 'user');
  return !last || last.content.every((block) => block.type === 'text' && !/\S/.test(block.text));
}

/** The request without what the model has refused. */
function withPlan(request: Request, plan: Plan): Request {
  const { cachePoints, ...rest } = request;
  const accepted: Request = plan.withoutCachePoints ? rest : request;
  return plan.withoutReasoning ? { ...accepted, messages: withoutReasoning(accepted.messages) } : accepted;
}

/**
 * Wraps `secrets` and `profiles`: records every secret in `state`, so that it can be removed from messages, and stops
 * waiting as soon as `signal` aborts. The SDK would wait on, and the user may be asked for a secret.
 */
export function trackSecrets(
  { secrets, profiles }: Pick<Ports, 'secrets' | 'profiles'>,
  { target: { region }, profile = '' }: Request,
  signal: AbortSignal,
  state: AttemptState,
): { readonly secrets: Secrets; readonly profileCredentials: () => Promise<AwsCredentials> } {
  const track = (...used: (string | undefined)[]) =>
    (state.secrets = [...(state.secrets ?? []), ...used.filter((secret) => secret !== undefined)]);
  // Do not ask the user for anything after a stop.
  const unlessAborted = async <T>(get: () => Promise<T>) => {
    signal.throwIfAborted();
    return abortable(get(), signal);
  };
  const stored = <T>(get: () => Promise<T>) =>
    unlessAborted(async () => {
      try {
        return await get();
      } catch (cause) {
        throw new SecretsUnreadable(cause instanceof Error ? cause.message : String(cause), { cause });
      }
    });
  const tracked = async (get: () => Promise<string | undefined>) => {
    const secret = await stored(get);
    track(secret);
    return secret;
  };
  const trackKeys = (keys: AwsCredentials | undefined) =>
    track(keys?.accessKeyId, keys?.secretAccessKey, keys?.sessionToken);
  return {
    secrets: {
      awsCredentials: async () => {
        const keys = await stored(() => secrets.awsCredentials());
        trackKeys(keys);
        return keys;
      },
      apiKey: () => tracked(() => secrets.apiKey()),
      gatewayToken: () => tracked(() => secrets.gatewayToken()),
    },
    profileCredentials: async () => {
      const keys = await unlessAborted(() => profiles.credentials({ profile, region }, signal));
      trackKeys(keys);
      state.profileOrigin = keys.origin;
      return (state.profileCredentials = keys);
    },
  };
}

/** Returns the stream that the SDK should read. Throws if the body is no stream, or arrives in one piece. */
async function responseBody(
  response: ResponseHead,
  { streams }: Plan,
  body: Arriving,
): Promise<AsyncIterable<Uint8Array>> {
  if (response.status >= 300) return body;
  // Bedrock's successes are 200; a status below means that the protocol was switched.
  if (response.status < 200 || isPage(response)) throw new NotBedrocksAnswer();
  if (response.encoding !== undefined) throw new AnswerCompressed(response.encoding);
  if (streams && response.contentType !== 'application/json') return boundedFrames(body);
  const output = await collectJson(body);
  throw isErrorBody(output) ? new AnsweredWithError(output) : new AnsweredWhole(output);
}
