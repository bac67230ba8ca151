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
import { type StreamListener, type PartSink, emitPolicies, wholeOutput } from './converse';
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
 * words. `usageFromHead` is what the head said of tokens.
 * @throws BodyUnknown, before anything is sent, when nothing tells which body the model takes.
 * @throws StreamIncomplete when the stream ends without saying that the reply did.
 */
export async function invokeStream(
  client: BedrockRuntimeClient,
  request: Request,
  abortSignal: AbortSignal,
  {
    onResponse,
    onMessageStop,
    usageFromHead,
  }: StreamListener & { readonly usageFromHead: () => Usage | undefined },
  emit: PartSink,
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
    onResponse();
    return emitWhole(request, error.output, usageFromHead(), emit);
  }
  onResponse();
  const decoder = new TextDecoder();
  let hasEvents = false;
  let intervened = false;
  let trace: unknown;
  let metrics: Usage | undefined;
  try {
    for await (const { chunk } of stream ?? []) {
      hasEvents = true;
      if (!chunk?.bytes) continue;
      const event = parseLongJson(decoder.decode(chunk.bytes));
      if (!isRecord(event)) continue;
      const part = reader.read(event);
      if (part) emit(part);
      intervened ||= hasIntervened(event);
      trace = event[traceField] ?? trace;
      metrics ??= metricsOf(event);
      if (reader.stopReason !== undefined) onMessageStop();
    }
  } catch (error) {
    // After its end every word of the reply is here; what is lost are its figures.
    if (reader.stopReason === undefined || abortSignal.aborted)
      throw hasEvents ? error : firstEventError(error);
  }
  const stopReason = intervened ? stopReasonOf(reader.stopReason, trace) : reader.stopReason;
  if (stopReason === undefined) throw hasEvents ? new StreamIncomplete() : new NoEventRead();
  const usage = reader.usage ?? metrics;
  if (usage) emit({ type: 'usage', usage });
  emitPolicies(trace, emit);
  return stopReason;
}

/** The same, for a reply that arrives whole. @throws AnswerUnreadable when it is none of the model's. */
export async function invoke(
  client: BedrockRuntimeClient,
  request: Request,
  abortSignal: AbortSignal,
  onResponse: () => void,
  usageFromHead: () => Usage | undefined,
  emit: PartSink,
): Promise<string> {
  const command = new InvokeModelCommand({ ...inputFor(request), accept: json });
  const output = await wholeOutput(client.send(command, { abortSignal }));
  onResponse();
  return emitWhole(request, output, usageFromHead(), emit);
}

function emitWhole(
  { target }: Request,
  output: unknown,
  usageFromHead: Usage | undefined,
  emit: PartSink,
): string {
  if (!isRecord(output)) throw new AnswerUnreadable();
  const {
    parts,
    stopReason,
    usage = metricsOf(output) ?? usageFromHead,
  } = codecFor(target).parseWhole(output);
  for (const part of parts) emit(part);
  if (usage) emit({ type: 'usage', usage });
  const trace = output[traceField];
  emitPolicies(trace, emit);
  const reason = hasIntervened(output) ? stopReasonOf(stopReason, trace) : stopReason;
  // Its words are kept, but not taken for the whole of it.
  if (reason === undefined) throw new AnswerUnreadable();
  return reason;
}

function hasIntervened({ [guardrailField]: action }: Fields): boolean {
  return typeof action === 'string' && action.endsWith('INTERVENED');
}

/** Of a reply in which a guardrail stepped in: the text that it puts in a model's place need not say that it ended. */
function stopReasonOf(modelsReason: string | undefined, trace: unknown): string | undefined {
  return hasBlocked(policiesIn(trace)) ? 'guardrail_intervened' : modelsReason;
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
