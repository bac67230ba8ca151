// Check Connection without a screen. Tests the stages that a prompt passes one by one, first with requests that cannot
// be charged, then with one tiny prompt, until the first stage that fails.
import { trackSecrets } from '../exchange';
import { failure } from '../model/failure';
import { classify } from '../failures/classify';
import { gatewayKey } from '../gateway/quirks';
import type { Ports, GatewayQuirks } from '../model/ports';
import type { Request } from '../model/request';
import { StageFailed, StoppedByUser, failedStage } from './target';
import { checkModel } from './model';
import { checkGateway } from './gateway';
import { type CheckContext, type CheckLimits, defaultLimits } from './context';
import { checkSignature } from './signature';
import type { CheckEvent } from './report';

/** Checks the stages of `request`, whose messages and parameters the check replaces; see check(). */
export type Check = (
  request: Request,
  signal: AbortSignal,
  limits?: CheckLimits,
) => AsyncIterable<CheckEvent>;

/**
 * Checks the connection and yields events, ending with exactly one `ended`. Never throws. Aborting `signal`, or leaving
 * the loop early, closes the connection. The quirks that it observes are stored in `ports.quirks`. Quirks stored before
 * do not affect the check, so that it notices when a gateway was fixed.
 *
 * The settings stage passes at once: `request` was built from them.
 */
export async function* check(
  request: Request,
  ports: Ports,
  signal: AbortSignal,
  limits: CheckLimits = defaultLimits,
): AsyncGenerator<CheckEvent, void> {
  const leaving = new AbortController();
  const quirksKey = gatewayKey(request.gateway.address, request.authentication);
  const eitherSignal = AbortSignal.any([signal, leaving.signal]);
  const { secrets } = trackSecrets(ports, request, eitherSignal, {});
  const context: CheckContext & { quirks: GatewayQuirks } = {
    request,
    ports: { ...ports, secrets },
    signal: eitherSignal,
    limits,
    quirks: {},
    clockOffset: 0,
  };
  try {
    for await (const event of stages(context, ports.quirks.get(quirksKey))) {
      if (event.type === 'quirksObserved') {
        context.quirks = { ...context.quirks, ...event.quirks };
        ports.quirks.update(quirksKey, event.quirks);
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
    const failed = error instanceof StageFailed ? error : unassigned(error, request);
    yield { type: 'failed', stage: failed.stage, failure: failed.failure };
    yield { type: 'ended', outcome: 'failed' };
  } finally {
    leaving.abort();
  }
}

async function* stages(context: CheckContext, storedQuirks: GatewayQuirks): AsyncGenerator<CheckEvent, void> {
  const { model, region } = context.request.target;
  yield { type: 'passed', stage: 'settings', result: { model, region } };
  const unsigned = yield* checkGateway(context);
  yield* checkSignature(context, unsigned);
  yield* checkModel(context, storedQuirks);
}

/** An error that is not assigned to a stage yet. */
function unassigned(error: unknown, request: Request): StageFailed {
  const classified =
    error instanceof Error ? classify(error, {}, request) : failure('unknown', { message: String(error) });
  return new StageFailed(failedStage(classified, 'model'), classified);
}
