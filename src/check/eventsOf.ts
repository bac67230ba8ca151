// What a check tells, whatever becomes of the part that makes it.
import type { Engine } from '../engine/engine.chunk';
import type { CheckEvent } from '../core/check/report';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import type { Request } from '../core/model/request';

/** The events of a check of `request`: check() does not throw, but the chunk that holds it may fail to load. */
export async function* eventsOf(
  engine: () => Promise<Pick<Engine, 'check'>>,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<CheckEvent, void> {
  try {
    const { check } = await engine();
    yield* check(request, signal);
  } catch (error) {
    yield { type: 'failed', stage: 'settings', failure: partNotLoaded(error) };
    yield { type: 'ended', outcome: 'failed' };
  }
}
