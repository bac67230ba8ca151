// One tiny prompt, sent as every prompt is, tells whether the model answers, whether its stream arrives intact,
// and under which ID the gateway logged it; another like it, whether the gateway's cache keeps such a reply.
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
import { type Request, frozen, textBlock } from '../model/request';
import { maxTokensOut } from './bounds';
import type { CheckContext } from './walk';
import { StageFailed, StoppedByUser, failedStage } from './target';
import type { CheckEvent, CheckStage } from './report';

/** s; the shortest that Cloudflare takes. */
const cacheTtl = 60;

/** A prompt of a check's, as its reply arrives. */
interface Sending {
  readonly prompt: Request;
  progress: ReplyProgress;
}

/** `known` is what was settled before: what costs a prompt is asked once only. */
export async function* checkModel(
  walk: CheckContext,
  known: GatewayQuirks,
): AsyncGenerator<CheckEvent, void> {
  const streams = walk.request.target.stream === 'auto';
  const settlesCache = streams && known.streamCache === undefined;
  const prompt = promptOf(walk.request, settlesCache ? cacheTtl : 0);
  yield { type: 'running', stage: 'model' };
  const { clock } = walk.ports;
  const sending: Sending = { prompt, progress: newProgress(clock.now()) };
  let answers = false;
  for await (const event of send(walk, sending)) {
    if (event.type !== 'text' && event.type !== 'reasoning') yield event;
    else if (!answers) {
      answers = true;
      yield* answeredAfter(clock.now() - sending.progress.startedAt, sending);
    }
  }
  const { outcome, requestIds } = sending.progress;
  if (!endedWell(outcome)) throw failedBy(outcome, answers ? 'stream' : 'model');
  if (!answers) yield* answeredAfter(undefined, sending);
  const stream = streams ? streamOf(sending.progress) : undefined;
  if (stream) yield { type: 'quirksObserved', quirks: { stream } };
  yield {
    type: 'passed',
    stage: 'stream',
    result: { arrives: stream ?? 'notAsked' },
    ...(stream === 'damaged' && { warning: { kind: 'streamDamaged' } }),
  };

  yield { type: 'running', stage: 'log' };
  const { logs } = walk.request.gateway;
  yield {
    type: 'passed',
    stage: 'log',
    result: { logs, ...(requestIds.logId && { logId: requestIds.logId }) },
    ...(!requestIds.logId && logs !== 'none' && { warning: { kind: 'noLogId' } }),
    requestIds,
  };

  if (settlesCache && stream !== 'damaged') yield* settleCache(walk, prompt);
}

/** The model's first word is here, `firstText` ms after it was asked; absent for a reply without any. */
function* answeredAfter(
  firstText: number | undefined,
  { progress: { requestIds } }: Sending,
): Generator<CheckEvent, void> {
  const result = firstText === undefined ? {} : { firstText };
  yield { type: 'passed', stage: 'model', result, requestIds };
  yield { type: 'running', stage: 'stream' };
}

/** The same prompt again, by another signature: a cache that goes by that would not know it. */
async function* settleCache(walk: CheckContext, prompt: Request): AsyncGenerator<CheckEvent, void> {
  const { clock } = walk.ports;
  yield { type: 'runningExtra', extra: 'streamCache' };
  // A signature holds for a second.
  await clock.wait(1000, walk.signal);
  const again = { ...prompt, id: crypto.randomUUID() };
  const sending: Sending = { prompt: again, progress: newProgress(clock.now()) };
  for await (const event of send(walk, sending, { streamsOnly: true }))
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
  // Unlike any prompt before it: no cache can know it.
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
 * What comes of a prompt, and a `prompt` for each attempt that has left and may be charged; `sending.progress` has ended
 * when this has. Where ask() would wait before another attempt it ends: whoever watches can check again. It also ends
 * when nothing came for `limits.model`, and, where only a stream counts, when that arrived damaged.
 */
async function* send(
  walk: CheckContext,
  sending: Sending,
  { streamsOnly = false } = {},
): AsyncGenerator<SendEvent, void> {
  const { signal, limits, ports } = walk;
  const { clock } = ports;
  const late = new AbortController();
  const expire = () => late.abort();
  let stop = clock.every(limits.model, expire);
  /** Of an attempt that can be charged, and did not leave yet. */
  let pending = false;
  const left = function* (): Generator<SendEvent> {
    if (pending) yield { type: 'prompt' };
    pending = false;
  };
  try {
    for await (const event of ask(sending.prompt, portsOf(walk), AbortSignal.any([signal, late.signal]))) {
      sending.progress = reduceProgress(sending.progress, event, clock.now());
      const { damaged, waiting } = sending.progress;
      if (waiting || (streamsOnly && damaged)) break;
      switch (event.type) {
        case 'attempt':
          // The others were refused before they were run.
          pending = !event.because || damaged === true;
          break;
        case 'attemptEnded':
          if (event.record.sent) yield* left();
          break;
        case 'response':
          yield* left();
          break;
        case 'text':
        case 'reasoning':
        case 'usage':
          stop();
          stop = clock.every(limits.model, expire);
          yield event;
          break;
        // Which policies looked at it, or who asked it before, is nothing that is checked here.
        case 'waiting':
        case 'guardrail':
        case 'cacheHit':
        case 'ended':
          break;
      }
    }
  } finally {
    stop();
    sending.progress = withOutcome(sending, walk, late.signal);
  }
}

/** What has become of a prompt: it was given up where it waited, or too late. */
function withOutcome(
  { prompt, progress }: Sending,
  { limits, ports }: CheckContext,
  late: AbortSignal,
): ReplyProgress {
  const ended = abandoned(progress, ports.clock.now());
  if (ended.outcome?.kind !== 'stopped' || !late.aborted) return ended;
  const missing = new IdleTimeoutError(progress.responded ? 'body' : 'response', limits.model);
  return { ...ended, outcome: { kind: 'failed', failure: classify(missing, {}, prompt) } };
}

/** The ports of this check: the route is what it has settled, the clock is AWS's. */
function portsOf({ ports, request, quirks: observed, clockOffset }: CheckContext): Ports {
  const quirks = memoryQuirks();
  quirks.update(gatewayKey(request.gateway.address, request.authentication), observed);
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

/** A stream that was damaged after its first words is not asked for again: prompts are known to go without. */
function endedWell(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'done' || (outcome?.kind === 'cut' && outcome.failure.kind === 'streamDamaged');
}

function failedBy(outcome: Outcome | undefined, current: CheckStage): Error {
  if (!outcome || !('failure' in outcome)) return new StoppedByUser();
  return new StageFailed(failedStage(outcome.failure, current), outcome.failure);
}
