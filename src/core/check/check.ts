// Check Connection without a screen: what a prompt passes on its way is tried hop by hop, first with requests
// that nobody can charge, then with one tiny prompt, until the first hop that fails.
import { watched } from '../exchange';
import { failure } from '../model/failure';
import { classify } from '../failures/classify';
import { wayOf } from '../gateway/quirks';
import type { Ports, Learned } from '../model/ports';
import type { Request } from '../model/request';
import { HopFailed, StoppedByUser, placeOf } from './target';
import { askModel } from './model';
import { passGateway } from './gateway';
import { type Walk, type Limits, usualLimits } from './walk';
import { passSignature } from './signature';
import type { CheckEvent } from './report';

/** Walks the hops of `request`, whose messages and parameters are the check's own; see check(). */
export type Check = (request: Request, signal: AbortSignal, limits?: Limits) => AsyncIterable<CheckEvent>;

/**
 * Tries the way of a prompt and yields what happens, until exactly one `ended`. Never throws. Aborting `signal`,
 * or leaving the loop early, closes the connection. What is settled of the gateway is remembered in
 * `ports.routes`; what was remembered before does not guide the check, so that a gateway that was mended is
 * found to be.
 *
 * The hop of the settings is passed: `request` was made of them.
 */
export async function* check(
  request: Request,
  ports: Ports,
  signal: AbortSignal,
  limits: Limits = usualLimits,
): AsyncGenerator<CheckEvent, void> {
  const leaving = new AbortController();
  const way = wayOf(request.gateway.address, request.authentication);
  const either = AbortSignal.any([signal, leaving.signal]);
  const { secrets } = watched(ports, request, either, {});
  const walk: Walk & { learned: Learned } = {
    request,
    ports: { ...ports, secrets },
    signal: either,
    limits,
    learned: {},
    clockOffset: 0,
  };
  try {
    for await (const event of hops(walk, ports.routes.recall(way))) {
      if (event.type === 'learned') {
        walk.learned = { ...walk.learned, ...event.learned };
        ports.routes.remember(way, event.learned);
      }
      yield event;
      if (signal.aborted) break;
    }
    yield { type: 'ended', how: signal.aborted ? 'stopped' : 'passed' };
  } catch (error) {
    if (signal.aborted || error instanceof StoppedByUser) {
      yield { type: 'ended', how: 'stopped' };
      return;
    }
    const found = error instanceof HopFailed ? error : unplaced(error, request);
    yield { type: 'failed', hop: found.hop, failure: found.failure };
    yield { type: 'ended', how: 'failed' };
  } finally {
    leaving.abort();
  }
}

async function* hops(walk: Walk, known: Learned): AsyncGenerator<CheckEvent, void> {
  const { model, region } = walk.request.target;
  yield { type: 'passed', hop: 'settings', found: { model, region } };
  const answered = yield* passGateway(walk);
  yield* passSignature(walk, answered);
  yield* askModel(walk, known);
}

/** Whatever no part of a check has put at a hop. */
function unplaced(error: unknown, request: Request): HopFailed {
  const said =
    error instanceof Error ? classify(error, {}, request) : failure('unknown', { message: String(error) });
  return new HopFailed(placeOf(said, 'model'), said);
}
