// What a run deals: of every kind of failure that a server can cause, what causes it; and every way besides that the
// stand-in knows.
import type { FailureKind } from '../../src/core/model/failure';
import { type Fault, faults } from '../gateway';
import { type Cause, causes } from '../unit/core/causes';

/** Of all prompts that a run sends, those that fail. */
export const share = 0.2;

/** How many prompts meet each kind at least, in a run. */
export const least = 5;
/** Those besides, that a user's stopping may rob of their effect. */
const spare = 2;

/** The kinds of which only a guardrail can tell that is asked for: the stand-in plays what they look like. */
const ofGuardrails: { readonly [K in FailureKind]?: string } = {
  guardrailNotFound: 'guardrail-unknown',
  guardrailDenied: 'guardrail-denied',
};

/** What a server does so that a prompt fails in this way; undefined where it is none that does it. */
function faultOf(kind: FailureKind, cause: Cause | string): Fault | undefined {
  const guardrail = ofGuardrails[kind];
  if (guardrail !== undefined) return faults[guardrail];
  if (typeof cause === 'string') return undefined;
  const { from, asking } = cause;
  if ('bytes' in from) return { bytes: from.bytes };
  if (!('standIn' in from)) return undefined;
  const name = from.standIn.replace(/^stand-in\.?/, '');
  // Where it is how the prompt is asked that makes it fail, it is no server that does.
  if (name === '') return asking || !from.switches ? undefined : { switches: from.switches };
  return faults[name];
}

/** The stand-in's own name for it, where a kind's cause is something that is asked for. */
const otherwise: { readonly [K in FailureKind]?: string } = {
  clockSkewed: 'clock-ahead',
  gatewayTokenRejected: 'gateway-2009',
  awsKeyUnknown: 'unrecognized-client',
  changedOnTheWay: 'rewritten-body',
  streamDamaged: 'mangled-frames',
};

const ways = new Map(
  (Object.entries(causes) as [FailureKind, Cause | string][]).flatMap(([kind, cause]) => {
    const name = otherwise[kind];
    const way = name === undefined ? faultOf(kind, cause) : faults[name];
    return way ? [[kind, way] as const] : [];
  }),
);

/** Every kind that a server can cause. */
export const kindsOfServers = [...ways.keys()];

/** Each way often enough that its kind occurs `least` times, and all others once. */
export function deck(): Fault[] {
  const dealt = [...ways.values()].flatMap((way) => Array.from({ length: least + spare }, () => way));
  return [...dealt, ...Object.values(faults).filter((fault) => !dealt.includes(fault))];
}
