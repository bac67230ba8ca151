import { gzipSync } from 'node:zlib';
import type { BedrockBehaviour } from './behaviours.js';
import { hostileMarkdown, nestedQuotes } from './hostile.js';
import { type Ask, standInReply } from './model.js';
import { type Ending, pieces, type Script } from './reply.js';

const reply = (description: string, answer: (ask: Ask) => Script): BedrockBehaviour => ({
  where: 'bedrock',
  description,
  answer,
});

/** The stand-in's reply, interrupted half-way if it is streamed. */
const broken = (description: string, ending: Ending): BedrockBehaviour =>
  reply(description, (ask) => {
    const script = standInReply(ask);
    return { ...script, deltas: script.deltas.slice(0, Math.ceil(script.deltas.length / 2)), ending };
  });

const inStream = (exception: string, message: string) =>
  broken(`${exception} in the middle of the stream`, { exception, message });

/** The stream begins with an exception, which is a refusal. */
const refusedInStream = (exception: string, message: string) =>
  reply(`${exception} as the first frame: ${message}`, (ask) => ({
    ...standInReply(ask),
    deltas: [],
    ending: { exception, message, first: true },
  }));

/** A success with a gzip body that was not requested. */
const compressed: BedrockBehaviour = {
  where: 'bedrock',
  description: 'a compressed reply',
  answer: ({ operation }) => ({
    status: 200,
    headers: {
      'content-type': operation.endsWith('stream')
        ? 'application/vnd.amazon.eventstream'
        : 'application/json',
      'content-encoding': 'gzip',
    },
    body: gzipSync('{}'),
    frames: 0,
    complete: false,
  }),
};

const stopped = (stopReason: string): BedrockBehaviour =>
  reply(`stop reason ${stopReason}`, (ask) => ({ ...standInReply(ask), stopReason }));

const later = (description: string, firstByte: (ask: Ask) => number): BedrockBehaviour =>
  reply(description, (ask) => ({ ...standInReply(ask), firstByte: firstByte(ask) }));

const words = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    index % 200 === 0 ? `\n\n## Part ${index / 200 + 1}\n\n` : `word${index} ${index % 20 === 0 ? '\n' : ''}`,
  );

export const replyBehaviours: Readonly<Record<string, BedrockBehaviour>> = {
  'stream-internal': inStream('internalServerException', 'An internal server error occurred.'),
  'stream-model-error': inStream(
    'modelStreamErrorException',
    'An error occurred while streaming the response.',
  ),
  'stream-validation': inStream('validationException', 'The output violated a constraint.'),
  'stream-throttling': inStream('throttlingException', 'Too many tokens, please wait before trying again.'),
  'stream-unavailable': inStream('serviceUnavailableException', 'Bedrock is unable to process your request.'),
  'stream-timeout': inStream('modelTimeoutException', 'The request took too long to process.'),
  'stream-unknown-error': broken('an error frame of an unknown type', 'unknownError'),
  'first-throttling': refusedInStream(
    'throttlingException',
    'Too many tokens, please wait before trying again.',
  ),
  'first-per-day': refusedInStream('throttlingException', 'Too many tokens per day, please wait.'),
  'first-unavailable': refusedInStream('serviceUnavailableException', 'Bedrock is unable to process it.'),
  'first-not-ready': refusedInStream('modelNotReadyException', 'Model is not ready for inference.'),
  'first-too-long': refusedInStream(
    'validationException',
    'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.',
  ),
  'first-retired': refusedInStream(
    'resourceNotFoundException',
    'This model version has reached the end of its life.',
  ),
  'first-denied': refusedInStream('accessDeniedException', 'Your account is not authorized to invoke this.'),
  'first-nested': refusedInStream(
    'modelStreamErrorException',
    'The model returned the following errors: {"error":{"message":"prompt is too long: 9 tokens > 8 maximum"}}',
  ),
  compressed,
  cut: broken('a stream that ends without messageStop', 'cut'),
  'cut-connection': broken('a connection that is lost in the middle of the stream', 'connectionLost'),
  'cut-frame': broken('a stream that ends inside a frame', 'halfFrame'),
  'huge-frame': broken('a stream with a frame in the middle that is larger than any reply', 'hugeFrame'),
  'cut-damaged': broken('a stream with a damaged frame in the middle', 'damaged'),
  stall: broken('half a reply, then silence', 'stall'),
  silence: later('no response, and no end', () => Infinity),
  slow: later('first byte after 2000, or -N, milliseconds', ({ number = 2000 }) => number),
  'stop-max-tokens': stopped('max_tokens'),
  'stop-guardrail': stopped('guardrail_intervened'),
  'stop-content-filtered': stopped('content_filtered'),
  'stop-sequence': stopped('stop_sequence'),
  'stop-context-window': stopped('model_context_window_exceeded'),
  'stop-refusal': stopped('refusal'),
  'stop-malformed-output': stopped('malformed_model_output'),
  'stop-malformed-tool': stopped('malformed_tool_use'),
  'stop-tool-use': stopped('tool_use'),
  'stop-unheard-of': stopped('unheard_of'),
  empty: reply('a reply without text', () => ({ deltas: [] })),
  reasoning: reply('reasoning before the reply', (ask) => ({
    ...standInReply(ask),
    reasoning: pieces('First I would count the lines. Then I would repeat them. That is all I can do.'),
  })),
  'prompt-cache': reply('usage in all four buckets', (ask) => ({
    ...standInReply(ask),
    usage: { inputTokens: 12, cacheReadInputTokens: 2048, cacheWriteInputTokens: 512 },
  })),
  long: reply('a reply of 2000, or -N, deltas', ({ number = 2000 }) => ({ deltas: words(number) })),
  hostile: reply('Markdown that tries to run and fetch', ({ root }) => ({
    deltas: pieces(hostileMarkdown(root)),
  })),
  'nested-quotes': reply('10,000, or -N, nested quotes', ({ number = 10_000 }) => ({
    deltas: pieces(nestedQuotes(number)),
  })),
};
