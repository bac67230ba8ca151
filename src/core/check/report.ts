// The events of a connection check, and the report that they add up to. The texts are in src/check/.
import type { Failure } from '../model/failure';
import type { Authentication, GatewayOptions } from '../model/request';
import type { GatewayQuirks, Route } from '../model/ports';
import type { Usage } from '../model/usage';
import type { RequestIds } from '../model/requestIds';

/** The stages of a check, in order. */
export const checkStages = [
  'settings',
  'connection',
  'gateway',
  'gatewayToken',
  'awsCredentials',
  'signature',
  'model',
  'stream',
  'log',
] as const;
export type CheckStage = (typeof checkStages)[number];

/** The result of each stage that passed. */
export interface StageResult {
  /** The settings are complete. */
  readonly settings: { readonly model: string; readonly region: string };
  readonly connection: Connection;
  /** `status` and `code` of the response that proves it: a refusal by AWS, passed on by the gateway. */
  readonly gateway: { readonly status: number; readonly code: string };
  /** `sent`: whether a token is stored and sent; if not, the gateway requires none. */
  readonly gatewayToken: { readonly sent: boolean };
  readonly awsCredentials: CheckedCredentials;
  readonly signature: { readonly by: Authentication; readonly colon?: Route['colon'] };
  readonly model: {
    /** ms until the first text; absent if the reply had none. */
    readonly firstText?: number;
  };
  readonly stream: { readonly arrives: NonNullable<GatewayQuirks['stream']> | 'notStreamed' };
  readonly log: { readonly logId?: string; readonly logs: GatewayOptions['logs'] };
}

export interface Connection {
  readonly hostname: string;
  /** Address and port that the connection was made to; absent if unknown. */
  readonly remote?: string;
  /** Whether the connection was made to a proxy, not to the gateway. */
  readonly proxy: boolean;
  /** Such as `TLSv1.3`; absent without TLS, and if unknown. */
  readonly tls?: string;
  /** Such as `1.1`. */
  readonly http?: string;
  /** ms until the name was resolved, and until the connection was ready; absent if unknown. */
  readonly resolved?: number;
  readonly connected?: number;
}

/** The credentials that authenticate to AWS, without the secret. */
export interface CheckedCredentials {
  readonly authentication: Authentication;
  /** A profile of ~/.aws. */
  readonly profile?: string;
  /** The last four characters of the access key ID; absent for an API key, which is entirely secret. */
  readonly keyEnd?: string;
  /** Whether they expire. */
  readonly temporary?: boolean;
  /** ms since the epoch; absent if unknown. */
  readonly expiration?: number;
  /** The alias of a key that the gateway holds; '' for its default. */
  readonly alias?: string;
}

/** A problem at a stage that prompts pass anyway. */
export type Warning =
  /** This machine's clock is `by` ms ahead of AWS's; negative if it is behind. */
  | { readonly kind: 'clock'; readonly by: number }
  /** The `:` of a model ID must be signed unencoded. */
  | { readonly kind: 'colonRewritten' }
  | { readonly kind: 'streamDamaged' }
  | { readonly kind: 'noLogId' };

/** Additional tests after all stages have passed. */
export type Extra = 'streamCache';

export type CheckEvent =
  | { readonly type: 'running'; readonly stage: CheckStage }
  | StagePassed
  | { readonly type: 'failed'; readonly stage: CheckStage; readonly failure: Failure }
  | { readonly type: 'runningExtra'; readonly extra: Extra }
  | { readonly type: 'quirksObserved'; readonly quirks: GatewayQuirks }
  /** A prompt was sent that may be charged. */
  | { readonly type: 'prompt' }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The last event; always sent, exactly once. */
  | { readonly type: 'ended'; readonly outcome: CheckOutcome };

export type StagePassed = {
  [H in CheckStage]: {
    readonly type: 'passed';
    readonly stage: H;
    readonly result: StageResult[H];
    readonly warning?: Warning;
    readonly requestIds?: RequestIds;
  };
}[CheckStage];

export type CheckOutcome = 'passed' | 'failed' | 'stopped';

export interface StageReport {
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'notReached';
  readonly passed?: StagePassed;
  readonly failure?: Failure;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Times are ms since the epoch. */
export interface Report {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly stages: { readonly [H in CheckStage]: StageReport };
  readonly runningExtra?: Extra;
  /** The quirks that were stored before. */
  readonly known: GatewayQuirks;
  /** The quirks that this check observed. */
  readonly quirks: GatewayQuirks;
  /** How many prompts were sent that may be charged. */
  readonly prompts: number;
  readonly usage?: Usage;
  readonly outcome?: CheckOutcome;
}

/** An empty report. */
export function newReport(at: number, known: GatewayQuirks): Report {
  return { startedAt: at, stages: everyStage(() => ({ state: 'waiting' })), known, quirks: {}, prompts: 0 };
}

/** Returns `report` after `event`, which happened at `at`. */
export function reduceReport(report: Report, event: CheckEvent, at: number): Report {
  const put = (stage: CheckStage, changes: Partial<StageReport>): Report => ({
    ...report,
    stages: { ...report.stages, [stage]: { ...report.stages[stage], ...changes } },
  });
  switch (event.type) {
    case 'running':
      return put(event.stage, { state: 'running', startedAt: at });
    case 'passed':
      return put(event.stage, { state: 'passed', passed: event, endedAt: at });
    case 'failed':
      return failedAt(
        put(event.stage, { state: 'failed', failure: event.failure, endedAt: at }),
        event.stage,
      );
    case 'runningExtra':
      return { ...report, runningExtra: event.extra };
    case 'quirksObserved':
      return { ...report, quirks: { ...report.quirks, ...event.quirks } };
    case 'prompt':
      return { ...report, prompts: report.prompts + 1 };
    case 'usage':
      return { ...report, usage: sum(report.usage, event.usage) };
    case 'ended': {
      const { runningExtra, ...rest } = report;
      return { ...rest, outcome: event.outcome, endedAt: at, stages: closed(report) };
    }
  }
}

/** If a later request shows that an earlier stage failed, the stages after that one count as not reached. */
function failedAt(report: Report, failed: CheckStage): Report {
  const after = checkStages.slice(checkStages.indexOf(failed) + 1);
  return {
    ...report,
    stages: everyStage((stage) => (after.includes(stage) ? { state: 'notReached' } : report.stages[stage])),
  };
}

function closed({ stages }: Report): Report['stages'] {
  return everyStage((stage) => {
    const { state } = stages[stage];
    return state === 'waiting' || state === 'running' ? { state: 'notReached' } : stages[stage];
  });
}

function everyStage(of: (stage: CheckStage) => StageReport): Report['stages'] {
  return Object.fromEntries(checkStages.map((stage) => [stage, of(stage)])) as Record<
    CheckStage,
    StageReport
  >;
}

function sum(one: Usage | undefined, other: Usage): Usage {
  if (!one) return other;
  const cacheWrite1h = (one.cacheWrite1h ?? 0) + (other.cacheWrite1h ?? 0);
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    ...(cacheWrite1h > 0 && { cacheWrite1h }),
  };
}
