// InvokeModel, streamed and whole: the body is the model's own (bodies/).
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
import {
  type BedrockRuntimeClient,
  InvokeModelCommand,
  type InvokeModelCommandInput,
  InvokeModelWithResponseStreamCommand,
  type InvokeModelWithResponseStreamCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { AnswerUnreadable, AnsweredWhole, NoEventRead, StreamIncomplete } from '../model/errors';
import { isRecord } from '../gateway/response';
import { parseLongJson } from '../gateway/body';
import type { Request } from '../model/request';
import { type Fields, tokenCount } from './bodies/codec';
import { bodyFor, codecFor } from './codecs';
import type { Usage } from '../model/usage';
import { firstEventError } from './eventStream';
import { type Milestones, type PartSink, takePolicies, whole } from './converse';
import { guardrailHeaders, hasBlocked, policiesIn } from './guardrail';

const json = 'application/json';

function inputFor(request: Request): InvokeModelCommandInput {
  return {
    modelId: request.target.model,
    contentType: json,
    body: JSON.stringify(bodyFor(request)),
    ...guardrailHeaders(request),
  };
}

/** What Bedrock itself adds to the last chunk of a stream, or to a whole reply. */
const metricsField = 'amazon-bedrock-invocationMetrics';
const guardrailField = 'amazon-bedrock-guardrailAction';
const traceField = 'amazon-bedrock-trace';

/**
 * Sends a prompt and hands over the parts of the reply as they arrive; resolves to the stop reason, in Converse's
 * words. `counted` is what the head said of tokens.
 * @throws BodyUnknown, before anything is sent, when nothing tells which body the model takes.
 * @throws StreamIncomplete when the stream ends without saying that the reply did.
 */
export async function invokeStream(
  client: BedrockRuntimeClient,
  request: Request,
  abortSignal: AbortSignal,
  { answered, over, counted }: Milestones & { readonly counted: () => Usage | undefined },
  take: PartSink,
): Promise<string> {
  const reader = codecFor(request.target).reader();
  // Without `accept`: JSON is Bedrock's default, and on a stream it travels as `x-amzn-bedrock-accept`, which
  // is signed as all of `x-amzn-*` is. A gateway that does not pass it on would break the signature.
  const command = new InvokeModelWithResponseStreamCommand(inputFor(request));
  let stream: InvokeModelWithResponseStreamCommandOutput['body'];
  try {
    ({ body: stream } = await client.send(command, { abortSignal }));
  } catch (error) {
    if (!(error instanceof AnsweredWhole)) throw firstEventError(error);
    answered();
    return takeWhole(request, error.output, counted(), take);
  }
  answered();
  const decoder = new TextDecoder();
  let read = false;
  let intervened = false;
  let trace: unknown;
  let metrics: Usage | undefined;
  try {
    for await (const { chunk } of stream ?? []) {
      read = true;
      if (!chunk?.bytes) continue;
      const event = parseLongJson(decoder.decode(chunk.bytes));
      if (!isRecord(event)) continue;
      const words = reader.read(event);
      if (words) take(words);
      intervened ||= hasIntervened(event);
      trace = event[traceField] ?? trace;
      metrics ??= metricsOf(event);
      if (reader.stopReason !== undefined) over();
    }
  } catch (error) {
    // After its end every word of the reply is here; what is lost are its figures.
    if (reader.stopReason === undefined || abortSignal.aborted) throw read ? error : firstEventError(error);
  }
  const stopReason = intervened ? stopReasonOf(reader.stopReason, trace) : reader.stopReason;
  if (stopReason === undefined) throw read ? new StreamIncomplete() : new NoEventRead();
  const usage = reader.usage ?? metrics;
  if (usage) take({ type: 'usage', usage });
  takePolicies(trace, take);
  return stopReason;
}

/** The same, for a reply that arrives whole. @throws AnswerUnreadable when it is none of the model's. */
export async function invoke(
  client: BedrockRuntimeClient,
  request: Request,
  abortSignal: AbortSignal,
  answered: () => void,
  counted: () => Usage | undefined,
  take: PartSink,
): Promise<string> {
  const command = new InvokeModelCommand({ ...inputFor(request), accept: json });
  const output = await whole(client.send(command, { abortSignal }));
  answered();
  return takeWhole(request, output, counted(), take);
}

function takeWhole({ target }: Request, output: unknown, counted: Usage | undefined, take: PartSink): string {
  if (!isRecord(output)) throw new AnswerUnreadable();
  const { words, stopReason, usage = metricsOf(output) ?? counted } = codecFor(target).whole(output);
  for (const part of words) take(part);
  if (usage) take({ type: 'usage', usage });
  const trace = output[traceField];
  takePolicies(trace, take);
  const reason = hasIntervened(output) ? stopReasonOf(stopReason, trace) : stopReason;
  // Its words are kept, but not taken for the whole of it.
  if (reason === undefined) throw new AnswerUnreadable();
  return reason;
}

function hasIntervened({ [guardrailField]: action }: Fields): boolean {
  return typeof action === 'string' && action.endsWith('INTERVENED');
}

/** Of a reply in which a guardrail stepped in: the text that it puts in a model's place need not say that it ended. */
function stopReasonOf(models: string | undefined, trace: unknown): string | undefined {
  return hasBlocked(policiesIn(trace)) ? 'guardrail_intervened' : models;
}

function metricsOf(event: Fields): Usage | undefined {
  const metrics = event[metricsField];
  if (!isRecord(metrics)) return undefined;
  const input = tokenCount(metrics['inputTokenCount']);
  const output = tokenCount(metrics['outputTokenCount']);
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    output,
    cacheRead: tokenCount(metrics['cacheReadInputTokenCount']) ?? 0,
    cacheWrite: tokenCount(metrics['cacheWriteInputTokenCount']) ?? 0,
  };
}
