// The whole product without a screen: a prompt goes in, events come out.
import { firstAskedAt, streamIsNotKept } from './activity/recall';
import { recorded } from './activity/withLedger';
import { type Next, nextAttempt } from './retryPolicy';
import { requiredLimit } from './bedrock/codecs';
import { operationOf } from './model/operation';
import { type Seen, exchange } from './exchange';
import type { Failure } from './model/failure';
import { classify } from './failures/classify';
import type { Overdue } from './model/errors';
import { gathered } from './coalesce';
import { routeOf, wayOf } from './gateway/quirks';
import { ending, outcomeOf } from './outcome';
import { patienceFor, watchFor } from './timeouts';
import type { Ports, Learned, Route } from './model/ports';
import type { ReplyEvent } from './model/reply';
import type { Request } from './model/request';
import type { Policy } from './model/guardrail';
import type { Again } from './model/attemptRecord';
import type { Plan } from './model/attempt';
import { Recording } from './wire/recording';

/** Sends a prompt; see ask(). */
export type Ask = (request: Request, signal: AbortSignal) => AsyncIterable<ReplyEvent>;

/**
 * Sends `request` and yields what happens, until exactly one `ended`. Never throws. Aborting `signal`, or
 * leaving the loop early, closes the connection.
 *
 * Pieces of text that lie ready at once come as one event. A ledger among `ports` is told of each event.
 */
export function ask(request: Request, ports: Ports, signal: AbortSignal): AsyncIterableIterator<ReplyEvent> {
  const events = attempts(request, ports, signal);
  return ports.ledger ? recorded(events, ports.ledger.begin(request)) : events;
}

async function* attempts(
  request: Request,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent, void> {
  const { clock, log, profiles, routes } = ports;
  const way = wayOf(request.gateway.address, request.authentication);
  const connection = new AbortController();
  const abort = () => connection.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();

  const limit = requiredLimit(request);
  const agains: Again[] = [];
  let plan = firstPlan(request, routeOf(routes.recall(way)));
  const notKept = plan.streams && (await streamIsNotKept(request, ports, connection.signal));
  if (notKept) plan = { ...plan, streams: false };
  let shown = false;
  let late: Overdue | undefined;
  const expire = (what: Overdue) => {
    late = what;
    abort();
  };
  try {
    for (let number = 1; ; number++) {
      const because = agains.at(-1);
      const operation = operationOf(request.target.api, plan.streams);
      yield {
        type: 'attempt',
        number,
        operation,
        ...(because && { because }),
        ...(limit !== undefined && { limit }),
        ...(notKept && { notKept }),
      };

      const seen: Seen = {};
      const startedAt = clock.now();
      const recording = new Recording({ attempt: number, operation, ...(because && { because }), startedAt });
      const patience = patienceFor(plan);
      const unwatch = watchFor(clock, patience, () => recording.progress, expire);
      let failed: Failure;
      try {
        const sending = plan;
        const parts = gathered(
          (take) => exchange(request, sending, ports, { signal: connection.signal, seen, recording }, take),
          connection.signal,
        );
        let next = await parts.next();
        let policies: readonly Policy[] | undefined;
        let asked: Promise<number | undefined> | undefined;
        for (; !next.done && !signal.aborted; next = await parts.next()) {
          if (next.value.type === 'guarded') policies = next.value.policies;
          else if (next.value.type === 'answered') {
            // Looked up while the reply arrives.
            if (next.value.trace.cache === 'HIT') asked = firstAskedAt(request, ports, connection.signal);
          } else if (next.value.type !== 'usage') shown = true;
          yield next.value;
        }
        if (!next.done) {
          // Frames that arrived before the stop may be many; none is shown after it.
          yield { type: 'wire', wire: recording.end(seen, { stopped: true }) };
          yield { type: 'ended', outcome: { kind: 'stopped' } };
          return;
        }
        const known = learned(plan, agains);
        if (Object.keys(known).length > 0) routes.remember(way, known);
        yield { type: 'wire', wire: recording.end(seen) };
        const firstAsked = await asked;
        if (firstAsked !== undefined) yield { type: 'repeated', firstAsked };
        yield { type: 'ended', outcome: ending(next.value, seen.answer, policies) };
        return;
      } catch (error) {
        failed = classify(late ?? error, { ...seen, head: recording.head, shown }, request);
      } finally {
        unwatch();
      }
      const how = signal.aborted ? { stopped: true as const } : { failure: failed.kind };
      yield { type: 'wire', wire: recording.end(seen, how) };
      if (seen.profileCredentials && refusals.has(failed.kind)) profiles.forget(seen.profileCredentials);

      // Where bytes were changed once, they will be again.
      if (failed.kind === 'streamDamaged' && shown) routes.remember(way, { stream: 'damaged' });

      const again: Next | undefined = signal.aborted
        ? undefined
        : nextAttempt(failed, { plan, agains, shown, now: clock.now() }, request);
      if (!again) {
        if (seen.answer && seen.answer.status >= 300)
          yield { type: 'answered', status: seen.answer.status, trace: seen.answer.trace };
        yield { type: 'ended', outcome: outcomeOf(failed, shown, signal) };
        return;
      }
      log.info(`${request.id}: ${failed.kind}; again in ${again.wait} ms (${again.because})`);
      if (again.wait > 0) {
        yield { type: 'waiting', until: clock.now() + again.wait, failure: failed };
        await clock.wait(again.wait, signal);
        if (signal.aborted) {
          yield { type: 'ended', outcome: { kind: 'stopped' } };
          return;
        }
      }
      agains.push(again.because);
      plan = again.plan;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Leaving a stream early does not stop its sender; closing the connection does.
    connection.abort();
  }
}

/** What AWS says of credentials that will not get better. */
const refusals: ReadonlySet<string> = new Set(['awsSessionExpired', 'awsKeyUnknown']);

function firstPlan(request: Request, route: Route): Plan {
  return { ...route, streams: route.streams && request.target.stream === 'auto', clockOffset: 0 };
}

/** What a success after `agains` says about the gateway. */
function learned(plan: Plan, agains: readonly Again[]): Learned {
  return {
    ...(agains.includes('colonRewritten') && { colon: plan.colon }),
    ...(agains.includes('streamDamaged') && { stream: 'damaged' }),
  };
}
