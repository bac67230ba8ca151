// The Anthropic Messages API on Bedrock:
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
import { randomBytes } from 'node:crypto';
import { refuse } from '../awsErrors.js';
import { interruption } from '../brokenOff.js';
import { chunkFrame } from '../frames.js';
import { type Fields, isFields } from '../jsonBody.js';
import type { Frame, ReplyFormat } from '../operations.js';
import type { Prompt } from '../prompt.js';
import { type Reply, isRefusal } from '../reply.js';
import { guardrail, headers, metrics } from './chunks.js';
import { anything, validate, list, number, object, oneOf, stringOr, text } from './schema.js';

const invalid = (message: string): never => refuse('ValidationException', message);

const block = object(
  {
    type: oneOf(
      ...['text', 'image', 'document', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking'],
      'search_result',
    ),
    ...{ text: text(), cache_control: anything, citations: anything, source: anything, title: anything },
    ...{ id: anything, name: anything, input: anything, tool_use_id: anything, content: anything },
    ...{ is_error: anything, thinking: anything, signature: anything, data: anything, context: anything },
  },
  ['type'],
);

const body = object(
  {
    anthropic_version: oneOf('bedrock-2023-05-31'),
    anthropic_beta: list(text()),
    max_tokens: number(-Infinity, Infinity, true),
    system: stringOr(text(), list(block)),
    messages: list(
      object({ role: oneOf('user', 'assistant'), content: stringOr(text(), list(block)) }, [
        'role',
        'content',
      ]),
    ),
    temperature: number(0, 1),
    top_p: number(0, 1),
    top_k: number(0, 500, true),
    stop_sequences: list(text({ least: 1 })),
    thinking: object({ type: oneOf('enabled', 'disabled', 'adaptive'), budget_tokens: anything }, ['type']),
    ...{ tools: anything, tool_choice: anything, output_config: anything, context_management: anything },
  },
  ['anthropic_version', 'max_tokens', 'messages'],
);

/** The output limit of a model; later models have a higher one than any test needs. */
const maxOutput = (model: string) =>
  /claude-3-(?:haiku|sonnet|opus|5-sonnet-20240620)/.test(model) ? 4096 : 64_000;

export function readMessages(fields: Fields, model: string): Prompt {
  validate(body, fields);
  const {
    max_tokens: maxTokens,
    system,
    messages,
    stop_sequences,
    thinking,
  } = fields as {
    max_tokens: number;
    system?: string | Fields[];
    messages: { role: string; content: string | Fields[] }[];
    stop_sequences?: string[];
    thinking?: Fields;
  };
  if (maxTokens < 1) invalid('max_tokens: must be greater than or equal to 1');
  if (maxTokens > maxOutput(model))
    invalid(
      `max_tokens: ${maxTokens} > ${maxOutput(model)}, which is the maximum allowed number of output tokens for ${model}`,
    );
  if (stop_sequences?.some((stop) => !stop.trim()))
    invalid('stop_sequences: each stop sequence must contain non-whitespace');
  checkThinking(thinking, maxTokens);
  checkRoles(messages);
  return {
    messages: messages.map(({ role, content }) => ({ role, text: textOf(content, 'messages') })),
    system: system === undefined ? '' : textOf(system, 'system'),
    maxTokens,
    stopSequences: stop_sequences ?? [],
  };
}

function checkThinking(thinking: Fields | undefined, maxTokens: number): void {
  if (thinking?.['type'] !== 'enabled') return;
  const budget = Number(thinking['budget_tokens']);
  if (!(budget >= 1024))
    invalid('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
  if (budget >= maxTokens) invalid('`max_tokens` must be greater than `thinking.budget_tokens`.');
}

function checkRoles(messages: readonly { role: string }[]): void {
  if (messages.length === 0) invalid('messages: at least one message is required');
  if (messages[0]?.role !== 'user') invalid('messages: first message must use the "user" role');
  const repeated = messages.find(({ role }, index) => role === messages[index + 1]?.role);
  if (repeated)
    invalid(
      `messages: roles must alternate between "user" and "assistant", but found multiple "${repeated.role}" roles in a row`,
    );
  if (messages.at(-1)?.role !== 'user')
    invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
}

function textOf(content: string | readonly Fields[], where: string): string {
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  if (where === 'messages' && blocks.length === 0)
    invalid(
      'messages: all messages must have non-empty content except for the optional final assistant message',
    );
  return blocks
    .map(({ type, text: value }) => {
      if (type !== 'text') return '';
      if (typeof value !== 'string') return invalid(`${where}: text content blocks must have text`);
      if (where === 'system' && typeof content === 'string') return value;
      if (!value) invalid(`${where}: text content blocks must be non-empty`);
      if (!value.trim()) invalid(`${where}: text content blocks must contain non-whitespace text`);
      return value;
    })
    .join('\n');
}

const signature = 'c3RhbmQtaW4gc2lnbmF0dXJl';

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

function whole(reply: Reply, model: string): object {
  const { reasoning, deltas, usage } = reply;
  const content = [
    ...(reasoning.length ? [{ type: 'thinking', thinking: reasoning.join(''), signature }] : []),
    ...(deltas.length ? [{ type: 'text', text: deltas.join('') }] : []),
  ];
  const more = { content, ...stopFields(reply), usage: usageOf(reply, usage.outputTokens) };
  return { ...message(model, more), ...guardrail(reply) };
}

function frames(reply: Reply, model: string): Frame[] {
  if (isRefusal(reply)) return closingFrames(reply);
  const start = { content: [], stop_reason: null, stop_sequence: null, usage: usageOf(reply, 1) };
  const chunks: { chunk: object; delta?: number }[] = [
    { chunk: { type: 'message_start', message: message(model, start) } },
  ];
  const blocks = [
    {
      opening: { type: 'thinking', thinking: '', signature: '' },
      deltas: reply.reasoning.map((thinking) => ({ type: 'thinking_delta', thinking })),
      closing: [{ type: 'signature_delta', signature }],
    },
    {
      opening: { type: 'text', text: '' },
      deltas: reply.deltas.map((delta) => ({ type: 'text_delta', text: delta })),
      closing: [],
    },
  ].filter(({ deltas }) => deltas.length > 0);
  let count = 0;
  for (const [index, { opening, deltas, closing }] of blocks.entries()) {
    chunks.push({ chunk: { type: 'content_block_start', index, content_block: opening } });
    if (index === 0) chunks.push({ chunk: { type: 'ping' } });
    for (const delta of deltas)
      chunks.push({ chunk: { type: 'content_block_delta', index, delta }, delta: count++ });
    if (index === blocks.length - 1 && reply.ending !== 'complete') break;
    for (const delta of closing) chunks.push({ chunk: { type: 'content_block_delta', index, delta } });
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
