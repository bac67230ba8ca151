import type { Failure, stageOf } from '../model/failure';

/** A chunk of the extension could not be loaded. Made without the table of all kinds, which activation does not need. */
export function partNotLoaded(cause: unknown): Failure {
  const stage: (typeof stageOf)['partNotLoaded'] = 'settings';
  return { kind: 'partNotLoaded', stage, details: { message: String(cause) }, requestIds: {}, cause };
}
