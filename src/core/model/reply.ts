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
  | { readonly type: 'answered'; readonly status: number; readonly trace: RequestIds }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** An attempt is over: what it did on the wire. */
  | { readonly type: 'wire'; readonly wire: AttemptRecord }
  /** A guardrail of Bedrock's did something. */
  | { readonly type: 'guarded'; readonly policies: readonly GuardrailPolicy[] }
  /** The gateway's cache has answered; an equal prompt was first asked here at `firstAsked` (ms since the epoch). */
  | { readonly type: 'repeated'; readonly firstAsked: number }
  /** The last event, always and once. */
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** All times are ms since the epoch. */
export interface Reply {
  readonly startedAt: number;
  readonly text: string;
  readonly reasoning: string;
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
  readonly firstAsked?: number;
  /** An attempt before the latest arrived damaged: of its tokens nothing is known, and it may be charged. */
  readonly damaged?: true;
  /** Set while a wait before another attempt runs. */
  readonly waiting?: { readonly until: number; readonly failure: Failure };
  readonly trace: RequestIds;
  /** A record of each attempt that is over. */
  readonly records: readonly AttemptRecord[];
  readonly usage?: Usage;
  /** What a guardrail of Bedrock's did; absent where it did nothing, or tells nothing. */
  readonly guarded?: readonly GuardrailPolicy[];
  readonly firstTextAt?: number;
  readonly endedAt?: number;
  /** Absent while the reply runs. */
  readonly outcome?: Outcome;
}

/** A question and what came of it. */
export interface Turn {
  readonly request: Request;
  readonly reply: Reply;
}

export function newReply(at: number): Reply {
  return { startedAt: at, text: '', reasoning: '', attempts: 0, trace: {}, records: [] };
}

/** `reply` after `event`, which happened at `at` (ms since the epoch). */
export function reduceReply(reply: Reply, event: ReplyEvent, at: number): Reply {
  switch (event.type) {
    case 'attempt': {
      const { waiting, retriedBecause, ...rest } = reply;
      return {
        ...rest,
        attempts: event.number,
        operation: event.operation,
        ...(event.because && { retriedBecause: event.because }),
        ...(event.because === 'streamDamaged' && { damaged: true }),
        ...(event.limit !== undefined && { limit: event.limit }),
        ...(event.streamNotCached && { streamNotCached: true }),
      };
    }
    case 'waiting':
      return { ...reply, waiting: { until: event.until, failure: event.failure } };
    case 'answered':
      return { ...reply, trace: event.trace };
    case 'text':
      return { ...reply, text: reply.text + event.text, firstTextAt: reply.firstTextAt ?? at };
    case 'reasoning':
      return { ...reply, reasoning: reply.reasoning + event.text };
    case 'usage':
      return { ...reply, usage: event.usage };
    case 'wire':
      return { ...reply, records: [...reply.records, event.wire] };
    case 'guarded':
      return { ...reply, guarded: event.policies };
    case 'repeated':
      return { ...reply, firstAsked: event.firstAsked };
    case 'ended': {
      const { waiting, ...rest } = reply;
      const { text, reasoning } = reply;
      return {
        ...rest,
        text: compact(text),
        reasoning: compact(reasoning),
        outcome: event.outcome,
        endedAt: at,
      };
    }
  }
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
