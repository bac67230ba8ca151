// The Anthropic Messages API's reply on Bedrock, streamed or not.
import { randomBytes } from 'node:crypto';
import { interruption } from '../brokenOff.js';
import type { ReplyBlock, ReplyBlockOf } from '../content/signedReply.js';
import { chunkFrame } from '../frames.js';
import { isFields } from '../jsonBody.js';
import type { Frame, ReplyFormat } from '../operations.js';
import { type Reply, isRefusal } from '../reply.js';
import { guardrail, headers, metrics } from './chunks.js';

/** The model's stop reasons that differ from Converse's. */
const stopReasons: Readonly<Record<string, string>> = {
  guardrail_intervened: 'end_turn',
  content_filtered: 'refusal',
};

const stopFields = ({ stopReason }: Reply) => ({
  stop_reason: stopReasons[stopReason] ?? stopReason,
  stop_sequence: stopReason === 'stop_sequence' ? 'END' : null,
});

function message(model: string, more: object): object {
  const id = `msg_bdrk_${randomBytes(12).toString('hex')}`;
  return { model, id, type: 'message', role: 'assistant', ...more };
}

function usageOf({ usage }: Reply, outputTokens: number): object {
  const { cacheDetails = [] } = usage;
  const keptFor = (time: string) =>
    cacheDetails.filter(({ ttl }) => ttl === time).reduce((sum, { inputTokens }) => sum + inputTokens, 0);
  return {
    input_tokens: usage.inputTokens,
    cache_creation_input_tokens: usage.cacheWriteInputTokens,
    cache_read_input_tokens: usage.cacheReadInputTokens,
    ...(cacheDetails.length > 0 && {
      cache_creation: {
        ephemeral_5m_input_tokens: keptFor('5m'),
        ephemeral_1h_input_tokens: keptFor('1h'),
      },
    }),
    output_tokens: outputTokens,
  };
}

interface ClaudeBlockWriter<Written extends ReplyBlock> {
  readonly whole: (block: Written) => object;
  readonly start: (block: Written) => object;
  /** Absent if the start has it all. */
  readonly delta?: (piece: string) => object;
  /** Said after the last piece. */
  readonly closing?: (block: Written) => object;
}

const writers: { readonly [Kind in ReplyBlock['kind']]: ClaudeBlockWriter<ReplyBlockOf<Kind>> } = {
  text: {
    whole: ({ deltas }) => ({ type: 'text', text: deltas.join('') }),
    start: () => ({ type: 'text', text: '' }),
    delta: (text) => ({ type: 'text_delta', text }),
  },
  reasoning: {
    whole: ({ deltas, signature }) => ({ type: 'thinking', thinking: deltas.join(''), signature }),
    start: () => ({ type: 'thinking', thinking: '', signature: '' }),
    delta: (thinking) => ({ type: 'thinking_delta', thinking }),
    closing: ({ signature }) => ({ type: 'signature_delta', signature }),
  },
  redacted: {
    whole: ({ deltas: [data] }) => ({ type: 'redacted_thinking', data }),
    start: ({ deltas: [data] }) => ({ type: 'redacted_thinking', data }),
  },
  toolUse: {
    whole: ({ id, name, input }) => ({ type: 'tool_use', id, name, input }),
    start: ({ id, name }) => ({ type: 'tool_use', id, name, input: {} }),
    delta: (partial_json) => ({ type: 'input_json_delta', partial_json }),
  },
};

/** The row of a block's kind, for that block. */
const writerOf = ({ kind }: ReplyBlock) => writers[kind] as unknown as ClaudeBlockWriter<ReplyBlock>;

function whole(reply: Reply, model: string): object {
  const { blocks, usage } = reply;
  const content = blocks.map((block) => writerOf(block).whole(block));
  const more = { content, ...stopFields(reply), usage: usageOf(reply, usage.outputTokens) };
  return { ...message(model, more), ...guardrail(reply) };
}

function frames(reply: Reply, model: string): Frame[] {
  if (isRefusal(reply)) return closingFrames(reply);
  const { blocks } = reply;
  const start = { content: [], stop_reason: null, stop_sequence: null, usage: usageOf(reply, 1) };
  const chunks: { chunk: object; delta?: number }[] = [
    { chunk: { type: 'message_start', message: message(model, start) } },
  ];
  let count = 0;
  for (const [index, block] of blocks.entries()) {
    const writer = writerOf(block);
    chunks.push({
      chunk: { type: 'content_block_start', index, content_block: writer.start(block) },
      ...(!writer.delta && { delta: count++ }),
    });
    if (index === 0) chunks.push({ chunk: { type: 'ping' } });
    const pieces = writer.delta ? block.deltas : [];
    for (const piece of pieces) {
      chunks.push({
        chunk: { type: 'content_block_delta', index, delta: writer.delta?.(piece) },
        delta: count++,
      });
    }
    if (index === blocks.length - 1 && reply.ending !== 'complete') break;
    const last = writer.closing?.(block);
    if (last) chunks.push({ chunk: { type: 'content_block_delta', index, delta: last } });
    chunks.push({ chunk: { type: 'content_block_stop', index } });
  }
  const written = chunks.map(({ chunk, ...rest }) => ({ bytes: chunkFrame(chunk), ...rest }));
  return [...written, ...closingFrames(reply)];
}

function closingFrames(reply: Reply): Frame[] {
  const { ending } = reply;
  const usage = { output_tokens: reply.usage.outputTokens };
  const delta = chunkFrame({ type: 'message_delta', delta: stopFields(reply), usage });
  if (ending === 'complete') {
    const stop = { type: 'message_stop', ...guardrail(reply), ...metrics(reply) };
    return [{ bytes: delta }, { bytes: chunkFrame(stop) }];
  }
  if (isFields(ending) && ending.exception.endsWith('_error')) {
    const error = { type: ending.exception, message: ending.message };
    return [{ bytes: chunkFrame({ type: 'error', error }) }];
  }
  return interruption(ending, delta);
}

export const messagesVoice: ReplyFormat = { whole, frames, headers };
