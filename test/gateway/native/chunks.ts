// What the streams of all models' own bodies share.
import { brokenOff } from '../brokenOff.js';
import { chunkFrame } from '../frames.js';
import type { Frame, Voice } from '../operations.js';
import type { Reply } from '../reply.js';

const latency = ({ firstByte, pace, deltas }: Reply) =>
  Number.isFinite(firstByte) ? 40 + firstByte + pace * deltas.length : 40;

/** What Bedrock adds to the last chunk. */
export function metrics(reply: Reply): object {
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens } = reply.usage;
  return {
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: inputTokens,
      outputTokenCount: outputTokens,
      invocationLatency: latency(reply),
      firstByteLatency: 40,
      ...(cacheReadInputTokens && { cacheReadInputTokenCount: cacheReadInputTokens }),
      ...(cacheWriteInputTokens && { cacheWriteInputTokenCount: cacheWriteInputTokens }),
    },
  };
}

/** How InvokeModel tells of a guardrail of Bedrock's: beside the model's own stop reason, and under other names. */
export function guardrail({ stopReason, guarded }: Reply): object {
  const intervened = stopReason === 'guardrail_intervened' || guarded?.intervened;
  if (!intervened && !guarded) return {};
  const { input, outputs = {} } = guarded?.trace ?? {};
  const listed = Object.entries(outputs).flatMap(([id, assessments]) =>
    assessments.map((assessment) => ({ [id]: assessment })),
  );
  return {
    'amazon-bedrock-guardrailAction': intervened ? 'INTERVENED' : 'NONE',
    ...(input && { 'amazon-bedrock-trace': { guardrail: { input, outputs: listed } } }),
  };
}

export const headers: NonNullable<Voice['headers']> = (reply) => ({
  whole: {
    'x-amzn-bedrock-invocation-latency': String(latency(reply)),
    'x-amzn-bedrock-input-token-count': String(reply.usage.inputTokens),
    'x-amzn-bedrock-output-token-count': String(reply.usage.outputTokens),
  },
  stream: { 'x-amzn-bedrock-content-type': 'application/json' },
});

/** A stream of texts alone: each delta a chunk, and `last` the one that ends the reply. */
export function textFrames(reply: Reply, chunk: (delta: string) => object, last: object): Frame[] {
  const frames: Frame[] = reply.deltas.map((delta, index) => ({
    bytes: chunkFrame(chunk(delta)),
    delta: index,
  }));
  const { ending } = reply;
  if (ending === 'complete') return [...frames, { bytes: chunkFrame(last) }];
  return [...frames, ...brokenOff(ending, chunkFrame(last))];
}
