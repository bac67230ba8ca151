// Adds the events of a reply up to its record. It is told of each piece of text, so it looks at none.
import type { Failure } from '../model/failure';
import type { Cost, Spent } from '../model/cost';
import type { Outcome, ReplyEvent } from '../model/reply';
import type { Operation } from '../model/operation';
import { formatAddress } from '../gateway/address';
import type { Request } from '../model/request';
import { recordableIds, recordableStopReason } from '../failures/recordable';
import type { RequestIds } from '../model/requestIds';
import type { AttemptRecord } from '../model/attemptRecord';
import type { Usage } from '../model/usage';
import type { ActivityRecord } from './record';

export class RequestProgress {
  attempts = 0;
  answered = false;
  operation: Operation | undefined;
  outcome: Outcome | undefined;
  trace: RequestIds = {};
  firstTextAt: number | undefined;
  endedAt: number | undefined;
  readonly records: AttemptRecord[] = [];
  /** Tokens, once Bedrock has told them. */
  usage: Usage | undefined;
  #damaged = false;
  #shown = false;
  #waiting: Failure | undefined;

  /** `startedAt`: ms since the epoch. */
  constructor(
    readonly request: Request,
    readonly startedAt: number,
  ) {}

  /** `now` is asked for the two events that are timed. Returns whether anything but more of the text has come. */
  see(event: ReplyEvent, now: () => number): boolean {
    switch (event.type) {
      case 'text':
        this.#shown = true;
        if (this.firstTextAt !== undefined) return false;
        this.firstTextAt = now();
        return true;
      case 'reasoning':
        this.#shown = true;
        return false;
      case 'attempt':
        this.attempts = event.number;
        this.#waiting = undefined;
        this.operation = event.operation;
        if (event.because === 'streamDamaged') this.#damaged = true;
        return true;
      case 'answered':
        this.trace = event.trace;
        this.answered = true;
        return true;
      case 'usage':
        this.usage = event.usage;
        return true;
      case 'wire':
        this.records.push(event.wire);
        return true;
      case 'waiting':
        this.#waiting = event.failure;
        return true;
      case 'guarded':
      case 'repeated':
        return true;
      case 'ended':
        this.outcome = event.outcome;
        this.endedAt = now();
        return true;
    }
  }

  /** Whoever asked no longer listens: a reply that has not ended is stopped by that, or was given up while it waited. */
  leave(now: () => number): void {
    this.outcome ??= this.#waiting ? { kind: 'failed', failure: this.#waiting } : { kind: 'stopped' };
    this.endedAt ??= now();
  }

  get spent(): Spent {
    return {
      trace: this.trace,
      ...(this.usage && { usage: this.usage }),
      ...(this.outcome && { outcome: this.outcome }),
      ...(this.#damaged && { damaged: true }),
      shown: this.#shown,
      records: this.records,
    };
  }
}

/** What is told of a request by others than the tally. */
export interface ProgressContext {
  /** undefined where nothing came that could cost. */
  readonly cost: Cost | undefined;
  /** Keyed hash; see ActivityRecord. */
  readonly prompt?: string | undefined;
}

/** The record of a request whose reply has ended. */
export function recordOf(tally: RequestProgress, { cost, prompt }: ProgressContext): ActivityRecord {
  const { request, startedAt, trace, usage, operation, firstTextAt } = tally;
  const { target, gateway } = request;
  const outcome: Outcome = tally.outcome ?? { kind: 'stopped' };
  const { cacheTtl } = gateway;
  const { dataLoss, cache } = trace;
  const policies = dataLoss?.policies.filter((name) => policyName.test(name)) ?? [];
  return {
    at: startedAt,
    id: request.id,
    conversation: request.conversation,
    surface: request.surface,
    model: target.model,
    region: target.region,
    ...(operation && { operation }),
    gateway: formatAddress(gateway.address),
    authentication: request.authentication,
    outcome: outcome.kind,
    ...('failure' in outcome && { failure: outcome.failure.kind }),
    ...('stopReason' in outcome && { stopReason: recordableStopReason(outcome.stopReason) }),
    attempts: Math.max(tally.records.filter(({ sent }) => sent).length, tally.answered ? 1 : 0),
    ...(cacheTtl !== null && cacheTtl > 0 && { ttl: cacheTtl }),
    ...(gateway.bypassCache && { anew: true }),
    ...usage,
    ...(cost && costFields(cost)),
    ...(firstTextAt !== undefined && { firstText: firstTextAt - startedAt }),
    total: (tally.endedAt ?? startedAt) - startedAt,
    ...sizes(tally.records),
    ...(cache && { cache }),
    ...recordableIds(trace),
    ...(dataLoss && { dataLoss: dataLoss.action ?? 'found' }),
    ...(policies.length > 0 && { dataLossPolicies: policies }),
    ...(prompt !== undefined && { prompt }),
  };
}

/** What the names look like that a gateway's owner gives. */
const policyName = /^[\p{L}\p{N} _.:/-]{1,64}$/u;

function costFields(cost: Cost): Partial<ActivityRecord> {
  switch (cost.kind) {
    case 'gatewayCache':
      return { usd: 0, ...(cost.saved?.kind === 'sum' && { savedUsd: cost.saved.usd }) };
    case 'unknown':
      return { costUnknown: cost.because };
    case 'sum':
      return {
        usd: cost.usd,
        ...(cost.atLeast && { atLeast: true }),
        priceSource: cost.source,
        ...(cost.asOf !== undefined && { priceDate: cost.asOf }),
        ...(cost.approximate && { approximate: true }),
        ...(cost.borrowedFrom !== undefined && { borrowedFrom: cost.borrowedFrom }),
      };
  }
}

function sizes(records: readonly AttemptRecord[]): Pick<ActivityRecord, 'sent' | 'received'> {
  const sent = records.reduce((sum, wire) => sum + (wire.sent?.size ?? 0), 0);
  const received = records.reduce((sum, wire) => sum + (wire.answered?.size ?? 0), 0);
  return { ...(sent > 0 && { sent }), ...(received > 0 && { received }) };
}
