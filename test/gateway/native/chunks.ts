// Parts of streams that all models' own formats share.
import { interruption } from '../brokenOff.js';
import { chunkFrame } from '../frames.js';
import type { Frame, ReplyFormat } from '../operations.js';
import type { Reply } from '../reply.js';

const latency = ({ firstByte, pace, deltas }: Reply) =>
  Number.isFinite(firstByte) ? 40 + firstByte + pace * deltas.length : 40;

/** The metrics that Bedrock adds to the last chunk. */
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

/** How InvokeModel reports a Bedrock guardrail: besides the model's own stop reason, with other names than Converse. */
export function guardrail({ stopReason, guardrail }: Reply): object {
  const intervened = stopReason === 'guardrail_intervened' || guardrail?.intervened;
  if (!intervened && !guardrail) return {};
  const { input, outputs = {} } = guardrail?.trace ?? {};
  const listed = Object.entries(outputs).flatMap(([id, assessments]) =>
    assessments.map((assessment) => ({ [id]: assessment })),
  );
  return {
    'amazon-bedrock-guardrailAction': intervened ? 'INTERVENED' : 'NONE',
    ...(input && { 'amazon-bedrock-trace': { guardrail: { input, outputs: listed } } }),
  };
}

export const headers: NonNullable<ReplyFormat['headers']> = (reply) => ({
  whole: {
    'x-amzn-bedrock-invocation-latency': String(latency(reply)),
    'x-amzn-bedrock-input-token-count': String(reply.usage.inputTokens),
    'x-amzn-bedrock-output-token-count': String(reply.usage.outputTokens),
  },
  stream: { 'x-amzn-bedrock-content-type': 'application/json' },
});

/** A stream of text only: each delta is a chunk, and `last` is the one that ends the reply. */
export function textFrames(reply: Reply, chunk: (delta: string) => object, last: object): Frame[] {
  const frames: Frame[] = reply.deltas.map((delta, index) => ({
    bytes: chunkFrame(chunk(delta)),
    delta: index,
  }));
  const { ending } = reply;
  if (ending === 'complete') return [...frames, { bytes: chunkFrame(last) }];
  return [...frames, ...interruption(ending, chunkFrame(last))];
}
