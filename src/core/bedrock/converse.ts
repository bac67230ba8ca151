// The Converse API, streamed and whole.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
import {
  type BedrockRuntimeClient,
  type ContentBlockDeltaEvent,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamCommandOutput,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { toBase64 } from '@smithy/core/serde';
import { isRecord } from '../gateway/response';
import { AnswerUnreadable, AnsweredWhole, NoEventRead, StreamIncomplete } from '../model/errors';
import type { ReplyEvent } from '../model/reply';
import type { Usage } from '../model/usage';
import { firstEventError } from './eventStream';
import { BlockReader } from './bodies/blockReader';
import { type Fields, cacheWritten, tokenCount } from './bodies/codec';
import { policiesIn } from './guardrail';

/** The parts of a reply as it is received. */
export type ReplyPart = Extract<
  ReplyEvent,
  { type: 'response' | 'text' | 'reasoning' | 'blockEnd' | 'toolUse' | 'usage' | 'guardrail' }
>;

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
  const blocks = new BlockReader(emit);
  try {
    for await (const event of stream ?? []) {
      hasEvents = true;
      if (event.contentBlockDelta) readDelta(event.contentBlockDelta, blocks);
      else if (event.contentBlockStart) {
        const { start, contentBlockIndex } = event.contentBlockStart;
        if (start?.toolUse)
          blocks.toolUse(contentBlockIndex, { id: start.toolUse.toolUseId, name: start.toolUse.name });
      } else if (event.contentBlockStop) blocks.stop();
      else if (event.messageStop) {
        const reason: unknown = event.messageStop.stopReason;
        const ended = typeof reason === 'string' ? reason : '';
        blocks.end(ended);
        stopReason = ended;
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

/** The SDK does not check the types of JSON values. */
function readDelta({ delta, contentBlockIndex }: ContentBlockDeltaEvent, blocks: BlockReader): void {
  const text: unknown = delta?.text;
  if (typeof text === 'string') blocks.text(contentBlockIndex, text);
  else if (delta?.reasoningContent) {
    const { text, signature, redactedContent } = delta.reasoningContent;
    blocks.reasoning(contentBlockIndex, { text, signature, redacted: base64Of(redactedContent) });
  } else if (typeof delta?.toolUse?.input === 'string')
    blocks.toolInput(contentBlockIndex, delta.toolUse.input);
}

/** A stream's bytes are decoded by the SDK, those of a whole reply are not. */
function base64Of(value: unknown): string | undefined {
  return value instanceof Uint8Array ? toBase64(value) : typeof value === 'string' ? value : undefined;
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
  const blocks = new BlockReader(emit);
  for (const [index, block] of (message['content'] as unknown[]).entries())
    if (isRecord(block)) readBlock(index, block, blocks);
  if (isRecord(output['usage'])) emit({ type: 'usage', usage: usageOf(output['usage']) });
  emitPolicies(output['trace'], emit);
  const { stopReason } = output;
  if (typeof stopReason !== 'string') throw new AnswerUnreadable();
  blocks.end(stopReason);
  return stopReason;
}

/** Reads a block of a whole reply. */
function readBlock(index: number, block: Fields, blocks: BlockReader): void {
  const { text, reasoningContent, toolUse, citationsContent } = block;
  if (typeof text === 'string') blocks.text(index, text);
  else if (isRecord(reasoningContent)) {
    const { reasoningText, redactedContent } = reasoningContent;
    blocks.reasoning(index, {
      ...(isRecord(reasoningText) && reasoningText),
      redacted: base64Of(redactedContent),
    });
  } else if (isRecord(toolUse)) {
    blocks.toolUse(index, { id: toolUse['toolUseId'], name: toolUse['name'] });
    blocks.toolInput(index, JSON.stringify(toolUse['input'] ?? {}));
  } else if (isRecord(citationsContent)) {
    // Text with citations; in a stream it arrives as ordinary text.
    const { content } = citationsContent;
    for (const part of Array.isArray(content) ? (content as unknown[]) : [])
      if (isRecord(part) && typeof part['text'] === 'string') blocks.text(index, part['text']);
  }
  blocks.stop();
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
