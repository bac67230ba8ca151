// One tiny prompt, sent as every prompt is, tells whether the model answers, whether its stream arrives intact,
// and under which ID the gateway logged it; another like it, whether the gateway's cache keeps such a reply.
import { ask } from '../ask';
import { classify } from '../failures/classify';
import { IdleTimeoutError } from '../model/errors';
import { mediaType } from '../gateway/response';
import { memoryQuirks, gatewayKey } from '../gateway/quirks';
import type { Ports, GatewayQuirks } from '../model/ports';
import type { Outcome, ReplyEvent } from '../model/reply';
import { type Request, frozen, textBlock } from '../model/request';
import type { RequestIds } from '../model/requestIds';
import type { AttemptRecord } from '../model/attemptRecord';
import { maxTokensOut } from './bounds';
import type { CheckContext } from './walk';
import { StageFailed, StoppedByUser, failedStage } from './target';
import type { CheckEvent, CheckStage } from './report';

/** s; the shortest that Cloudflare takes. */
const cacheTtl = 60;

/** What is seen of a reply as it arrives. */
interface Seen {
  damaged?: true;
  trace: RequestIds;
  /** Of the latest answer; lower case, without parameters. */
  contentType: string;
  outcome?: Outcome;
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
  const seen: Seen = { trace: {}, contentType: '' };
  const began = walk.ports.clock.now();
  let answers = false;
  for await (const event of sent(walk, prompt, seen)) {
    if (event.type !== 'text' && event.type !== 'reasoning') yield event;
    else if (!answers) {
      answers = true;
      yield* answeredAfter(walk.ports.clock.now() - began, seen);
    }
  }
  const { outcome, trace } = seen;
  if (!endedWell(outcome)) throw failedBy(outcome, answers ? 'stream' : 'model');
  if (!answers) yield* answeredAfter(undefined, seen);
  const stream = streams ? streamOf(seen) : undefined;
  if (stream) yield { type: 'learned', quirks: { stream } };
  yield {
    type: 'passed',
    stage: 'stream',
    found: { arrives: stream ?? 'notAsked' },
    ...(stream === 'damaged' && { caution: { kind: 'streamDamaged' } }),
  };

  yield { type: 'running', stage: 'log' };
  const { logs } = walk.request.gateway;
  yield {
    type: 'passed',
    stage: 'log',
    found: { logs, ...(trace.logId && { logId: trace.logId }) },
    ...(!trace.logId && logs !== 'none' && { caution: { kind: 'noLogId' } }),
    trace,
  };

  if (settlesCache && stream !== 'damaged') yield* settleCache(walk, prompt);
}

/** The model's first word is here, `firstText` ms after it was asked; absent for a reply without any. */
function* answeredAfter(firstText: number | undefined, { trace }: Seen): Generator<CheckEvent, void> {
  const found = firstText === undefined ? {} : { firstText };
  yield { type: 'passed', stage: 'model', found, trace };
  yield { type: 'running', stage: 'stream' };
}

/** The same prompt again, by another signature: a cache that goes by that would not know it. */
async function* settleCache(walk: CheckContext, prompt: Request): AsyncGenerator<CheckEvent, void> {
  const { clock } = walk.ports;
  yield { type: 'asking', extra: 'streamCache' };
  // A signature holds for a second.
  await clock.wait(1000, walk.signal);
  const seen: Seen = { trace: {}, contentType: '' };
  for await (const event of sent(walk, { ...prompt, id: crypto.randomUUID() }, seen, { streamsOnly: true }))
    if (event.type === 'prompt' || event.type === 'usage') yield event;
  if (seen.outcome?.kind === 'stopped') throw new StoppedByUser();
  if (seen.outcome?.kind === 'done')
    yield { type: 'learned', quirks: { streamCache: seen.trace.cache === 'HIT' ? 'kept' : 'notKept' } };
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

type Told = Extract<ReplyEvent, { type: 'text' | 'reasoning' | 'usage' }> | { readonly type: 'prompt' };

/**
 * What comes of a prompt, and a `prompt` for each that has left and may be charged; `seen` is filled. Where ask()
 * would wait before another attempt it ends: whoever watches can check again. It also ends when nothing came for
 * `limits.model`.
 */
async function* sent(
  walk: CheckContext,
  prompt: Request,
  seen: Seen,
  { streamsOnly = false } = {},
): AsyncGenerator<Told, void> {
  const { signal, limits, ports } = walk;
  const late = new AbortController();
  const expire = () => late.abort();
  let stop = ports.clock.every(limits.model, expire);
  let missing: IdleTimeoutError['missing'] = 'answer';
  /** Of an attempt that can be charged, and did not leave yet. */
  let pending = false;
  const left = function* (): Generator<Told> {
    if (pending) yield { type: 'prompt' };
    pending = false;
  };
  try {
    for await (const event of ask(prompt, portsOf(walk), AbortSignal.any([signal, late.signal]))) {
      switch (event.type) {
        case 'attempt':
          if (event.because === 'streamDamaged') {
            seen.damaged = true;
            if (streamsOnly) return;
          }
          // The others were refused before they were run.
          pending = !event.because || seen.damaged === true;
          break;
        case 'waiting':
          seen.outcome = { kind: 'failed', failure: event.failure };
          return;
        case 'wire':
          seen.contentType = contentTypeOf(event.wire);
          if (event.wire.sent) yield* left();
          break;
        case 'answered':
          seen.trace = event.trace;
          missing = 'more';
          yield* left();
          break;
        case 'ended':
          seen.outcome =
            event.outcome.kind === 'stopped' && late.signal.aborted
              ? { kind: 'failed', failure: classify(new IdleTimeoutError(missing, limits.model), {}, prompt) }
              : event.outcome;
          return;
        case 'text':
        case 'reasoning':
        case 'usage':
          stop();
          stop = ports.clock.every(limits.model, expire);
          yield event;
          break;
        // Which policies looked at it, or who asked it before, is nothing that is checked here.
        case 'guarded':
        case 'repeated':
          break;
      }
    }
  } finally {
    stop();
  }
}

function contentTypeOf({ answered }: AttemptRecord): string {
  return mediaType(answered?.headers.find(([name]) => name === 'content-type')?.[1]);
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

function streamOf({ damaged, contentType, outcome }: Seen): NonNullable<GatewayQuirks['stream']> {
  if (damaged || outcome?.kind === 'cut') return 'damaged';
  return contentType === 'application/json' ? 'whole' : 'intact';
}

/** A stream that was damaged after its first words is not asked for again: prompts are known to go without. */
function endedWell(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'done' || (outcome?.kind === 'cut' && outcome.failure.kind === 'streamDamaged');
}

function failedBy(outcome: Outcome | undefined, current: CheckStage): Error {
  if (!outcome || !('failure' in outcome)) return new StoppedByUser();
  return new StageFailed(failedStage(outcome.failure, current), outcome.failure);
}
