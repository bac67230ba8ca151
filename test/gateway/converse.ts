// The Converse API's reply, streamed or not:
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
import { interruption } from './brokenOff.js';
import type { ReplyBlock, ReplyBlockOf } from './content/signedReply.js';
import { eventFrame } from './frames.js';
import type { Frame } from './operations.js';
import { type Ending, type Reply, isRefusal } from './reply.js';

const latency = ({ pace, firstByte, deltas }: Reply) =>
  Number.isFinite(firstByte) ? 40 + firstByte + pace * deltas.length : 40;

interface BlockWriter<Written extends ReplyBlock> {
  readonly whole: (block: Written) => object;
  /** Only for a kind that has something to say before its first piece. */
  readonly start?: (block: Written) => object;
  readonly delta: (piece: string) => object;
  /** Said after the last piece. */
  readonly closing?: (block: Written) => object | undefined;
}

const writers: { readonly [Kind in ReplyBlock['kind']]: BlockWriter<ReplyBlockOf<Kind>> } = {
  text: { whole: ({ deltas }) => ({ text: deltas.join('') }), delta: (text) => ({ text }) },
  reasoning: {
    whole: ({ deltas, signature }) => ({
      reasoningContent: { reasoningText: { text: deltas.join(''), ...(signature && { signature }) } },
    }),
    delta: (text) => ({ reasoningContent: { text } }),
    closing: ({ signature }) => (signature ? { reasoningContent: { signature } } : undefined),
  },
  redacted: {
    whole: ({ deltas: [redactedContent] }) => ({ reasoningContent: { redactedContent } }),
    delta: (redactedContent) => ({ reasoningContent: { redactedContent } }),
  },
  toolUse: {
    whole: ({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } }),
    start: ({ id, name }) => ({ toolUse: { toolUseId: id, name } }),
    delta: (input) => ({ toolUse: { input } }),
  },
};

/** The row of a block's kind, for that block. */
const writerOf = ({ kind }: ReplyBlock) => writers[kind] as unknown as BlockWriter<ReplyBlock>;

export function wholeConverse(reply: Reply): object {
  const { blocks, stopReason, usage } = reply;
  const content = blocks.map((block) => writerOf(block).whole(block));
  const metrics = { latencyMs: latency(reply) };
  return {
    metrics,
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage,
    ...extras(reply),
  };
}

/** A guardrail's trace in Converse's format, and the service tier. */
function extras({ guardrail, serviceTier }: Reply): object {
  const tier = serviceTier !== undefined && { serviceTier: { type: serviceTier } };
  if (!guardrail?.trace) return { ...tier };
  const { input, outputs } = guardrail.trace;
  const actionReason = guardrail.intervened ? 'Guardrail blocked.' : 'No action.';
  return {
    ...tier,
    trace: { guardrail: { inputAssessment: input, outputAssessments: outputs, actionReason } },
  };
}

export function converseFrames(reply: Reply): Frame[] {
  if (isRefusal(reply)) return closingFrames(reply, reply.ending);
  const { blocks } = reply;
  const frames: Frame[] = [{ bytes: eventFrame('messageStart', { role: 'assistant' }) }];
  let count = 0;
  for (const [contentBlockIndex, block] of blocks.entries()) {
    const { start, delta, closing } = writerOf(block);
    const add = (type: string, body: object, more: Omit<Frame, 'bytes'> = {}) =>
      frames.push({ bytes: eventFrame(type, { contentBlockIndex, ...body }), ...more });
    if (start) add('contentBlockStart', { start: start(block) });
    for (const piece of block.deltas) add('contentBlockDelta', { delta: delta(piece) }, { delta: count++ });
    if (contentBlockIndex === blocks.length - 1 && reply.ending !== 'complete') break;
    const last = closing?.(block);
    if (last) add('contentBlockDelta', { delta: last });
    add('contentBlockStop', {});
  }
  return [...frames, ...closingFrames(reply, reply.ending)];
}

function closingFrames(reply: Reply, ending: Ending): Frame[] {
  if (ending === 'complete') {
    const { stopReason, usage } = reply;
    return [
      { bytes: eventFrame('messageStop', { stopReason }) },
      { bytes: eventFrame('metadata', { usage, metrics: { latencyMs: latency(reply) }, ...extras(reply) }) },
    ];
  }
  return interruption(ending, eventFrame('contentBlockStop', { contentBlockIndex: 0 }));
}
