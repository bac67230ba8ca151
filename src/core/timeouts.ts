// Idle timeouts: one timer per reply, no work per chunk.
import { IdleTimeoutError } from './model/errors';
import type { Clock } from './model/ports';
import type { Progress } from './wire/recording';

/** All in ms. */
export interface IdleTimeouts {
  /** For a secure connection, once the other side was reached. */
  readonly connection: number;
  /** For the head of an answer, once a request has left. */
  readonly response: number;
  /** For more of an answer, after any part of it. */
  readonly body: number;
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
    ? { connection, response: 5 * minute, body: 5 * minute }
    : { connection, response: 60 * minute, body: 60 * minute };
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
  timeouts: IdleTimeouts,
  progress: () => Progress,
  onTimeout: (what: IdleTimeoutError) => void,
): () => void {
  let idle = 0;
  let last = '';
  const stop = clock.every(pollInterval, () => {
    const { phase, size } = progress();
    const current = `${phase} ${size}`;
    idle = current === last ? idle + pollInterval : 0;
    last = current;
    // Whoever is asked for a key, or for a code, may take as long as they like.
    if (phase === 'preparing' || idle < timeouts[phase]) return;
    stop();
    onTimeout(new IdleTimeoutError(phase, idle));
  });
  return stop;
}
