// Check Connection without a screen: what a prompt passes on its way is tried stage by stage, first with requests
// that nobody can charge, then with one tiny prompt, until the first stage that fails.
import { trackSecrets } from '../exchange';
import { failure } from '../model/failure';
import { classify } from '../failures/classify';
import { gatewayKey } from '../gateway/quirks';
import type { Ports, GatewayQuirks } from '../model/ports';
import type { Request } from '../model/request';
import { StageFailed, StoppedByUser, failedStage } from './target';
import { checkModel } from './model';
import { checkGateway } from './gateway';
import { type CheckContext, type CheckLimits, defaultLimits } from './walk';
import { checkSignature } from './signature';
import type { CheckEvent } from './report';

/** Walks the stages of `request`, whose messages and parameters are the check's own; see check(). */
export type Check = (
  request: Request,
  signal: AbortSignal,
  limits?: CheckLimits,
) => AsyncIterable<CheckEvent>;

/**
 * Tries the way of a prompt and yields what happens, until exactly one `ended`. Never throws. Aborting `signal`,
 * or leaving the loop early, closes the connection. What is settled of the gateway is remembered in
 * `ports.quirks`; what was remembered before does not guide the check, so that a gateway that was mended is
 * found to be.
 *
 * The stage of the settings is passed: `request` was made of them.
 */
export async function* check(
  request: Request,
  ports: Ports,
  signal: AbortSignal,
  limits: CheckLimits = defaultLimits,
): AsyncGenerator<CheckEvent, void> {
  const leaving = new AbortController();
  const way = gatewayKey(request.gateway.address, request.authentication);
  const either = AbortSignal.any([signal, leaving.signal]);
  const { secrets } = trackSecrets(ports, request, either, {});
  const walk: CheckContext & { quirks: GatewayQuirks } = {
    request,
    ports: { ...ports, secrets },
    signal: either,
    limits,
    quirks: {},
    clockOffset: 0,
  };
  try {
    for await (const event of stages(walk, ports.quirks.get(way))) {
      if (event.type === 'quirksObserved') {
        walk.quirks = { ...walk.quirks, ...event.quirks };
        ports.quirks.update(way, event.quirks);
      }
      yield event;
      if (signal.aborted) break;
    }
    yield { type: 'ended', outcome: signal.aborted ? 'stopped' : 'passed' };
  } catch (error) {
    if (signal.aborted || error instanceof StoppedByUser) {
      yield { type: 'ended', outcome: 'stopped' };
      return;
    }
    const found = error instanceof StageFailed ? error : unplaced(error, request);
    yield { type: 'failed', stage: found.stage, failure: found.failure };
    yield { type: 'ended', outcome: 'failed' };
  } finally {
    leaving.abort();
  }
}

async function* stages(walk: CheckContext, known: GatewayQuirks): AsyncGenerator<CheckEvent, void> {
  const { model, region } = walk.request.target;
  yield { type: 'passed', stage: 'settings', result: { model, region } };
  const answered = yield* checkGateway(walk);
  yield* checkSignature(walk, answered);
  yield* checkModel(walk, known);
}

/** Whatever no part of a check has put at a stage. */
function unplaced(error: unknown, request: Request): StageFailed {
  const said =
    error instanceof Error ? classify(error, {}, request) : failure('unknown', { message: String(error) });
  return new StageFailed(failedStage(said, 'model'), said);
}
