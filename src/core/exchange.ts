// One attempt: a request goes out through the gateway, the parts of a reply come in.
import type { Plan } from './attempts';
import { openClient } from './bedrock/client';
import { type Take, converse, converseInput, converseStream } from './bedrock/converse';
import { invoke, invokeStream } from './bedrock/invoke';
import { type Operation, operationOf } from './bedrock/operation';
import { authScheme } from './bedrock/signing';
import type { Seen as SeenByClassify } from './failures/classify';
import { redactTrace } from './failures/redact';
import { isErrorBody, longestError } from './failures/said';
import {
  AnswerCompressed,
  AnswerUnreadable,
  AnsweredWhole,
  AnsweredWithError,
  NotBedrocksAnswer,
  PromptEmpty,
  SecretsUnreadable,
} from './failures/thrown';
import { type Answer, isPage, parseJson } from './gateway/answer';
import { cacheKey } from './gateway/cacheKey';
import { gatewayHeaders, passedOn } from './gateway/headers';
import { bodyOf, gatewayPlugin } from './gateway/plugin';
import { partingTime } from './patience';
import type { AwsCredentials, Ports, Secrets } from './ports';
import { type Request, textOf } from './request';
import { withoutUnkeptLog } from './trace';
import type { Recording } from './wire/recording';

/** Filled as an attempt goes on, so that it can be told afterwards how far it came. */
export type Seen = { -readonly [K in keyof SeenByClassify]: SeenByClassify[K] } & {
  /** What the request's profile of ~/.aws gave for this attempt. */
  profileCredentials?: AwsCredentials;
};

/** What belongs to one attempt. */
export interface Attempt {
  readonly signal: AbortSignal;
  readonly seen: Seen;
  readonly recording: Recording;
}

/**
 * Sends `request` as `plan` says. Hands over the parts of its reply as they arrive, resolves to the stop reason;
 * rejects with what went wrong.
 */
export async function exchange(
  request: Request,
  plan: Plan,
  { http, sockets, clock, userAgent, ...ports }: Ports,
  { signal, seen, recording }: Attempt,
  take: Take,
): Promise<string> {
  const { target, gateway, authentication } = request;
  if (isEmpty(request)) throw new PromptEmpty();
  const { region, model } = target;
  const operation = operationOf(target.api, plan.streams);
  const { secrets, profileCredentials } = watched(ports, request, signal, seen);
  const scheme = authScheme[authentication]({
    region,
    secrets,
    profileCredentials,
    clock,
    plan,
    onSigned: (request) => {
      const { method, path, headers } = request;
      seen.signed = { method, path, headers, body: bodyOf(request) };
    },
  });
  const client = openClient({ region, scheme, http: recording.through(http, sockets) });
  client.middlewareStack.use(
    gatewayPlugin({
      address: gateway.address,
      region,
      clock,
      headers: async (signed, body) => ({
        ...passedOn(signed, authentication),
        'user-agent': userAgent,
        ...gatewayHeaders(gateway, {
          token: await secrets.gatewayToken(),
          cacheKey: () => cacheKey({ operation, region, model, headers: signed, body }),
        }),
      }),
      onAnswer: async (answer, readBody) => {
        const trace = withoutUnkeptLog(answer.trace, gateway);
        seen.answer = { ...answer, trace: redactTrace(trace, seen.secrets ?? []) };
        await inspect(answer, plan, readBody);
      },
    }),
  );
  const answered = () =>
    take({ type: 'answered', status: seen.answer?.status ?? 0, trace: seen.answer?.trace ?? {} });
  const counted = () => seen.answer?.usage;
  let stopWaiting: (() => void) | undefined;
  const over = () => (stopWaiting ??= clock.every(partingTime, () => recording.letGo()));
  const exchanges: { readonly [O in Operation]: () => Promise<string> } = {
    'converse-stream': () => converseStream(client, converseInput(request), signal, { answered, over }, take),
    converse: () => converse(client, converseInput(request), signal, answered, take),
    'invoke-with-response-stream': () =>
      invokeStream(client, request, signal, { answered, over, counted }, take),
    invoke: () => invoke(client, request, signal, answered, counted, take),
  };
  return exchanges[operation]().finally(() => stopWaiting?.());
}

/** Whether what the user asked last is nothing but blanks. */
function isEmpty({ messages }: Request): boolean {
  const asked = messages.findLast(({ role }) => role === 'user');
  return !asked || !/\S/.test(textOf(asked));
}

/**
 * Secrets and credentials that are noted in `seen`, so that nothing quotes them, and that nobody waits for once `signal` aborts:
 * the SDK would, and the user may be asked for one.
 */
export function watched(
  { secrets, profiles }: Pick<Ports, 'secrets' | 'profiles'>,
  { target: { region }, profile = '' }: Request,
  signal: AbortSignal,
  seen: Seen,
): { readonly secrets: Secrets; readonly profileCredentials: () => Promise<AwsCredentials> } {
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new Error('aborted'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  aborted.catch(() => undefined);
  const unlessAborted = <T>(get: () => Promise<T>) =>
    signal.aborted ? aborted : Promise.race([aborted, get()]);
  const note = (...used: (string | undefined)[]) =>
    (seen.secrets = [...(seen.secrets ?? []), ...used.filter((secret) => secret !== undefined)]);
  const stored = <T>(get: () => Promise<T>) =>
    unlessAborted(async () => {
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
      const keys = await unlessAborted(() => profiles.credentials({ profile, region }, signal));
      noteKeys(keys);
      return (seen.profileCredentials = keys);
    },
  };
}

/** Takes out of the SDK's hands a success that it could not read. */
async function inspect(answer: Answer, { streams }: Plan, readBody: () => Promise<string>): Promise<void> {
  if (answer.status >= 300) return;
  if (isPage(answer)) throw new NotBedrocksAnswer();
  if (answer.encoding !== undefined) throw new AnswerCompressed(answer.encoding);
  if (answer.contentType !== 'application/json') return;
  const body = await readBody();
  const output = streams || body.length <= longestError ? parseJson(body) : undefined;
  // The SDK would take it for a reply without a word.
  if (isErrorBody(output)) throw new AnsweredWithError(output);
  if (streams) throw output === undefined ? new AnswerUnreadable() : new AnsweredWhole(output);
}
