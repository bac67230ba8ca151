// Good replies of every kind that is streamed, as frames that can be spoilt one by one before they are sealed.
import { encodeFrame } from '../../gateway/frames';
import type { Asking } from '../../unit/asking';

/** A frame before it is sealed. */
export interface Frame {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or bytes that are none. */
  readonly payload: unknown;
}

export interface Kind {
  readonly asking: Asking;
  /** The frames of a reply that says `words`. */
  readonly frames: (words: readonly string[]) => Frame[];
  /** The text that an event carries; undefined for none. Written apart from what is tested. */
  readonly textIn: (type: string | undefined, event: unknown) => unknown;
  /** The same reply, whole. */
  readonly whole: (text: string) => unknown;
  /** Whether texts are shown apart, with an empty line between them that was not sent. */
  readonly hasGaps?: boolean;
}

const event = (type: string, payload: unknown): Frame => ({
  headers: { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' },
  payload,
});
const chunk = (json: unknown) => event('chunk', { bytes: json });

/** `of(value, 'a', 'b')` is value.a.b, or undefined when there is no such thing. */
function of(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

const usage = { inputTokens: 12, outputTokens: 7, totalTokens: 19 };
const metrics = { inputTokenCount: 12, outputTokenCount: 7, invocationLatency: 31, firstByteLatency: 3 };

const converseText: Kind['textIn'] = (type, json) =>
  type === 'contentBlockDelta' ? of(json, 'delta', 'text') : undefined;

/** A block may begin with its text. */
function claudeText(_type: string | undefined, json: unknown): unknown {
  if (of(json, 'type') === 'content_block_start')
    return of(json, 'content_block', 'type') === 'text' ? of(json, 'content_block', 'text') : undefined;
  if (of(json, 'type') !== 'content_block_delta') return undefined;
  return of(json, 'delta', 'type') === 'text_delta' ? of(json, 'delta', 'text') : undefined;
}

const half = (words: readonly string[]) => Math.ceil(words.length / 2);
const before = (words: readonly string[]) => words.slice(0, half(words));
const after = (words: readonly string[]) => words.slice(half(words));

export const kinds: Readonly<Record<string, Kind>> = {
  converse: {
    asking: {},
    frames: (words) => [
      event('messageStart', { role: 'assistant' }),
      ...words.map((text) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
      event('contentBlockStop', { contentBlockIndex: 0 }),
      event('messageStop', { stopReason: 'end_turn' }),
      event('metadata', { usage, metrics: { latencyMs: 31 } }),
    ],
    textIn: converseText,
    whole: (text) => ({
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn',
      usage,
    }),
  },

  claudeMessages: {
    asking: { api: 'invoke', body: 'claudeMessages' },
    frames: (words) =>
      [
        { type: 'message_start', message: { usage: { input_tokens: 12, output_tokens: 1 } } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        ...words.map((text) => ({
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'text_delta', text },
        })),
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
        { type: 'message_stop', 'amazon-bedrock-invocationMetrics': metrics },
      ].map(chunk),
    textIn: claudeText,
    whole: (text) => ({ type: 'message', content: [{ type: 'text', text }], stop_reason: 'end_turn' }),
  },

  /** Text before thinking and after it, and a tool use: every block that a reply may have. */
  converseBlocks: {
    asking: {},
    frames: (words) => {
      const delta = (contentBlockIndex: number, delta: unknown) =>
        event('contentBlockDelta', { contentBlockIndex, delta });
      const stop = (contentBlockIndex: number) => event('contentBlockStop', { contentBlockIndex });
      return [
        event('messageStart', { role: 'assistant' }),
        ...before(words).map((text) => delta(0, { text })),
        stop(0),
        ...words.map((text) => delta(1, { reasoningContent: { text } })),
        delta(1, { reasoningContent: { signature: 'c2lnbmVk' } }),
        stop(1),
        delta(2, { reasoningContent: { redactedContent: 'c2VjcmV0' } }),
        stop(2),
        ...after(words).map((text) => delta(3, { text })),
        stop(3),
        event('contentBlockStart', {
          ...{ contentBlockIndex: 4, start: { toolUse: { toolUseId: 'tooluse_1', name: 'read' } } },
        }),
        ...['', '{"wor', 'ds": ', JSON.stringify(words), '}'].map((input) =>
          delta(4, { toolUse: { input } }),
        ),
        stop(4),
        event('messageStop', { stopReason: 'tool_use' }),
        event('metadata', { usage, metrics: { latencyMs: 31 } }),
      ];
    },
    textIn: converseText,
    whole: (text) => ({
      output: {
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Well.', signature: 'c2lnbmVk' } } },
            { text },
            { toolUse: { toolUseId: 'tooluse_1', name: 'read', input: {} } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage,
    }),
    hasGaps: true,
  },

  claudeBlocks: {
    asking: { api: 'invoke', body: 'claudeMessages' },
    frames: (words) => {
      const start = (index: number, content_block: unknown) => ({
        ...{ type: 'content_block_start', index, content_block },
      });
      const delta = (index: number, delta: unknown) => ({ type: 'content_block_delta', index, delta });
      const stop = (index: number) => ({ type: 'content_block_stop', index });
      const texts = (index: number, pieces: readonly string[]) => [
        start(index, { type: 'text', text: '' }),
        ...pieces.map((text) => delta(index, { type: 'text_delta', text })),
        stop(index),
      ];
      return [
        { type: 'message_start', message: { usage: { input_tokens: 12, output_tokens: 1 } } },
        ...texts(0, before(words)),
        start(1, { type: 'thinking', thinking: '', signature: '' }),
        ...words.map((thinking) => delta(1, { type: 'thinking_delta', thinking })),
        delta(1, { type: 'signature_delta', signature: 'c2lnbmVk' }),
        stop(1),
        start(2, { type: 'redacted_thinking', data: 'c2VjcmV0' }),
        stop(2),
        ...texts(3, after(words)),
        start(4, { type: 'tool_use', id: 'toolu_1', name: 'read', input: {} }),
        ...['', '{"wor', 'ds": ', JSON.stringify(words), '}'].map((partial_json) =>
          delta(4, { type: 'input_json_delta', partial_json }),
        ),
        stop(4),
        { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 7 } },
        { type: 'message_stop', 'amazon-bedrock-invocationMetrics': metrics },
      ].map(chunk);
    },
    textIn: claudeText,
    whole: (text) => ({
      type: 'message',
      content: [
        { type: 'thinking', thinking: 'Well.', signature: 'c2lnbmVk' },
        { type: 'text', text },
        { type: 'tool_use', id: 'toolu_1', name: 'read', input: {} },
      ],
      stop_reason: 'tool_use',
    }),
    hasGaps: true,
  },

  claudeText: {
    asking: { api: 'invoke', body: 'claudeText' },
    frames: (words) =>
      [
        ...words.map((completion) => ({ completion, stop_reason: null, stop: null })),
        { completion: '', stop_reason: 'stop_sequence', 'amazon-bedrock-invocationMetrics': metrics },
      ].map(chunk),
    textIn: (_type, json) => of(json, 'completion'),
    whole: (completion) => ({ completion, stop_reason: 'stop_sequence' }),
  },

  titanText: {
    asking: { api: 'invoke', body: 'titanText' },
    frames: (words) =>
      [
        ...words.map((outputText) => ({
          outputText,
          index: 0,
          completionReason: null,
          inputTextTokenCount: 12,
        })),
        { outputText: '', index: 0, totalOutputTextTokenCount: 7, completionReason: 'FINISH' },
      ].map(chunk),
    textIn: (_type, json) => of(json, 'outputText'),
    whole: (outputText) => ({
      inputTextTokenCount: 12,
      results: [{ tokenCount: 7, outputText, completionReason: 'FINISH' }],
    }),
  },
};

/** Bytes that are sent as they are, in place of JSON. */
export class Raw {
  constructor(readonly bytes: string) {}
}

/** `frame` with valid checksums, whatever is in it. */
export function sealed({ headers, payload }: Frame): Buffer {
  const isChunk = headers[':event-type'] === 'chunk';
  return encodeFrame(
    headers,
    Buffer.from(payload instanceof Raw ? payload.bytes : written(payload, isChunk)),
  );
}

function written(payload: unknown, isChunk: boolean): string {
  const bytes = isChunk ? of(payload, 'bytes') : undefined;
  if (bytes === undefined) return JSON.stringify(payload);
  // A model's own JSON, in base64; whatever was put in the place of an object travels as it is.
  const inner = typeof bytes === 'object' ? Buffer.from(JSON.stringify(bytes)).toString('base64') : bytes;
  return JSON.stringify({ ...(payload as object), bytes: inner });
}

/** All the text that `frames` carry, in their order, by whoever reads as leniently as can be. */
export function textOf(kind: Kind, frames: readonly Frame[]): string {
  return frames
    .filter(({ headers }) => (headers[':message-type'] ?? 'event') === 'event')
    .map(({ headers, payload }) => {
      const type = headers[':event-type'];
      return kind.textIn(type, type === 'chunk' ? of(payload, 'bytes') : payload);
    })
    .filter((text) => typeof text === 'string')
    .join('');
}
