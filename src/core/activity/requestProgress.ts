// The progress of a request, and the record that is made of it when its reply has ended.
import type { Cost } from '../model/cost';
import {
  type Outcome,
  type ReplyEvent,
  type ReplyProgress,
  abandoned,
  newProgress,
  reduceProgress,
} from '../model/reply';
import { formatAddress } from '../gateway/address';
import type { Request } from '../model/request';
import { recordableExtension, recordableIds, recordableStopReason } from '../failures/recordable';
import type { AttemptRecord } from '../model/attemptRecord';
import type { ActivityRecord } from './record';

/** Follows the events of a reply, without its text. */
export class RequestProgress {
  reply: ReplyProgress;

  /** `startedAt`: ms since the epoch. */
  constructor(
    readonly request: Request,
    startedAt: number,
  ) {
    this.reply = newProgress(startedAt);
  }

  /** Applies an event; `at` is ms since the epoch. Returns whether anything but text was added. */
  apply(event: ReplyEvent, at: number): boolean {
    const previous = this.reply;
    this.reply = reduceProgress(previous, event, at);
    return this.reply !== previous;
  }

  /** The caller stopped reading. `at`: ms since the epoch. */
  abandon(at: number): void {
    this.reply = abandoned(this.reply, at);
  }
}

/** What a record needs besides the events. */
export interface ProgressContext {
  /** undefined if nothing was received that could cost anything. */
  readonly cost: Cost | undefined;
  /** Keyed hash; see ActivityRecord. */
  readonly prompt?: string | undefined;
}

/** Makes the record of a request whose reply has ended. */
export function recordOf(
  { request, reply }: RequestProgress,
  { cost, prompt }: ProgressContext,
): ActivityRecord {
  const { startedAt, requestIds, usage, operation, firstTextAt, records } = reply;
  const { target, gateway } = request;
  const outcome: Outcome = reply.outcome ?? { kind: 'stopped' };
  const { cacheTtl } = gateway;
  const { dataLoss, cache } = requestIds;
  const policies = dataLoss?.policies.filter((name) => policyName.test(name)) ?? [];
  return {
    at: startedAt,
    id: request.id,
    conversation: request.conversation,
    surface: request.surface,
    ...(request.initiator !== undefined && { initiator: recordableExtension(request.initiator) }),
    model: target.model,
    region: target.region,
    ...(operation && { operation }),
    gateway: formatAddress(gateway.address),
    authentication: request.authentication,
    outcome: outcome.kind,
    ...('failure' in outcome && { failure: outcome.failure.kind }),
    ...('stopReason' in outcome && { stopReason: recordableStopReason(outcome.stopReason) }),
    attempts: Math.max(records.filter(({ sent }) => sent).length, reply.responded ? 1 : 0),
    ...(cacheTtl !== null && cacheTtl > 0 && { ttl: cacheTtl }),
    ...(gateway.bypassCache && { anew: true }),
    ...usage,
    ...(cost && costFields(cost)),
    ...(firstTextAt !== undefined && { firstText: firstTextAt - startedAt }),
    total: (reply.endedAt ?? startedAt) - startedAt,
    ...sizes(records),
    ...(cache && { cache }),
    ...recordableIds(requestIds),
    ...(dataLoss && { dataLoss: dataLoss.action ?? 'found' }),
    ...(policies.length > 0 && { dataLossPolicies: policies }),
    ...(prompt !== undefined && { prompt }),
  };
}

/** The form of policy names, which the gateway's owner chooses. */
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
  const sent = records.reduce((sum, attempt) => sum + (attempt.sent?.size ?? 0), 0);
  const received = records.reduce((sum, attempt) => sum + (attempt.response?.size ?? 0), 0);
  return { ...(sent > 0 && { sent }), ...(received > 0 && { received }) };
}
