// Checks the model with one tiny prompt, sent like every prompt: whether the model replies, whether its stream arrives
// intact, and the ID of the gateway's log. A second prompt tests whether the gateway caches such a reply.
import { ask } from '../ask';
import { classify } from '../failures/classify';
import { IdleTimeoutError } from '../model/errors';
import { mediaType } from '../gateway/response';
import { memoryQuirks, gatewayKey } from '../gateway/quirks';
import type { Ports, GatewayQuirks } from '../model/ports';
import {
  type Outcome,
  type ReplyEvent,
  type ReplyProgress,
  abandoned,
  newProgress,
  reduceProgress,
} from '../model/reply';
import { textBlock } from '../model/content';
import { type Request, frozen } from '../model/request';
import { maxTokensOut } from './bounds';
import type { CheckContext } from './context';
import { StageFailed, StoppedByUser, failedStage } from './target';
import type { CheckEvent, CheckStage } from './report';

/** s; the shortest that Cloudflare accepts. */
const cacheTtl = 60;

/** A prompt of the check, and the progress of its reply. */
interface Sending {
  readonly prompt: Request;
  progress: ReplyProgress;
}

/** `known` are the stored quirks: tests that cost a prompt are not repeated. */
export async function* checkModel(
  context: CheckContext,
  known: GatewayQuirks,
): AsyncGenerator<CheckEvent, void> {
  const streams = context.request.target.stream === 'auto';
  const testsCache = streams && known.streamCache === undefined;
  const prompt = promptOf(context.request, testsCache ? cacheTtl : 0);
  yield { type: 'running', stage: 'model' };
  const { clock } = context.ports;
  const sending: Sending = { prompt, progress: newProgress(clock.now()) };
  let hasOutput = false;
  for await (const event of sendPrompt(context, sending)) {
    if (event.type !== 'text' && event.type !== 'reasoning') yield event;
    else if (!hasOutput) {
      hasOutput = true;
      yield* modelPassed(clock.now() - sending.progress.startedAt, sending);
    }
  }
  const { outcome, requestIds } = sending.progress;
  if (!endedWell(outcome)) throw failedBy(outcome, hasOutput ? 'stream' : 'model');
  if (!hasOutput) yield* modelPassed(undefined, sending);
  const stream = streams ? streamOf(sending.progress) : undefined;
  if (stream) yield { type: 'quirksObserved', quirks: { stream } };
  yield {
    type: 'passed',
    stage: 'stream',
    result: { arrives: stream ?? 'notStreamed' },
    ...(stream === 'damaged' && { warning: { kind: 'streamDamaged' } }),
  };

  yield { type: 'running', stage: 'log' };
  const { logs } = context.request.gateway;
  yield {
    type: 'passed',
    stage: 'log',
    result: { logs, ...(requestIds.logId && { logId: requestIds.logId }) },
    ...(!requestIds.logId && logs !== 'none' && { warning: { kind: 'noLogId' } }),
    requestIds,
  };

  if (testsCache && stream !== 'damaged') yield* testCache(context, prompt);
}

/** The model's first text arrived, `firstText` ms after the request; undefined for a reply without text. */
function* modelPassed(
  firstText: number | undefined,
  { progress: { requestIds } }: Sending,
): Generator<CheckEvent, void> {
  const result = firstText === undefined ? {} : { firstText };
  yield { type: 'passed', stage: 'model', result, requestIds };
  yield { type: 'running', stage: 'stream' };
}

/** Sends the same prompt again, with another signature: a cache that includes the signature in its key would miss. */
async function* testCache(context: CheckContext, prompt: Request): AsyncGenerator<CheckEvent, void> {
  const { clock } = context.ports;
  yield { type: 'runningExtra', extra: 'streamCache' };
  // The signature changes every second.
  await clock.wait(1000, context.signal);
  const repeated = { ...prompt, id: crypto.randomUUID() };
  const sending: Sending = { prompt: repeated, progress: newProgress(clock.now()) };
  for await (const event of sendPrompt(context, sending, { streamsOnly: true }))
    if (event.type === 'prompt' || event.type === 'usage') yield event;
  const { outcome, requestIds, damaged } = sending.progress;
  if (damaged) return;
  if (outcome?.kind === 'stopped') throw new StoppedByUser();
  if (outcome?.kind === 'done')
    yield {
      type: 'quirksObserved',
      quirks: { streamCache: requestIds.cache === 'HIT' ? 'kept' : 'notKept' },
    };
}

function promptOf(request: Request, cacheTtl: number): Request {
  // Unique, so that no cache has it.
  const text = `Connection check ${crypto.randomUUID().slice(0, 8)}. Answer with OK.`;
  return frozen({
    ...request,
    surface: 'check',
    messages: [{ role: 'user', content: [textBlock(text)] }],
    sources: [],
    parameters: { maxTokens: maxTokensOut },
    gateway: { ...request.gateway, cacheTtl },
  });
}

type SendEvent = Extract<ReplyEvent, { type: 'text' | 'reasoning' | 'usage' }> | { readonly type: 'prompt' };

/**
 * Sends a prompt. Yields its text and usage, and a `prompt` for each attempt that was sent and may be charged;
 * `sending.progress` has ended afterwards. Ends where ask() would wait before another attempt, since the user can check
 * again; when nothing arrived for `limits.model`; and, if `streamsOnly`, when the stream arrived damaged.
 */
async function* sendPrompt(
  context: CheckContext,
  sending: Sending,
  { streamsOnly = false } = {},
): AsyncGenerator<SendEvent, void> {
  const { signal, limits, ports } = context;
  const { clock } = ports;
  const timeout = new AbortController();
  const expire = () => timeout.abort();
  let stop = clock.every(limits.model, expire);
  /** A chargeable attempt has begun, but was not sent yet. */
  let pending = false;
  const promptSent = function* (): Generator<SendEvent> {
    if (pending) yield { type: 'prompt' };
    pending = false;
  };
  try {
    for await (const event of ask(
      sending.prompt,
      portsOf(context),
      AbortSignal.any([signal, timeout.signal]),
    )) {
      sending.progress = reduceProgress(sending.progress, event, clock.now());
      const { damaged, waiting } = sending.progress;
      if (waiting || (streamsOnly && damaged)) break;
      switch (event.type) {
        case 'attempt':
          // Attempts that were repeated for other reasons were refused before they ran.
          pending = !event.because || damaged === true;
          break;
        case 'attemptEnded':
          if (event.record.sent) yield* promptSent();
          break;
        case 'response':
          yield* promptSent();
          break;
        case 'text':
        case 'reasoning':
        case 'usage':
          stop();
          stop = clock.every(limits.model, expire);
          yield event;
          break;
        // Not relevant for a check.
        case 'blockEnd':
        case 'toolUse':
        case 'waiting':
        case 'guardrail':
        case 'cacheHit':
        case 'ended':
          break;
      }
    }
  } finally {
    stop();
    sending.progress = withOutcome(sending, context, timeout.signal);
  }
}

/** The final progress of a prompt, also if it was given up. */
function withOutcome(
  { prompt, progress }: Sending,
  { limits, ports }: CheckContext,
  timeout: AbortSignal,
): ReplyProgress {
  const ended = abandoned(progress, ports.clock.now());
  if (ended.outcome?.kind !== 'stopped' || !timeout.aborted) return ended;
  const idleTimeout = new IdleTimeoutError(progress.responded ? 'body' : 'response', limits.model);
  return { ...ended, outcome: { kind: 'failed', failure: classify(idleTimeout, {}, prompt) } };
}

/** The ports of this check: with the quirks that it observed, and AWS's clock. */
function portsOf({ ports, request, quirks: observedQuirks, clockOffset }: CheckContext): Ports {
  const quirks = memoryQuirks();
  quirks.update(gatewayKey(request.gateway.address, request.authentication), observedQuirks);
  const { clock } = ports;
  return {
    ...ports,
    quirks,
    clock: { ...clock, now: () => clock.now() + clockOffset },
  };
}

function streamOf({ damaged, records, outcome }: ReplyProgress): NonNullable<GatewayQuirks['stream']> {
  if (damaged || outcome?.kind === 'cut') return 'damaged';
  const contentType = records.at(-1)?.response?.headers.find(([name]) => name === 'content-type')?.[1];
  return mediaType(contentType) === 'application/json' ? 'whole' : 'intact';
}

/** If a stream arrived damaged after its first text, it is not requested again: later prompts are not streamed. */
function endedWell(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'done' || (outcome?.kind === 'cut' && outcome.failure.kind === 'streamDamaged');
}

function failedBy(outcome: Outcome | undefined, current: CheckStage): Error {
  if (!outcome || !('failure' in outcome)) return new StoppedByUser();
  return new StageFailed(failedStage(outcome.failure, current), outcome.failure);
}
