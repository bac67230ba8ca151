// Idle timeouts: one timer per reply, no work per chunk.
import { IdleTimeoutError } from './model/errors';
import type { Clock } from './model/ports';
import type { Progress } from './wire/recording';

/** All in ms. */
export interface IdleTimeouts {
  /** For a secure connection, once the other side was reached. */
  readonly connection: number;
  /** For the head of an answer, once a request has left. */
  readonly answer: number;
  /** For more of an answer, after any part of it. */
  readonly more: number;
}

const minute = 60_000;

/**
 * A stream begins when the model does, and a model that thinks unseen may be silent for minutes: five, as Node's
 * own fetch waits for a head and for more of a body. A reply in one piece comes when the model is done, for which
 * AWS gives Claude an hour: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
export function timeoutsFor({ streams }: { readonly streams: boolean }): IdleTimeouts {
  const connection = minute / 2;
  return streams
    ? { connection, answer: 5 * minute, more: 5 * minute }
    : { connection, answer: 60 * minute, more: 60 * minute };
}

/**
 * For what comes after the end of a reply, ms: its figures, and the end of the connection. They follow at once, or some
 * gateway keeps the connection open.
 */
export const drainTimeout = 3000;

/** How often it is looked whether anything came, ms: a wait may be as much longer. */
const pollInterval = 1000;

/**
 * Looks at `progress` until the function that it returns is called; tells `overdue`, once, when nothing came for
 * longer than `patience`. Time that this machine slept does not count: nobody looked.
 */
export function watchIdle(
  clock: Pick<Clock, 'every'>,
  patience: IdleTimeouts,
  progress: () => Progress,
  overdue: (what: IdleTimeoutError) => void,
): () => void {
  let silent = 0;
  let seen = '';
  const stop = clock.every(pollInterval, () => {
    const { phase, size } = progress();
    const now = `${phase} ${size}`;
    silent = now === seen ? silent + pollInterval : 0;
    seen = now;
    // Whoever is asked for a key, or for a code, may take as long as they like.
    if (phase === 'preparing' || silent < patience[phase]) return;
    stop();
    overdue(new IdleTimeoutError(phase, silent));
  });
  return stop;
}
