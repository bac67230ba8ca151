// The Converse API, streamed and whole.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamCommandOutput,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import type { DocumentType } from '@smithy/types';
import { isRecord } from '../gateway/response';
import { AnswerUnreadable, AnsweredWhole, NoEventRead, StreamIncomplete } from '../model/errors';
import type { ReplyEvent } from '../model/reply';
import type { Parameters, Request } from '../model/request';
import type { Usage } from '../model/usage';
import { firstEventError } from './eventStream';
import { cacheWritten, tokenCount } from './bodies/codec';
import { guardrailConfig, policiesIn } from './guardrail';

/** The parts of a reply as it is received. */
export type ReplyPart = Extract<
  ReplyEvent,
  { type: 'response' | 'text' | 'reasoning' | 'usage' | 'guardrail' }
>;

/** The Converse input for `request`. Parameters that are not set are left out, so that the model's defaults apply. */
export function converseInput(request: Request): ConverseCommandInput {
  const { target, messages, parameters } = request;
  const { systemPrompt, additionalFields } = parameters;
  const inference = inferenceConfig(parameters);
  return {
    modelId: target.model,
    messages: messages.map(({ role, content }) => ({ role, content: content.map(({ text }) => ({ text })) })),
    // AWS refuses a system prompt of white space only.
    ...(systemPrompt?.trim() && { system: [{ text: systemPrompt.toWellFormed() }] }),
    ...(Object.keys(inference).length > 0 && { inferenceConfig: inference }),
    ...(additionalFields && { additionalModelRequestFields: additionalFields as DocumentType }),
    ...guardrailConfig(request),
  };
}

function inferenceConfig({ maxTokens, temperature, topP, stopSequences }: Parameters) {
  return {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stopSequences?.length && { stopSequences: [...stopSequences] }),
  };
}

/** Receives the parts of a reply. A callback, not a generator, since a reply may have thousands of parts. */
export type PartSink = (part: ReplyPart) => void;

/** Callbacks for the progress of a stream. */
export interface StreamListener {
  /** The response head has arrived. */
  readonly onResponse: () => void;
  /** The reply's text is complete; its token counts may follow. The listener may close the stream. */
  readonly onMessageStop: () => void;
}

/**
 * Sends a prompt and emits the parts of the reply as they arrive; resolves to the stop reason.
 * @throws StreamIncomplete if the stream ends before the message does.
 */
export async function converseStream(
  client: BedrockRuntimeClient,
  input: ConverseCommandInput,
  abortSignal: AbortSignal,
  { onResponse, onMessageStop }: StreamListener,
  emit: PartSink,
): Promise<string> {
  let stream: ConverseStreamCommandOutput['stream'];
  try {
    ({ stream } = await client.send(new ConverseStreamCommand(input), { abortSignal }));
  } catch (error) {
    if (!(error instanceof AnsweredWhole)) throw firstEventError(error);
    onResponse();
    return emitWhole(error.output, emit);
  }
  onResponse();
  let stopReason: string | undefined;
  let hasEvents = false;
  try {
    for await (const event of stream ?? []) {
      hasEvents = true;
      if (event.contentBlockDelta) {
        const { delta } = event.contentBlockDelta;
        const text = delta?.text;
        const reasoning = delta?.reasoningContent?.text;
        // The SDK does not check the types of JSON values.
        if (typeof text === 'string' && text) emit({ type: 'text', text });
        else if (typeof reasoning === 'string' && reasoning) emit({ type: 'reasoning', text: reasoning });
      } else if (event.messageStop) {
        const reason: unknown = event.messageStop.stopReason;
        stopReason = typeof reason === 'string' ? reason : '';
        onMessageStop();
      } else if (event.metadata) {
        const { usage, trace } = event.metadata;
        if (usage) emit({ type: 'usage', usage: usageOf(usage) });
        emitPolicies(trace, emit);
      }
    }
  } catch (error) {
    // After messageStop the text is complete; only the token counts are lost.
    if (stopReason === undefined || abortSignal.aborted) throw hasEvents ? error : firstEventError(error);
  }
  if (stopReason === undefined) throw hasEvents ? new StreamIncomplete() : new NoEventRead();
  return stopReason;
}

/** Like converseStream(), for a reply that is not streamed. */
export async function converse(
  client: BedrockRuntimeClient,
  input: ConverseCommandInput,
  abortSignal: AbortSignal,
  onResponse: () => void,
  emit: PartSink,
): Promise<string> {
  const output = await wholeOutput(client.send(new ConverseCommand(input), { abortSignal }));
  onResponse();
  return emitWhole(output, emit);
}

/** The output of a request that is not streamed. gateway/body.ts says why the SDK does not read it. */
export async function wholeOutput(sent: Promise<unknown>): Promise<unknown> {
  try {
    await sent;
  } catch (error) {
    if (error instanceof AnsweredWhole) return error.output;
    throw error;
  }
  throw new AnswerUnreadable();
}

/**
 * Emits the parts of a whole reply, `{output: {message}, stopReason, usage}`; returns the stop reason.
 * @throws AnswerUnreadable if it holds no message.
 */
function emitWhole(output: unknown, emit: PartSink): string {
  const message = isRecord(output) && isRecord(output['output']) ? output['output']['message'] : undefined;
  if (!isRecord(output) || !isRecord(message) || !Array.isArray(message['content']))
    throw new AnswerUnreadable();
  for (const block of message['content'] as unknown[]) {
    if (!isRecord(block)) continue;
    const reasoning = isRecord(block['reasoningContent'])
      ? block['reasoningContent']['reasoningText']
      : undefined;
    if (typeof block['text'] === 'string') emit({ type: 'text', text: block['text'] });
    else if (isRecord(block['citationsContent'])) emitCited(block['citationsContent']['content'], emit);
    else if (isRecord(reasoning) && typeof reasoning['text'] === 'string')
      emit({ type: 'reasoning', text: reasoning['text'] });
  }
  if (isRecord(output['usage'])) emit({ type: 'usage', usage: usageOf(output['usage']) });
  emitPolicies(output['trace'], emit);
  if (typeof output['stopReason'] !== 'string') throw new AnswerUnreadable();
  return output['stopReason'];
}

/** Text with citations; in a stream it arrives as ordinary text. */
function emitCited(content: unknown, emit: PartSink): void {
  for (const part of Array.isArray(content) ? (content as unknown[]) : [])
    if (isRecord(part) && typeof part['text'] === 'string') emit({ type: 'text', text: part['text'] });
}

/** Emits the guardrail policies that took effect, if any. */
export function emitPolicies(trace: unknown, emit: PartSink): void {
  const policies = policiesIn(trace);
  if (policies.length > 0) emit({ type: 'guardrail', policies });
}

/**
 * Bedrock's `inputTokens` excludes what was read from or written to the prompt cache.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CacheDetail.html
 */
function usageOf(usage: Partial<TokenUsage>): Usage {
  // Not checked: it may come from JSON that the SDK has not parsed.
  const details: unknown = usage.cacheDetails;
  const written = Array.isArray(details) ? details.filter(isRecord) : [];
  const sumOf = (forHour: boolean) =>
    written
      .filter(({ ttl }) => (ttl === '1h') === forHour)
      .reduce((sum, { inputTokens }) => sum + (tokenCount(inputTokens) ?? 0), 0);
  return {
    input: tokenCount(usage.inputTokens) ?? 0,
    output: tokenCount(usage.outputTokens) ?? 0,
    cacheRead: tokenCount(usage.cacheReadInputTokens) ?? 0,
    ...cacheWritten(tokenCount(usage.cacheWriteInputTokens), { hour: sumOf(true), others: sumOf(false) }),
  };
}
