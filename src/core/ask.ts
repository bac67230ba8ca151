// The whole product without a screen: a prompt goes in, events come out.
import { firstSeenAt, streamsNotCached } from './activity/recall';
import { withLedger } from './activity/withLedger';
import { type Retry, retryPolicy } from './retryPolicy';
import { requiredLimit } from './bedrock/codecs';
import { operationOf } from './model/operation';
import { type AttemptState, exchange } from './exchange';
import type { Failure } from './model/failure';
import { classify } from './failures/classify';
import type { IdleTimeoutError } from './model/errors';
import { coalesce } from './coalesce';
import { routeFor, gatewayKey } from './gateway/quirks';
import { ending, outcomeOf } from './outcome';
import { timeoutsFor, watchIdle } from './timeouts';
import type { Ports, GatewayQuirks, Route } from './model/ports';
import type { ReplyEvent } from './model/reply';
import type { Request } from './model/request';
import type { GuardrailPolicy } from './model/guardrail';
import type { RetryReason } from './model/attemptRecord';
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
  return ports.ledger ? withLedger(events, ports.ledger.begin(request)) : events;
}

async function* attempts(
  request: Request,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent, void> {
  const { clock, log, profiles, quirks } = ports;
  const way = gatewayKey(request.gateway.address, request.authentication);
  const connection = new AbortController();
  const abort = () => connection.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();

  const limit = requiredLimit(request);
  const retries: RetryReason[] = [];
  let plan = firstPlan(request, routeFor(quirks.get(way)));
  const isUncachedStream = plan.streams && (await streamsNotCached(request, ports, connection.signal));
  if (isUncachedStream) plan = { ...plan, streams: false };
  let shown = false;
  let late: IdleTimeoutError | undefined;
  const expire = (what: IdleTimeoutError) => {
    late = what;
    abort();
  };
  try {
    for (let number = 1; ; number++) {
      const because = retries.at(-1);
      const operation = operationOf(request.target.api, plan.streams);
      yield {
        type: 'attempt',
        number,
        operation,
        ...(because && { because }),
        ...(limit !== undefined && { limit }),
        ...(isUncachedStream && { streamNotCached: true as const }),
      };

      const seen: AttemptState = {};
      const startedAt = clock.now();
      const recording = new Recording({ attempt: number, operation, ...(because && { because }), startedAt });
      const patience = timeoutsFor(plan);
      const unwatch = watchIdle(clock, patience, () => recording.progress, expire);
      let failed: Failure;
      try {
        const sending = plan;
        const parts = coalesce(
          (take) => exchange(request, sending, ports, { signal: connection.signal, seen, recording }, take),
          connection.signal,
          clock,
        );
        let next = await parts.next();
        let policies: readonly GuardrailPolicy[] | undefined;
        let asked: Promise<number | undefined> | undefined;
        for (; !next.done && !signal.aborted; next = await parts.next()) {
          if (next.value.type === 'guarded') policies = next.value.policies;
          else if (next.value.type === 'answered') {
            // Looked up while the reply arrives.
            if (next.value.trace.cache === 'HIT') asked = firstSeenAt(request, ports, connection.signal);
          } else if (next.value.type !== 'usage') shown = true;
          yield next.value;
        }
        if (!next.done) {
          // Frames that arrived before the stop may be many; none is shown after it.
          yield { type: 'wire', wire: recording.end(seen, { stopped: true }) };
          yield { type: 'ended', outcome: { kind: 'stopped' } };
          return;
        }
        const known = observedQuirks(plan, retries);
        if (Object.keys(known).length > 0) quirks.update(way, known);
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
      if (failed.kind === 'streamDamaged' && shown) quirks.update(way, { stream: 'damaged' });

      const again: Retry | undefined = signal.aborted
        ? undefined
        : retryPolicy(failed, { plan, retries, shown, now: clock.now() }, request);
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
      retries.push(again.because);
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

/** What a success after these retries says about the gateway. */
function observedQuirks(plan: Plan, retries: readonly RetryReason[]): GatewayQuirks {
  return {
    ...(retries.includes('colonRewritten') && { colon: plan.colon }),
    ...(retries.includes('streamDamaged') && { stream: 'damaged' }),
  };
}
