// How a reply has ended: exactly one of done, stopped, cut, blocked, failed.
import { hasBlocked } from './bedrock/guardrail';
import { type Failure, failure } from './model/failure';
import type { ResponseHead } from './gateway/response';
import type { GuardrailPolicy } from './model/guardrail';
import type { Outcome } from './model/reply';

/** How a reply that was received to its end has ended; `policies` are those of a guardrail that did something. */
export function ending(
  stopReason: string,
  answer: ResponseHead | undefined,
  policies: readonly GuardrailPolicy[] = [],
): Outcome {
  const requestIds = answer?.requestIds ?? {};
  switch (stopReason) {
    case 'guardrail_intervened': {
      // Converse's word for masking too, after which the rest is the model's own.
      if (!hasBlocked(policies)) return { kind: 'done', stopReason };
      const facts = { code: stopReason, ...(policies.length > 0 && { policies }) };
      return { kind: 'blocked', failure: failure('guardrailIntervened', facts, { requestIds }) };
    }
    case 'content_filtered':
      return { kind: 'blocked', failure: failure('contentFiltered', { code: stopReason }, { requestIds }) };
    default:
      return { kind: 'done', stopReason };
  }
}

const blocking: ReadonlySet<string> = new Set(['gatewayGuardrail', 'gatewayDataLossPrevention']);

/** How a reply has ended that was not received to its end; `shown` when any part of it was. */
export function outcomeOf(failed: Failure, shown: boolean, signal: AbortSignal): Outcome {
  if (signal.aborted) return { kind: 'stopped' };
  if (blocking.has(failed.kind)) return { kind: 'blocked', failure: failed };
  // A stream that merely ended is never taken for a whole reply, nor for one that was refused.
  if (shown || failed.kind === 'streamIncomplete') return { kind: 'cut', failure: failed };
  return { kind: 'failed', failure: failed };
}
