// The gateway's own errors by their code.
// https://developers.cloudflare.com/ai-gateway/
import { type Facts, type Failure, type FailureKind, failure } from '../failure';
import type { Answer, GatewayError } from '../gateway/answer';

const byCode: Readonly<Record<number, FailureKind>> = {
  2001: 'gatewayNotFound',
  2003: 'gatewayRateLimited',
  2008: 'gatewayProviderUnknown',
  2009: 'gatewayTokenRejected',
  2016: 'gatewayGuardrail',
  2017: 'gatewayGuardrail',
  2018: 'gatewaySpendLimited',
  2021: 'gatewayScannerUnavailable',
  2029: 'gatewayDataLossPrevention',
  2030: 'gatewayDataLossPrevention',
  2040: 'gatewayKeyNotStored',
  2041: 'gatewaySpendLimited',
  7013: 'gatewayScannerUnavailable',
};

/** For a code that is not in the table yet, the status still tells the most usual ones. */
const byStatus: Readonly<Record<number, FailureKind>> = {
  401: 'gatewayTokenRejected',
  429: 'gatewayRateLimited',
};

/** Codes that tell which of the two was blocked. */
const blocked: Readonly<Record<number, Facts['blocked']>> = {
  2016: 'prompt',
  2017: 'reply',
  2029: 'prompt',
  2030: 'reply',
};

/** Messages that are not shown: 2040 lists the names of the keys that the gateway holds. */
const withheld: ReadonlySet<number> = new Set([2040]);

/** A failure that the gateway's error envelope tells of. */
export function gatewayFailure(error: GatewayError, answer: Answer): Failure {
  const { dataLoss } = answer.trace;
  const held = dataLoss?.action === 'block' ? 'gatewayDataLossPrevention' : undefined;
  const kind = byCode[error.code] ?? held ?? byStatus[answer.status] ?? 'gatewayError';
  const side = blocked[error.code] ?? (held && dataLoss?.where[0]);
  return failure(
    kind,
    {
      status: answer.status,
      code: String(error.code),
      ...(side && { blocked: side }),
      ...(dataLoss && { dataLoss }),
      ...(error.message && !withheld.has(error.code) && { message: error.message }),
    },
    { retryAfter: answer.retryAfter, trace: answer.trace },
  );
}

/** An error that is neither the gateway's nor AWS's JSON: something at the edge, or before it, answered. */
export function edgeFailure(answer: Answer): Failure {
  const facts = { status: answer.status };
  const more = { retryAfter: answer.retryAfter, trace: answer.trace };
  if (answer.status === 407) return failure('proxyRefused', facts, more);
  if (answer.status === 404) return failure('gatewayNotFound', facts, more);
  if (answer.status === 403) return failure('gatewayEdgeBlocked', facts, more);
  if (answer.status === 401) return failure('gatewayTokenRejected', facts, more);
  if (answer.status === 429) return failure('gatewayRateLimited', facts, more);
  if (answer.status === 503) return failure('serviceUnavailable', facts, more);
  if (answer.status < 400) return failure('notTheGateway', facts, more);
  return failure('gatewayError', facts, more);
}
