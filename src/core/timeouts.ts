// Idle timeouts: one timer per reply, no work per chunk.
import { IdleTimeoutError } from './model/errors';
import type { Clock } from './model/ports';
import type { Progress } from './wire/recording';

/** All in ms. */
export interface IdleTimeouts {
  /** For TLS, after TCP connected. */
  readonly connection: number;
  /** For the response head, after the request was sent. */
  readonly response: number;
  /** For more of the body, after any part of the response. */
  readonly body: number;
}

const minute = 60_000;

/**
 * A stream begins when the model does, and a model that reasons silently may send nothing for minutes: five, as in
 * Node's fetch. A reply in one piece arrives when the model is done, for which AWS gives Claude an hour:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
export function timeoutsFor({ streams }: { readonly streams: boolean }): IdleTimeouts {
  const connection = minute / 2;
  return streams
    ? { connection, response: 5 * minute, body: 5 * minute }
    : { connection, response: 60 * minute, body: 60 * minute };
}

/**
 * For the token counts after the end of a reply, and the end of the connection, ms. They normally follow at once, but
 * some gateways keep the connection open.
 */
export const drainTimeout = 3000;

/** How often to check for data, ms: a timeout may be that much late. */
const pollInterval = 1000;

/**
 * Polls `progress` until the returned function is called. Calls `onTimeout` once when nothing arrived for longer than
 * `timeouts`. Time that this machine slept does not count.
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
    // A user who is asked for a key or an MFA code may take as long as they like.
    if (phase === 'preparing' || idle < timeouts[phase]) return;
    stop();
    onTimeout(new IdleTimeoutError(phase, idle));
  });
  return stop;
}
