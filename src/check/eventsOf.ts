// The events of a check, even if its chunk can't be loaded.
import type { Engine } from '../engine/engine.chunk';
import type { CheckEvent } from '../core/check/report';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import type { Request } from '../core/model/request';

/** Yields the events of a check. Never throws: if the chunk can't be loaded, the check fails with `partNotLoaded`. */
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
