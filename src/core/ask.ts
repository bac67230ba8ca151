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
import type { CachingRefusals, Ports, GatewayQuirks, Route } from './model/ports';
import type { ReplyEvent } from './model/reply';
import type { Request } from './model/request';
import type { GuardrailPolicy } from './model/guardrail';
import type { RetryReason } from './model/attemptRecord';
import type { Plan } from './model/attempt';
import { Recording } from './wire/recording';

/** Sends a prompt; see ask(). */
export type Ask = (request: Request, signal: AbortSignal) => AsyncIterable<ReplyEvent>;

/**
 * Sends `request` and yields events, ending with exactly one `ended`. Never throws. Aborting `signal`, or leaving the
 * loop early, closes the connection.
 *
 * Pieces of text that arrive at once are yielded as one event. If `ports` has a ledger, it receives each event.
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
  const quirksKey = gatewayKey(request.gateway.address, request.authentication);
  const connection = new AbortController();
  const abort = () => connection.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();

  const limit = requiredLimit(request);
  const retries: RetryReason[] = [];
  let plan = firstPlan(request, routeFor(quirks.get(quirksKey)), quirks.cachingRefusals);
  const isUncachedStream = plan.streams && (await streamsNotCached(request, ports, connection.signal));
  if (isUncachedStream) plan = { ...plan, streams: false };
  let hasVisibleText = false;
  let idleTimeout: IdleTimeoutError | undefined;
  const onIdleTimeout = (what: IdleTimeoutError) => {
    idleTimeout = what;
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

      const state: AttemptState = {};
      const startedAt = clock.now();
      const recording = new Recording({ attempt: number, operation, ...(because && { because }), startedAt });
      const timeouts = timeoutsFor(plan);
      const unwatch = watchIdle(clock, timeouts, () => recording.progress, onIdleTimeout);
      let failure: Failure;
      try {
        const currentPlan = plan;
        const parts = coalesce(
          (emit) =>
            exchange(request, currentPlan, ports, { signal: connection.signal, state, recording }, emit),
          connection.signal,
          clock,
        );
        let next = await parts.next();
        let policies: readonly GuardrailPolicy[] | undefined;
        let firstSeen: Promise<number | undefined> | undefined;
        for (; !next.done && !signal.aborted; next = await parts.next()) {
          if (next.value.type === 'guardrail') policies = next.value.policies;
          else if (next.value.type === 'response') {
            // Looked up while the reply arrives.
            if (next.value.requestIds.cache === 'HIT')
              firstSeen = firstSeenAt(request, ports, connection.signal);
          } else if (next.value.type !== 'usage') hasVisibleText = true;
          yield next.value;
        }
        if (!next.done) {
          // Many frames may have arrived before the stop; none is shown after it.
          yield { type: 'attemptEnded', record: recording.end(state, { stopped: true }) };
          yield { type: 'ended', outcome: { kind: 'stopped' } };
          return;
        }
        const observed = observedQuirks(plan, retries);
        if (Object.keys(observed).length > 0) quirks.update(quirksKey, observed);
        if (retries.includes('cachePointsDropped')) quirks.cachingRefusals.add(request);
        yield { type: 'attemptEnded', record: recording.end(state) };
        const seenAt = await firstSeen;
        if (seenAt !== undefined) yield { type: 'cacheHit', firstSeenAt: seenAt };
        yield { type: 'ended', outcome: ending(next.value, state.response, policies) };
        return;
      } catch (error) {
        failure = classify(idleTimeout ?? error, { ...state, head: recording.head, hasVisibleText }, request);
      } finally {
        unwatch();
      }
      const end = signal.aborted ? { stopped: true as const } : { failure: failure.kind };
      yield { type: 'attemptEnded', record: recording.end(state, end) };
      if (state.profileCredentials && rejections.has(failure.kind)) profiles.forget(state.profileCredentials);

      // A gateway that changed bytes once will do so again.
      if (failure.kind === 'streamDamaged' && hasVisibleText) quirks.update(quirksKey, { stream: 'damaged' });

      const retry: Retry | undefined = signal.aborted
        ? undefined
        : retryPolicy(failure, { plan, retries, hasVisibleText, now: clock.now() }, request);
      if (!retry) {
        if (state.response && state.response.status >= 300)
          yield { type: 'response', status: state.response.status, requestIds: state.response.requestIds };
        yield { type: 'ended', outcome: outcomeOf(failure, hasVisibleText, signal) };
        return;
      }
      log.info(`${request.id}: ${failure.kind}; retrying in ${retry.wait} ms (${retry.because})`);
      if (retry.wait > 0) {
        yield { type: 'waiting', until: clock.now() + retry.wait, failure };
        await clock.wait(retry.wait, signal);
        if (signal.aborted) {
          yield { type: 'ended', outcome: { kind: 'stopped' } };
          return;
        }
      }
      retries.push(retry.because);
      plan = retry.plan;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Leaving a stream early does not stop the server; closing the connection does.
    connection.abort();
  }
}

/** Failures that mean that the credentials will not become valid again. */
const rejections: ReadonlySet<string> = new Set(['awsSessionExpired', 'awsKeyUnknown']);

function firstPlan(request: Request, route: Route, refusals: CachingRefusals): Plan {
  return {
    ...route,
    streams: route.streams && request.target.stream === 'auto',
    clockOffset: 0,
    ...(refusals.has(request) && { withoutCachePoints: true }),
  };
}

/** What a success after these retries shows about the gateway. */
function observedQuirks(plan: Plan, retries: readonly RetryReason[]): GatewayQuirks {
  return {
    ...(retries.includes('colonRewritten') && { colon: plan.colon }),
    ...(retries.includes('streamDamaged') && { stream: 'damaged' }),
  };
}
