// One attempt: a request goes out through the gateway, the parts of a reply come in.
import { openClient } from './bedrock/client';
import { boundedFrames } from './bedrock/frame';
import { type PartSink, converse, converseInput, converseStream } from './bedrock/converse';
import { invoke, invokeStream } from './bedrock/invoke';
import { type Operation, operationOf } from './model/operation';
import { authScheme } from './bedrock/signing';
import type { AttemptEvidence as SeenByClassify } from './failures/classify';
import { isErrorBody } from './failures/providerMessage';
import { maxNameLength, sanitize, sanitizePolicies, sanitizeTrace } from './failures/sanitize';
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
import { type Request, textOf } from './model/request';
import { withoutUnkeptLogId } from './model/requestIds';
import { abortable } from './model/abortable';
import type { Plan } from './model/attempt';
import type { Recording } from './wire/recording';

/** Filled as an attempt goes on, so that it can be told afterwards how far it came. */
export type AttemptState = { -readonly [K in keyof SeenByClassify]: SeenByClassify[K] } & {
  /** What the request's profile of ~/.aws gave for this attempt. */
  profileCredentials?: AwsCredentials;
};

/** What belongs to one attempt. */
export interface AttemptResult {
  readonly signal: AbortSignal;
  readonly seen: AttemptState;
  readonly recording: Recording;
}

/**
 * Sends `request` as `plan` says. Hands over the parts of its reply as they arrive, resolves to the stop reason;
 * rejects with what went wrong.
 */
export async function exchange(
  request: Request,
  plan: Plan,
  { http, sockets, clock, unpack, hash, userAgent, ...ports }: Ports,
  { signal, seen, recording }: AttemptResult,
  handOver: PartSink,
): Promise<string> {
  const { target, gateway, authentication } = request;
  if (isEmpty(request)) throw new PromptEmpty();
  const { region, model } = target;
  const operation = operationOf(target.api, plan.streams);
  const { secrets, profileCredentials } = trackSecrets(ports, request, signal, seen);
  const scheme = authScheme[authentication]({
    region,
    secrets,
    profileCredentials,
    clock,
    plan,
    onSigned: (request) => {
      const { method, path, headers } = request;
      seen.signed = { method, path, headers, bodyHash: () => hash.sha256(bodyOf(request)) };
    },
  });
  const client = openClient({ region, scheme, http: recording.through(http, sockets) });
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
      onAnswer: (answer, body) => {
        const trace = withoutUnkeptLogId(answer.trace, gateway);
        seen.answer = { ...answer, trace: sanitizeTrace(trace, seen.secrets ?? []) };
        return inspect(answer, plan, body);
      },
    }),
  );
  const take = throughDoor(handOver, seen);
  const answered = () =>
    take({ type: 'answered', status: seen.answer?.status ?? 0, trace: seen.answer?.trace ?? {} });
  const counted = () => seen.answer?.usage;
  let stopWaiting: (() => void) | undefined;
  const over = () => (stopWaiting ??= clock.every(drainTimeout, () => recording.letGo()));
  const exchanges: { readonly [O in Operation]: () => Promise<string> } = {
    'converse-stream': () => converseStream(client, converseInput(request), signal, { answered, over }, take),
    converse: () => converse(client, converseInput(request), signal, answered, take),
    'invoke-with-response-stream': () =>
      invokeStream(client, request, signal, { answered, over, counted }, take),
    invoke: () => invoke(client, request, signal, answered, counted, take),
  };
  try {
    return sanitize(await exchanges[operation](), seen.secrets ?? [], maxNameLength);
  } catch (error) {
    if (error instanceof ReplyTooLarge && error.text) {
      answered();
      take({ type: 'text', text: error.text });
    }
    throw error;
  } finally {
    stopWaiting?.();
  }
}

/**
 * Hands parts on: no more text than a reply may have, and what a guardrail is said to have done without a secret in it.
 * A model's own words are the reply's.
 */
function throughDoor(take: PartSink, seen: AttemptState): PartSink {
  let size = 0;
  return (part) => {
    if (part.type === 'guarded')
      take({ ...part, policies: sanitizePolicies(part.policies, seen.secrets ?? []) });
    else if (part.type === 'text' || part.type === 'reasoning') {
      const room = maxReplySize - size;
      size += part.text.length;
      take(size > maxReplySize ? { ...part, text: part.text.slice(0, room) } : part);
      if (size > maxReplySize) throw new ReplyTooLarge();
    } else take(part);
  };
}

/** Whether what the user asked last is nothing but blanks. */
function isEmpty({ messages }: Request): boolean {
  const asked = messages.findLast(({ role }) => role === 'user');
  return !asked || !/\S/.test(textOf(asked));
}

/**
 * Secrets and credentials that are noted in `seen`, so that nothing quotes them, and that nobody waits for once
 * `signal` aborts: the SDK would, and the user may be asked for one.
 */
export function trackSecrets(
  { secrets, profiles }: Pick<Ports, 'secrets' | 'profiles'>,
  { target: { region }, profile = '' }: Request,
  signal: AbortSignal,
  seen: AttemptState,
): { readonly secrets: Secrets; readonly profileCredentials: () => Promise<AwsCredentials> } {
  const note = (...used: (string | undefined)[]) =>
    (seen.secrets = [...(seen.secrets ?? []), ...used.filter((secret) => secret !== undefined)]);
  // Nobody is asked for anything once it has been stopped.
  const whileWanted = async <T>(get: () => Promise<T>) => {
    signal.throwIfAborted();
    return abortable(get(), signal);
  };
  const stored = <T>(get: () => Promise<T>) =>
    whileWanted(async () => {
      try {
        return await get();
      } catch (cause) {
        throw new SecretsUnreadable(cause instanceof Error ? cause.message : String(cause), { cause });
      }
    });
  const noted = async (get: () => Promise<string | undefined>) => {
    const secret = await stored(get);
    note(secret);
    return secret;
  };
  const noteKeys = (keys: AwsCredentials | undefined) =>
    note(keys?.accessKeyId, keys?.secretAccessKey, keys?.sessionToken);
  return {
    secrets: {
      awsCredentials: async () => {
        const keys = await stored(() => secrets.awsCredentials());
        noteKeys(keys);
        return keys;
      },
      apiKey: () => noted(() => secrets.apiKey()),
      gatewayToken: () => noted(() => secrets.gatewayToken()),
    },
    profileCredentials: async () => {
      const keys = await whileWanted(() => profiles.credentials({ profile, region }, signal));
      noteKeys(keys);
      seen.profileOrigin = keys.origin;
      return (seen.profileCredentials = keys);
    },
  };
}

/** The stream that the SDK is to read; takes out of its hands what is none, or comes in one piece. */
async function inspect(
  answer: ResponseHead,
  { streams }: Plan,
  body: Arriving,
): Promise<AsyncIterable<Uint8Array>> {
  if (answer.status >= 300) return body;
  // Bedrock's successes are 200; below, another protocol was switched to.
  if (answer.status < 200 || isPage(answer)) throw new NotBedrocksAnswer();
  if (answer.encoding !== undefined) throw new AnswerCompressed(answer.encoding);
  if (streams && answer.contentType !== 'application/json') return boundedFrames(body);
  const output = await collectJson(body);
  throw isErrorBody(output) ? new AnsweredWithError(output) : new AnsweredWhole(output);
}
