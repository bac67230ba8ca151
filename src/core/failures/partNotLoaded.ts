import type { Failure, hops } from '../model/failure';

/** A chunk of the extension could not be loaded. Made without the table of all kinds, which activation does not need. */
export function partNotLoaded(cause: unknown): Failure {
  const hop: (typeof hops)['partNotLoaded'] = 'settings';
  return { kind: 'partNotLoaded', hop, facts: { message: String(cause) }, trace: {}, cause };
}
