import type { Failure, stageOf } from '../model/failure';

/** The failure to load a chunk of the extension. Made without the table of kinds, which activation does not load. */
export function partNotLoaded(cause: unknown): Failure {
  const stage: (typeof stageOf)['partNotLoaded'] = 'settings';
  return { kind: 'partNotLoaded', stage, details: { message: String(cause) }, requestIds: {}, cause };
}
