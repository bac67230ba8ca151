// How a reply ended: exactly one of done, stopped, cut (interrupted), blocked, failed.
import { hasBlocked } from './bedrock/guardrail';
import { type Failure, failure } from './model/failure';
import type { ResponseHead } from './gateway/response';
import type { GuardrailPolicy } from './model/guardrail';
import type { Outcome } from './model/reply';

/** The outcome of a completely received reply; `policies` are the guardrail policies that took effect. */
export function ending(
  stopReason: string,
  response: ResponseHead | undefined,
  policies: readonly GuardrailPolicy[] = [],
): Outcome {
  const requestIds = response?.requestIds ?? {};
  switch (stopReason) {
    case 'guardrail_intervened': {
      // Converse reports this for masking too; the rest is then the model's own text.
      if (!hasBlocked(policies)) return { kind: 'done', stopReason };
      const details = { code: stopReason, ...(policies.length > 0 && { policies }) };
      return { kind: 'blocked', failure: failure('guardrailIntervened', details, { requestIds }) };
    }
    case 'content_filtered':
      return { kind: 'blocked', failure: failure('contentFiltered', { code: stopReason }, { requestIds }) };
    default:
      return { kind: 'done', stopReason };
  }
}

const blocking: ReadonlySet<string> = new Set(['gatewayGuardrail', 'gatewayDataLossPrevention']);

/** The outcome of a reply that was not received completely; `hasVisibleText` if any part of it was shown. */
export function outcomeOf(failure: Failure, hasVisibleText: boolean, signal: AbortSignal): Outcome {
  if (signal.aborted) return { kind: 'stopped' };
  if (blocking.has(failure.kind)) return { kind: 'blocked', failure };
  // A stream that ended too early is neither a complete reply nor a refusal.
  if (hasVisibleText || failure.kind === 'streamIncomplete') return { kind: 'cut', failure };
  return { kind: 'failed', failure };
}
