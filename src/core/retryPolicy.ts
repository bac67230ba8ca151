// The only place that decides whether to retry. The SDK itself is set to one attempt.
import type { Failure, FailureKind } from './model/failure';
import type { RetryReason } from './model/attemptRecord';
import type { Plan } from './model/attempt';
import type { Request } from './model/request';

/** The attempts so far. */
export interface AttemptHistory {
  readonly plan: Plan;
  /** Why each attempt after the first was made. */
  readonly retries: readonly RetryReason[];
  /** Whether any part of a reply was shown: text on screen is never replaced by a retry. */
  readonly hasVisibleText: boolean;
  /** ms since the epoch. */
  readonly now: number;
}

export interface Retry {
  readonly because: RetryReason;
  readonly plan: Plan;
  /** ms to wait before it. */
  readonly wait: number;
}

/** The total number of attempts while the server is busy. */
const busyAttempts = 3;
/** ms; doubled at each attempt. Used if the server sends no Retry-After. */
const firstWait = 500;
/** ms; the user decides about a longer wait. */
const maxWait = 30_000;

/** ms */
const offlineWait = 1000;

/**
 * ms; a clock set by hand, or to another time zone, is less wrong. Without this limit, a server that poses as AWS could
 * make us sign a request that is valid in ten years.
 */
export const maxClockOffset = 24 * 60 * 60 * 1000;

/**
 * Returns the ms to add to this machine's clock, which reads `now`, to match `serverTime`; undefined if the difference
 * is implausible.
 */
export function clockOffsetTo(serverTime: number, now: number): number | undefined {
  const offset = serverTime - now;
  return Math.abs(offset) <= maxClockOffset ? offset : undefined;
}

/** Limits that the gateway's owner set on purpose. */
const limits: ReadonlySet<FailureKind> = new Set(['gatewayRateLimited', 'gatewayEdgeLimited']);

/** Failures that another attempt may fix, and how. Other kinds are not retried. */
const remedies: { readonly [K in FailureKind]?: RetryReason } = {
  gatewayUnavailable: 'busy',
  proxyFailed: 'busy',
  serviceUnavailable: 'busy',
  throttled: 'busy',
  modelNotReady: 'busy',
  gatewayRateLimited: 'busy',
  gatewayEdgeLimited: 'busy',
  nameServerUnreachable: 'offline',
  networkUnreachable: 'offline',
  clockSkewed: 'clock',
  signatureRejected: 'colonRewritten',
  changedOnTheWay: 'colonRewritten',
  streamDamaged: 'streamDamaged',
  awsSessionExpired: 'credentialsRefreshed',
  reasoningRefused: 'reasoningDropped',
  promptCachingNotAllowed: 'cachePointsDropped',
};

/**
 * Decides whether and how to retry after `failure`; undefined to give up.
 *
 * Only a damaged stream is retried after the server accepted a prompt, and so may have charged for it, and only while
 * none of its reply was shown. A stream that begins with an exception was refused.
 */
export function retryPolicy(failure: Failure, history: AttemptHistory, request: Request): Retry | undefined {
  const because = remedies[failure.kind];
  if (!because || history.hasVisibleText) return undefined;
  return decisions[because](failure, history, request);
}

type Decision = (failure: Failure, history: AttemptHistory, request: Request) => Retry | undefined;

const decisions: { readonly [A in RetryReason]: Decision } = {
  busy({ kind, details, retryAfter }, { plan, retries }) {
    // A gateway with a dynamic route has already tried other steps. Do not multiply those attempts.
    if (details.step !== undefined) return undefined;
    // A 503 means that nothing was done. Other errors of a proxy may occur after AWS received the request.
    if (kind === 'proxyFailed' && details.status !== 503) return undefined;
    const busyRetries = retries.filter((reason) => reason === 'busy').length;
    if (busyRetries + 1 >= busyAttempts) return undefined;
    // Respect a limit that the gateway's owner set: retry only if the response says when.
    if (limits.has(kind) && retryAfter === undefined) return undefined;
    const wait = retryAfter ?? firstWait * 2 ** busyRetries;
    return wait > maxWait ? undefined : { because: 'busy', plan, wait };
  },

  // Right after the machine wakes up, or while a VPN connects, there is no network for a moment. Nothing was sent, so
  // nothing is charged twice. A name that does not exist, or a refused connection, is not retried.
  offline(_failure, { plan, retries }) {
    return retries.includes('offline') ? undefined : { because: 'offline', plan, wait: offlineWait };
  },

  clock({ details: { serverTime } }, { plan, retries, now }) {
    const clockOffset = serverTime === undefined ? undefined : clockOffsetTo(serverTime, now);
    if (retries.includes('clock') || clockOffset === undefined) return undefined;
    return { because: 'clock', plan: { ...plan, clockOffset }, wait: 0 };
  },

  credentialsRefreshed({ details: { status } }, { plan, retries }, { authentication }) {
    // If a profile's own session has expired, resolving it again does not help; that failure has no status.
    if (authentication !== 'profile' || status === undefined) return undefined;
    if (retries.includes('credentialsRefreshed')) return undefined;
    return { because: 'credentialsRefreshed', plan, wait: 0 };
  },

  colonRewritten(failure, { plan, retries }, { target: { model } }) {
    if (retries.includes('colonRewritten') || !model.includes(':')) return undefined;
    // If AWS reported a difference that is not in the path, another spelling of the path does not help.
    if (failure.details.changed !== undefined && failure.details.changed !== 'path') return undefined;
    const colon = plan.colon === 'encoded' ? 'literal' : 'encoded';
    return { because: 'colonRewritten', plan: { ...plan, colon }, wait: 0 };
  },

  // AWS refused the prompt, so nothing is charged twice.
  reasoningDropped(_failure, { plan }, { messages }) {
    const hasReasoning = messages.some(({ content }) => content.some(({ type }) => type === 'reasoning'));
    if (plan.withoutReasoning || !hasReasoning) return undefined;
    return { because: 'reasoningDropped', plan: { ...plan, withoutReasoning: true }, wait: 0 };
  },

  cachePointsDropped(_failure, { plan }, { cachePoints }) {
    if (plan.withoutCachePoints || !cachePoints) return undefined;
    return { because: 'cachePointsDropped', plan: { ...plan, withoutCachePoints: true }, wait: 0 };
  },

  streamDamaged(_failure, { plan, retries }) {
    if (retries.includes('streamDamaged') || !plan.streams) return undefined;
    return { because: 'streamDamaged', plan: { ...plan, streams: false }, wait: 0 };
  },
};
