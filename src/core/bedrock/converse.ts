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

/** What a reply consists of, as it is received. */
export type ReplyPart = Extract<
  ReplyEvent,
  { type: 'response' | 'text' | 'reasoning' | 'usage' | 'guardrail' }
>;

/** The body for `request`: what the user did not set is left out, so that the model's own default holds. */
export function converseInput(request: Request): ConverseCommandInput {
  const { target, messages, parameters } = request;
  const { systemPrompt, additionalFields } = parameters;
  const inference = inferenceConfig(parameters);
  return {
    modelId: target.model,
    messages: messages.map(({ role, content }) => ({ role, content: content.map(({ text }) => ({ text })) })),
    // AWS refuses one of nothing but blanks.
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

/** Takes the parts of a reply. A call for each, and no generator, since a reply may have thousands. */
export type PartSink = (part: ReplyPart) => void;

/** To be called as a stream goes on. */
export interface StreamListener {
  /** The answer's head is here. */
  readonly onResponse: () => void;
  /** The reply is here, to its last word; its figures may follow. Whoever is told need not leave the stream open. */
  readonly onMessageStop: () => void;
}

/**
 * Sends a prompt and hands over the parts of the reply as they arrive; resolves to the stop reason.
 * @throws StreamIncomplete when the stream ends without saying that the message did.
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
        // The SDK hands on what the JSON holds, of whatever type.
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
    // After messageStop every word of the reply is here; what is lost are its figures.
    if (stopReason === undefined || abortSignal.aborted) throw hasEvents ? error : firstEventError(error);
  }
  if (stopReason === undefined) throw hasEvents ? new StreamIncomplete() : new NoEventRead();
  return stopReason;
}

/** The same, for a reply that arrives whole. */
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

/** The reply that `sent` is answered with; see gateway/body.ts for why it is not the SDK that reads it. */
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
 * Hands over the parts of a whole reply, `{output: {message}, stopReason, usage}`; gives the stop reason.
 * @throws AnswerUnreadable when there is no message in it.
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

/** Text for which the model names sources; in a stream it comes as all text does. */
function emitCited(content: unknown, emit: PartSink): void {
  for (const part of Array.isArray(content) ? (content as unknown[]) : [])
    if (isRecord(part) && typeof part['text'] === 'string') emit({ type: 'text', text: part['text'] });
}

/** Hands over what a guardrail reports, if it did anything. */
export function emitPolicies(trace: unknown, emit: PartSink): void {
  const policies = policiesIn(trace);
  if (policies.length > 0) emit({ type: 'guardrail', policies });
}

/**
 * Bedrock's `inputTokens` excludes what was read from or written to the prompt cache.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CacheDetail.html
 */
function usageOf(usage: Partial<TokenUsage>): Usage {
  // Of whatever type: a whole answer's JSON comes here too.
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
