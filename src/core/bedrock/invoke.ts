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
import type { BytesOf } from './bodies/writeContent';
import { bodyFor, codecFor } from './codecs';
import type { Usage } from '../model/usage';
import { firstEventError } from './eventStream';
import { type StreamListener, type PartSink, emitPolicies, wholeOutput } from './converse';
import { guardrailHeaders, hasBlocked, policiesIn } from './guardrail';

const json = 'application/json';

function inputFor(request: Request, bytesOf: BytesOf | undefined): InvokeModelCommandInput {
  return {
    modelId: request.target.model,
    contentType: json,
    body: JSON.stringify(bodyFor(request, bytesOf)),
    ...guardrailHeaders(request),
  };
}

/** Fields that Bedrock adds to the last chunk of a stream, or to a whole reply. */
const metricsField = 'amazon-bedrock-invocationMetrics';
const guardrailField = 'amazon-bedrock-guardrailAction';
const traceField = 'amazon-bedrock-trace';

/**
 * Sends a prompt and emits the parts of the reply as they arrive; resolves to the stop reason, in Converse's terms.
 * `usageFromHead` returns the token counts in the response head.
 * @throws BodyUnknown, before anything is sent, if the model's format is not known.
 * @throws StreamIncomplete if the stream ends before the reply does.
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
  bytesOf?: BytesOf,
): Promise<string> {
  const reader = codecFor(request.target).reader(emit);
  // Without `accept`: JSON is Bedrock's default. For streams the SDK sends it as `x-amzn-bedrock-accept`, which is
  // signed like all of `x-amzn-*`. A gateway that drops it would break the signature.
  const command = new InvokeModelWithResponseStreamCommand(inputFor(request, bytesOf));
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
      reader.read(event);
      intervened ||= hasIntervened(event);
      trace = event[traceField] ?? trace;
      metrics ??= metricsOf(event);
      if (reader.stopReason !== undefined) onMessageStop();
    }
  } catch (error) {
    // After the stop reason the text is complete; only the token counts are lost.
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

/** Like invokeStream(), for a reply that is not streamed. @throws AnswerUnreadable if it is no reply of the model. */
export async function invoke(
  client: BedrockRuntimeClient,
  request: Request,
  abortSignal: AbortSignal,
  onResponse: () => void,
  usageFromHead: () => Usage | undefined,
  emit: PartSink,
  bytesOf?: BytesOf,
): Promise<string> {
  const command = new InvokeModelCommand({ ...inputFor(request, bytesOf), accept: json });
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
  // Its text is kept, but the reply counts as incomplete.
  if (reason === undefined) throw new AnswerUnreadable();
  return reason;
}

function hasIntervened({ [guardrailField]: action }: Fields): boolean {
  return typeof action === 'string' && action.endsWith('INTERVENED');
}

/** The stop reason of a reply in which a guardrail took effect. The guardrail's replacement text need not have one. */
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
