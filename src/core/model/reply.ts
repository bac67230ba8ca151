// What comes back: events as they happen, and the state that they add up to.
import type { Operation } from './operation';
import type { Failure } from './failure';
import type { Request } from './request';
import type { RequestIds } from './requestIds';
import type { GuardrailPolicy } from './guardrail';
import type { Usage } from './usage';
import type { AttemptRecord, RetryReason } from './attemptRecord';

export type Outcome =
  /** `stopReason` is Converse's own word: end_turn, max_tokens, stop_sequence, … */
  | { readonly kind: 'done'; readonly stopReason: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'cut'; readonly failure: Failure }
  | { readonly kind: 'blocked'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ReplyEvent =
  /**
   * A request leaves. `number` counts from 1; `because` is absent on the first. `limit` is that of the reply in
   * tokens, where the model's own body requires one. `streamNotCached`: it is not streamed, since the gateway's cache did
   * not keep an equal prompt's reply that was.
   */
  | {
      readonly type: 'attempt';
      readonly number: number;
      readonly operation: Operation;
      readonly because?: RetryReason;
      readonly limit?: number;
      readonly streamNotCached?: true;
    }
  /** Nothing happens until `until` (ms since the epoch), because of `failure`. */
  | { readonly type: 'waiting'; readonly until: number; readonly failure: Failure }
  /** The status line and headers of an answer are here. */
  | { readonly type: 'response'; readonly status: number; readonly requestIds: RequestIds }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** An attempt is over: what it did on the wire. */
  | { readonly type: 'attemptEnded'; readonly record: AttemptRecord }
  /** A guardrail of Bedrock's did something. */
  | { readonly type: 'guardrail'; readonly policies: readonly GuardrailPolicy[] }
  /** The gateway's cache has answered; an equal prompt was first asked here at `firstAsked` (ms since the epoch). */
  | { readonly type: 'cacheHit'; readonly firstSeenAt: number }
  /** The last event, always and once. */
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** How far a reply has come: everything but its words. All times are ms since the epoch. */
export interface ReplyProgress {
  readonly startedAt: number;
  readonly attempts: number;
  /** Absent before the first attempt. */
  readonly operation?: Operation;
  /** Tokens; absent where the request's body requires no limit. */
  readonly limit?: number;
  /** Why the latest attempt was made, when it was not the first. */
  readonly retriedBecause?: RetryReason;
  /** It is not streamed, so that the gateway's cache can keep it. */
  readonly streamNotCached?: true;
  /** When an equal prompt was first asked here; of what the gateway's cache has answered. */
  readonly firstSeenAt?: number;
  /** An attempt before the latest arrived damaged: of its tokens nothing is known, and it may be charged. */
  readonly damaged?: true;
  /** Set while a wait before another attempt runs. */
  readonly waiting?: { readonly until: number; readonly failure: Failure };
  /** The head of an answer has come. */
  readonly responded?: true;
  readonly requestIds: RequestIds;
  /** A record of each attempt that is over. */
  readonly records: readonly AttemptRecord[];
  readonly usage?: Usage;
  /** What a guardrail of Bedrock's did; absent where it did nothing, or tells nothing. */
  readonly guardrailPolicies?: readonly GuardrailPolicy[];
  /** Text or reasoning has come. */
  readonly hasOutput?: true;
  readonly firstTextAt?: number;
  readonly endedAt?: number;
  /** Absent while the reply runs. */
  readonly outcome?: Outcome;
}

export interface Reply extends ReplyProgress {
  readonly text: string;
  readonly reasoning: string;
}

/** A question and what came of it. */
export interface Turn {
  readonly request: Request;
  readonly reply: Reply;
}

export function newProgress(at: number): ReplyProgress {
  return { startedAt: at, attempts: 0, requestIds: {}, records: [] };
}

export function newReply(at: number): Reply {
  return { ...newProgress(at), text: '', reasoning: '' };
}

/**
 * `progress` after `event`, which happened at `at` (ms since the epoch): the same object where the event brings more
 * of the words and nothing else.
 */
export function reduceProgress<P extends ReplyProgress>(progress: P, event: ReplyEvent, at: number): P {
  switch (event.type) {
    case 'attempt':
      return {
        ...withoutWait(progress),
        attempts: event.number,
        operation: event.operation,
        ...(event.because && { retriedBecause: event.because }),
        ...(event.because === 'streamDamaged' && { damaged: true }),
        ...(event.limit !== undefined && { limit: event.limit }),
        ...(event.streamNotCached && { streamNotCached: true }),
      };
    case 'waiting':
      return { ...progress, waiting: { until: event.until, failure: event.failure } };
    case 'response':
      return { ...progress, responded: true, requestIds: event.requestIds };
    case 'text':
      return progress.firstTextAt === undefined
        ? { ...progress, hasOutput: true, firstTextAt: at }
        : progress;
    case 'reasoning':
      return progress.hasOutput ? progress : { ...progress, hasOutput: true };
    case 'usage':
      return { ...progress, usage: event.usage };
    case 'attemptEnded':
      return { ...progress, records: [...progress.records, event.record] };
    case 'guardrail':
      return { ...progress, guardrailPolicies: event.policies };
    case 'cacheHit':
      return { ...progress, firstSeenAt: event.firstSeenAt };
    case 'ended':
      return { ...withoutWait(progress), outcome: event.outcome, endedAt: at };
  }
}

function withoutWait<P extends ReplyProgress>(progress: P): P {
  const { waiting, ...rest } = progress;
  // Nothing but what may be absent is left out.
  return rest as P;
}

/**
 * `progress` once nobody listens any more, at `at` (ms since the epoch): a reply that has not ended is stopped by that,
 * or was given up while it waited.
 */
export function abandoned<P extends ReplyProgress>(progress: P, at: number): P {
  if (progress.outcome) return progress;
  const { waiting } = progress;
  const outcome: Outcome = waiting ? { kind: 'failed', failure: waiting.failure } : { kind: 'stopped' };
  return { ...progress, outcome, endedAt: at };
}

/** `reply` after `event`, which happened at `at` (ms since the epoch). */
export function reduceReply(before: Reply, event: ReplyEvent, at: number): Reply {
  const reply = reduceProgress(before, event, at);
  if (event.type === 'text') return { ...reply, text: reply.text + event.text };
  if (event.type === 'reasoning') return { ...reply, reasoning: reply.reasoning + event.text };
  if (event.type !== 'ended') return reply;
  return { ...reply, text: compact(reply.text), reasoning: compact(reply.reasoning) };
}

const longestCompacted = 4 * 1024 * 1024;

/**
 * The same text, in one piece: V8 keeps one that grew by `+` as a tree of what was added, ten times its size,
 * until somebody searches it.
 */
function compact(text: string): string {
  // To make one piece of 30 MB takes a tenth of a second; no model writes as much.
  if (text.length > longestCompacted) return text;
  return text.search('') === 0 ? text : '';
}
