// The one decision about trying again. The SDK itself is set to one attempt.
import type { Failure, FailureKind } from './model/failure';
import type { RetryReason } from './model/attemptRecord';
import type { Plan } from './model/attempt';
import type { Request } from './model/request';

/** What has happened up to now. */
export interface AttemptHistory {
  readonly plan: Plan;
  /** Why each attempt after the first was made. */
  readonly retries: readonly RetryReason[];
  /** Whether any part of a reply has been shown: what is on screen is never replaced by a repeat. */
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

/** Attempts in all while the other side is busy. */
const busyAttempts = 3;
/** ms; doubled at each attempt. Used where the other side names no wait. */
const firstWait = 500;
/** ms; a longer wait is the user's decision, not ours. */
const longestWait = 30_000;

/** ms */
const offlineWait = 1000;

/**
 * ms; a clock that is set by hand, or to another time zone, is less wrong. Whoever answers for AWS could otherwise have
 * a request signed that is good in ten years.
 */
export const maxClockOffset = 24 * 60 * 60 * 1000;

/** ms to add to this machine's clock, which reads `now`, so that it agrees; undefined where that cannot be meant. */
export function clockOffsetTo(serverTime: number, now: number): number | undefined {
  const offset = serverTime - now;
  return Math.abs(offset) <= maxClockOffset ? offset : undefined;
}

/** Limits that an owner has set on purpose. */
const limits: ReadonlySet<FailureKind> = new Set(['gatewayRateLimited', 'gatewayEdgeLimited']);

/** What can be mended by another attempt, and how. Kinds that are absent are given up at once. */
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
};

/**
 * Whether and how to try again after `failure`; undefined to give up.
 *
 * Only a damaged stream is repeated after the server has accepted a prompt, and so may have charged for it,
 * and only while nothing of its reply was shown. A stream that begins with an exception was refused.
 */
export function retryPolicy(failure: Failure, history: AttemptHistory, request: Request): Retry | undefined {
  const because = remedies[failure.kind];
  if (!because || history.hasVisibleText) return undefined;
  return decide[because](failure, history, request);
}

type Decision = (failure: Failure, history: AttemptHistory, request: Request) => Retry | undefined;

const decide: { readonly [A in RetryReason]: Decision } = {
  busy({ kind, details, retryAfter }, { plan, retries }) {
    // A gateway with a route of its own has tried elsewhere before it gave up; that is not multiplied.
    if (details.step !== undefined) return undefined;
    // A 503 says that nothing was done. Another fault of a proxy's may come after AWS was asked.
    if (kind === 'proxyFailed' && details.status !== 503) return undefined;
    const before = retries.filter((again) => again === 'busy').length;
    if (before + 1 >= busyAttempts) return undefined;
    // A limit that the gateway's owner set is respected: tried again only when it says when.
    if (limits.has(kind) && retryAfter === undefined) return undefined;
    const wait = retryAfter ?? firstWait * 2 ** before;
    return wait > longestWait ? undefined : { because: 'busy', plan, wait };
  },

  // Right after a sleep, or while a VPN is dialled, there is no network for a moment. Nothing has left, so that
  // nothing is charged twice; a name that does not exist, or a refusal, stays what it is.
  offline(_failure, { plan, retries }) {
    return retries.includes('offline') ? undefined : { because: 'offline', plan, wait: offlineWait };
  },

  clock({ details: { serverTime } }, { plan, retries, now }) {
    const clockOffset = serverTime === undefined ? undefined : clockOffsetTo(serverTime, now);
    if (retries.includes('clock') || clockOffset === undefined) return undefined;
    return { because: 'clock', plan: { ...plan, clockOffset }, wait: 0 };
  },

  credentialsRefreshed({ details: { status } }, { plan, retries }, { authentication }) {
    // What was expired when a profile asked for credentials is not mended by asking again; that tells no status.
    if (authentication !== 'profile' || status === undefined) return undefined;
    if (retries.includes('credentialsRefreshed')) return undefined;
    return { because: 'credentialsRefreshed', plan, wait: 0 };
  },

  colonRewritten(failure, { plan, retries }, { target: { model } }) {
    if (retries.includes('colonRewritten') || !model.includes(':')) return undefined;
    // When AWS told what it saw, and that was not the path, another spelling of the path mends nothing.
    if (failure.details.changed !== undefined && failure.details.changed !== 'path') return undefined;
    const colon = plan.colon === 'encoded' ? 'literal' : 'encoded';
    return { because: 'colonRewritten', plan: { ...plan, colon }, wait: 0 };
  },

  streamDamaged(_failure, { plan, retries }) {
    if (retries.includes('streamDamaged') || !plan.streams) return undefined;
    return { because: 'streamDamaged', plan: { ...plan, streams: false }, wait: 0 };
  },
};
