// The Converse API's reply, streamed or not:
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
import { interruption } from './brokenOff.js';
import { eventFrame } from './frames.js';
import type { Frame } from './operations.js';
import { type Ending, type Reply, isRefusal } from './reply.js';

const latency = ({ pace, firstByte, deltas }: Reply) =>
  Number.isFinite(firstByte) ? 40 + firstByte + pace * deltas.length : 40;

const signature = 'c3RhbmQtaW4gc2lnbmF0dXJl';

export function wholeConverse(reply: Reply): object {
  const { deltas, reasoning, stopReason, usage } = reply;
  const thought = { reasoningContent: { reasoningText: { text: reasoning.join(''), signature } } };
  const content = [
    ...(reasoning.length ? [thought] : []),
    ...(deltas.length ? [{ text: deltas.join('') }] : []),
  ];
  const metrics = { latencyMs: latency(reply) };
  return { metrics, output: { message: { role: 'assistant', content } }, stopReason, usage, ...trace(reply) };
}

/** A guardrail's trace, in Converse's format. */
function trace({ guardrail }: Reply): object {
  if (!guardrail?.trace) return {};
  const { input, outputs } = guardrail.trace;
  const actionReason = guardrail.intervened ? 'Guardrail blocked.' : 'No action.';
  return {
    trace: { guardrail: { inputAssessment: input, outputAssessments: outputs, actionReason } },
  };
}

export function converseFrames(reply: Reply): Frame[] {
  if (isRefusal(reply)) return closingFrames(reply, reply.ending);
  const reasoning = reply.reasoning.map((text) => ({ reasoningContent: { text } }));
  const text = reply.deltas.map((delta) => ({ text: delta }));
  const blocks = [
    { deltas: reasoning, closing: [{ reasoningContent: { signature } }] },
    { deltas: text, closing: [] },
  ].filter(({ deltas }) => deltas.length > 0);
  const frames: Frame[] = [{ bytes: eventFrame('messageStart', { role: 'assistant' }) }];
  let count = 0;
  for (const [contentBlockIndex, { deltas, closing }] of blocks.entries()) {
    const write = (delta: object) => eventFrame('contentBlockDelta', { contentBlockIndex, delta });
    for (const delta of deltas) frames.push({ bytes: write(delta), delta: count++ });
    if (contentBlockIndex === blocks.length - 1 && reply.ending !== 'complete') break;
    for (const delta of closing) frames.push({ bytes: write(delta) });
    frames.push({ bytes: eventFrame('contentBlockStop', { contentBlockIndex }) });
  }
  return [...frames, ...closingFrames(reply, reply.ending)];
}

function closingFrames(reply: Reply, ending: Ending): Frame[] {
  if (ending === 'complete') {
    const { stopReason, usage } = reply;
    return [
      { bytes: eventFrame('messageStop', { stopReason }) },
      { bytes: eventFrame('metadata', { usage, metrics: { latencyMs: latency(reply) }, ...trace(reply) }) },
    ];
  }
  return interruption(ending, eventFrame('contentBlockStop', { contentBlockIndex: 0 }));
}
