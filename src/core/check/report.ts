// What a check of the connection tells, as it happens and as it adds up. The words for it belong to the shell.
import type { Failure } from '../model/failure';
import type { Authentication, GatewayOptions } from '../model/request';
import type { Learned, Route } from '../model/ports';
import type { Usage } from '../model/usage';
import type { Trace } from '../model/requestIds';

/** What a prompt passes on its way, in this order. */
export const checkHops = [
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
export type CheckHop = (typeof checkHops)[number];

/** What is found at a hop that a prompt passes. */
export interface FoundAt {
  /** The settings hold all that is needed. */
  readonly settings: { readonly model: string; readonly region: string };
  readonly connection: Connection;
  /** `status` and `code` are those of the answer that proves it: a refusal of AWS's, passed on by the gateway. */
  readonly gateway: { readonly status: number; readonly code: string };
  /** `sent`: whether a token is stored here; if not, the gateway asked for none. */
  readonly gatewayToken: { readonly sent: boolean };
  readonly awsCredentials: Credentials;
  readonly signature: { readonly by: Authentication; readonly colon?: Route['colon'] };
  readonly model: {
    /** ms until the first word; absent where the reply had none. */
    readonly firstText?: number;
  };
  readonly stream: { readonly arrives: NonNullable<Learned['stream']> | 'notAsked' };
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
  readonly found?: number;
  readonly connected?: number;
}

/** Who authenticates to AWS, without the secret. */
export interface Credentials {
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

/** What is not as it should be at a hop that prompts pass all the same. */
export type Caution =
  /** `by` ms is this machine's clock before AWS's; behind it where that is negative. */
  | { readonly kind: 'clock'; readonly by: number }
  /** The `:` of a model's ID must be signed as it stands. */
  | { readonly kind: 'colonRewritten' }
  | { readonly kind: 'streamDamaged' }
  | { readonly kind: 'noLogId' };

/** Questions that are asked for their own sake, once all hops are passed. */
export type Extra = 'streamCache';

export type CheckEvent =
  | { readonly type: 'running'; readonly hop: CheckHop }
  | Passed
  | { readonly type: 'failed'; readonly hop: CheckHop; readonly failure: Failure }
  | { readonly type: 'asking'; readonly extra: Extra }
  | { readonly type: 'learned'; readonly learned: Learned }
  /** A prompt leaves that may be charged. */
  | { readonly type: 'prompt' }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The last one, always and once. */
  | { readonly type: 'ended'; readonly how: Ended };

export type Passed = {
  [H in CheckHop]: {
    readonly type: 'passed';
    readonly hop: H;
    readonly found: FoundAt[H];
    readonly caution?: Caution;
    readonly trace?: Trace;
  };
}[CheckHop];

export type Ended = 'passed' | 'failed' | 'stopped';

export interface HopReport {
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'notReached';
  readonly passed?: Passed;
  readonly failure?: Failure;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Times are ms since the epoch. */
export interface Report {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly hops: { readonly [H in CheckHop]: HopReport };
  readonly asking?: Extra;
  /** What was known before. */
  readonly known: Learned;
  /** What this check settled. */
  readonly learned: Learned;
  /** How many prompts left that may be charged. */
  readonly prompts: number;
  readonly usage?: Usage;
  readonly ended?: Ended;
}

/** A report in which nothing has happened yet. */
export function newReport(at: number, known: Learned): Report {
  return { startedAt: at, hops: everyHop(() => ({ state: 'waiting' })), known, learned: {}, prompts: 0 };
}

/** `report` after `event`, which happened at `at`. */
export function foldReport(report: Report, event: CheckEvent, at: number): Report {
  const put = (hop: CheckHop, changes: Partial<HopReport>): Report => ({
    ...report,
    hops: { ...report.hops, [hop]: { ...report.hops[hop], ...changes } },
  });
  switch (event.type) {
    case 'running':
      return put(event.hop, { state: 'running', startedAt: at });
    case 'passed':
      return put(event.hop, { state: 'passed', passed: event, endedAt: at });
    case 'failed':
      return failedAt(put(event.hop, { state: 'failed', failure: event.failure, endedAt: at }), event.hop);
    case 'asking':
      return { ...report, asking: event.extra };
    case 'learned':
      return { ...report, learned: { ...report.learned, ...event.learned } };
    case 'prompt':
      return { ...report, prompts: report.prompts + 1 };
    case 'usage':
      return { ...report, usage: sum(report.usage, event.usage) };
    case 'ended': {
      const { asking, ...rest } = report;
      return { ...rest, ended: event.how, endedAt: at, hops: closed(report) };
    }
  }
}

/** What a later request found out of an earlier hop leaves those between unreached. */
function failedAt(report: Report, failed: CheckHop): Report {
  const after = checkHops.slice(checkHops.indexOf(failed) + 1);
  return {
    ...report,
    hops: everyHop((hop) => (after.includes(hop) ? { state: 'notReached' } : report.hops[hop])),
  };
}

function closed({ hops }: Report): Report['hops'] {
  return everyHop((hop) => {
    const { state } = hops[hop];
    return state === 'waiting' || state === 'running' ? { state: 'notReached' } : hops[hop];
  });
}

function everyHop(of: (hop: CheckHop) => HopReport): Report['hops'] {
  return Object.fromEntries(checkHops.map((hop) => [hop, of(hop)])) as Record<CheckHop, HopReport>;
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
