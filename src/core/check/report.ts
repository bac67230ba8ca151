// What a check of the connection tells, as it happens and as it adds up. The words for it belong to the shell.
import type { Failure } from '../model/failure';
import type { Authentication, GatewayOptions } from '../model/request';
import type { GatewayQuirks, Route } from '../model/ports';
import type { Usage } from '../model/usage';
import type { RequestIds } from '../model/requestIds';

/** What a prompt passes on its way, in this order. */
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

/** What is found at a stage that a prompt passes. */
export interface StageResult {
  /** The settings hold all that is needed. */
  readonly settings: { readonly model: string; readonly region: string };
  readonly connection: Connection;
  /** `status` and `code` are those of the answer that proves it: a refusal of AWS's, passed on by the gateway. */
  readonly gateway: { readonly status: number; readonly code: string };
  /** `sent`: whether a token is stored here; if not, the gateway asked for none. */
  readonly gatewayToken: { readonly sent: boolean };
  readonly awsCredentials: CheckedCredentials;
  readonly signature: { readonly by: Authentication; readonly colon?: Route['colon'] };
  readonly model: {
    /** ms until the first word; absent where the reply had none. */
    readonly firstText?: number;
  };
  readonly stream: { readonly arrives: NonNullable<GatewayQuirks['stream']> | 'notAsked' };
  readonly log: { readonly logId?: string; readonly logs: GatewayOptions['logs'] };
}

export interface Connection {
  readonly hostname: string;
  /** Address and port of what the connection was made to; absent when that is not known. */
  readonly remote?: string;
  /** Whether that is not the gateway but something before it. */
  readonly proxy: boolean;
  /** Such as `TLSv1.3`; absent without TLS, and where it is not known. */
  readonly tls?: string;
  /** Such as `1.1`. */
  readonly http?: string;
  /** ms until the name was found, and until the connection was ready; absent where that is not known. */
  readonly resolved?: number;
  readonly connected?: number;
}

/** Who authenticates to AWS, without the secret. */
export interface CheckedCredentials {
  readonly authentication: Authentication;
  /** Of ~/.aws. */
  readonly profile?: string;
  /** The last four characters of the access key's ID; absent for an API key, which is all secret. */
  readonly keyEnd?: string;
  /** Whether they end by themselves. */
  readonly temporary?: boolean;
  /** ms since the epoch; absent when that is not known. */
  readonly expiration?: number;
  /** The alias of a key that the gateway holds; '' for its default. */
  readonly alias?: string;
}

/** What is not as it should be at a stage that prompts pass all the same. */
export type Warning =
  /** `by` ms is this machine's clock before AWS's; behind it where that is negative. */
  | { readonly kind: 'clock'; readonly by: number }
  /** The `:` of a model's ID must be signed as it stands. */
  | { readonly kind: 'colonRewritten' }
  | { readonly kind: 'streamDamaged' }
  | { readonly kind: 'noLogId' };

/** Questions that are asked for their own sake, once all stages are passed. */
export type Extra = 'streamCache';

export type CheckEvent =
  | { readonly type: 'running'; readonly stage: CheckStage }
  | StagePassed
  | { readonly type: 'failed'; readonly stage: CheckStage; readonly failure: Failure }
  | { readonly type: 'runningExtra'; readonly extra: Extra }
  | { readonly type: 'quirksObserved'; readonly quirks: GatewayQuirks }
  /** A prompt leaves that may be charged. */
  | { readonly type: 'prompt' }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The last one, always and once. */
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
  /** What was known before. */
  readonly known: GatewayQuirks;
  /** What this check settled. */
  readonly quirks: GatewayQuirks;
  /** How many prompts left that may be charged. */
  readonly prompts: number;
  readonly usage?: Usage;
  readonly outcome?: CheckOutcome;
}

/** A report in which nothing has happened yet. */
export function newReport(at: number, known: GatewayQuirks): Report {
  return { startedAt: at, stages: everyStage(() => ({ state: 'waiting' })), known, quirks: {}, prompts: 0 };
}

/** `report` after `event`, which happened at `at`. */
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

/** What a later request found out of an earlier stage leaves those between unreached. */
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
