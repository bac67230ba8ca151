// A reply: its events, and the state that they add up to.
import type { Operation } from './operation';
import type { Failure } from './failure';
import type { Request } from './request';
import type { RequestIds } from './requestIds';
import type { GuardrailPolicy } from './guardrail';
import type { Usage } from './usage';
import type { AttemptRecord, RetryReason } from './attemptRecord';
import type { ToolUseBlock } from './content';
import { type BlockEnd, type ReplyContent, withBlockEnd } from './replyBlocks';

export type Outcome =
  /** `stopReason` is Converse's value: end_turn, max_tokens, stop_sequence, … */
  | { readonly kind: 'done'; readonly stopReason: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'cut'; readonly failure: Failure }
  | { readonly kind: 'blocked'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ReplyEvent =
  /**
   * An attempt begins. `number` counts from 1; `because` is absent on the first. `limit` is the token limit of the
   * reply, if the model's own format requires one. `streamNotCached`: the request is not streamed, because the gateway
   * did not cache the streamed reply to an equal prompt.
   */
  | {
      readonly type: 'attempt';
      readonly number: number;
      readonly operation: Operation;
      readonly because?: RetryReason;
      readonly limit?: number;
      readonly streamNotCached?: true;
    }
  /** Waits until `until` (ms since the epoch) before the next attempt, because of `failure`. */
  | { readonly type: 'waiting'; readonly until: number; readonly failure: Failure }
  /** The status line and headers of a response arrived. */
  | { readonly type: 'response'; readonly status: number; readonly requestIds: RequestIds }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | BlockEnd
  /** The model asks for the result of a tool. */
  | ToolUseBlock
  | { readonly type: 'usage'; readonly usage: Usage }
  /** An attempt is over; `record` says what it did on the wire. */
  | { readonly type: 'attemptEnded'; readonly record: AttemptRecord }
  /** A Bedrock guardrail took effect. */
  | { readonly type: 'guardrail'; readonly policies: readonly GuardrailPolicy[] }
  /** The reply comes from the gateway's cache; an equal prompt was first sent at `firstSeenAt` (ms since the epoch). */
  | { readonly type: 'cacheHit'; readonly firstSeenAt: number }
  /** The last event, always and once. */
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** The state of a reply without its text. All times are ms since the epoch. */
export interface ReplyProgress {
  readonly startedAt: number;
  readonly attempts: number;
  /** Absent before the first attempt. */
  readonly operation?: Operation;
  /** The reply's token limit; absent if the request's format does not require one. */
  readonly limit?: number;
  /** Why the latest attempt was made; absent for the first. */
  readonly retriedBecause?: RetryReason;
  /** The request is not streamed, so that the gateway can cache the reply. */
  readonly streamNotCached?: true;
  /** When an equal prompt was first sent, if the reply came from the gateway's cache. */
  readonly firstSeenAt?: number;
  /** An earlier attempt arrived damaged: its tokens are unknown, and it may be charged. */
  readonly damaged?: true;
  /** The model's earlier thinking was not sent along: it had refused that. */
  readonly reasoningDropped?: true;
  /** Set while waiting before another attempt. */
  readonly waiting?: { readonly until: number; readonly failure: Failure };
  /** The head of a response has arrived. */
  readonly responded?: true;
  readonly requestIds: RequestIds;
  /** The records of finished attempts. */
  readonly records: readonly AttemptRecord[];
  readonly usage?: Usage;
  /** What a Bedrock guardrail did; absent if it did, or reported, nothing. */
  readonly guardrailPolicies?: readonly GuardrailPolicy[];
  /** Text, thinking or the use of a tool has arrived. */
  readonly hasOutput?: true;
  readonly firstTextAt?: number;
  /** When the model began to think, as far as it shows that. */
  readonly firstReasoningAt?: number;
  readonly endedAt?: number;
  /** Absent while the reply runs. */
  readonly outcome?: Outcome;
}

export interface Reply extends ReplyProgress, ReplyContent {}

/** A prompt and its reply. */
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
 * Returns `progress` after `event`, which happened at `at` (ms since the epoch). Returns the same object if the event
 * only adds text.
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
        ...(event.because === 'reasoningDropped' && { reasoningDropped: true }),
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
      return progress.firstReasoningAt === undefined
        ? { ...progress, hasOutput: true, firstReasoningAt: at }
        : progress;
    case 'blockEnd':
    case 'toolUse':
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
  // Only an optional field is left out.
  return rest as P;
}

/**
 * Returns `progress` after the caller stopped reading, at `at` (ms since the epoch): a running reply is stopped; one
 * that waits for another attempt has failed.
 */
export function abandoned<P extends ReplyProgress>(progress: P, at: number): P {
  if (progress.outcome) return progress;
  const { waiting } = progress;
  const outcome: Outcome = waiting ? { kind: 'failed', failure: waiting.failure } : { kind: 'stopped' };
  return { ...progress, outcome, endedAt: at };
}

/** Returns `reply` after `event`, which happened at `at` (ms since the epoch). */
export function reduceReply(before: Reply, event: ReplyEvent, at: number): Reply {
  const reply = reduceProgress(before, event, at);
  if (event.type === 'text') return { ...reply, text: reply.text + event.text };
  if (event.type === 'reasoning') return { ...reply, reasoning: reply.reasoning + event.text };
  if (event.type === 'blockEnd' || event.type === 'toolUse')
    return { ...reply, blocks: withBlockEnd(reply, event) };
  if (event.type !== 'ended') return reply;
  return { ...reply, text: compact(reply.text), reasoning: compact(reply.reasoning) };
}

const maxCompactedLength = 4 * 1024 * 1024;

/**
 * Flattens a string: V8 keeps one that grew by `+` as a tree of its parts, ten times the size, until it is searched.
 */
function compact(text: string): string {
  // To flatten 30 MB takes a tenth of a second; no model writes that much.
  if (text.length > maxCompactedLength) return text;
  return text.search('') === 0 ? text : '';
}
