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
  2018: 'gatewayCreditUsedUp',
  2021: 'gatewayScannerUnpaid',
  2029: 'gatewayDataLossPrevention',
  2030: 'gatewayDataLossPrevention',
  2040: 'gatewayKeyNotStored',
  2041: 'gatewaySpendLimited',
  7013: 'gatewayScannerUnavailable',
};

/** For a code that is not in the table yet, the status still tells the most usual ones. */
const byStatus: Readonly<Record<number, FailureKind>> = {
  401: 'gatewayTokenRejected',
  404: 'gatewayPathUnknown',
  408: 'gatewayTimedOut',
  413: 'requestTooLarge',
  429: 'gatewayRateLimited',
  503: 'gatewayUnavailable',
  504: 'gatewayTimedOut',
};

/** Codes that tell which of the two was blocked. */
const blocked: Readonly<Record<number, Facts['blocked']>> = {
  2016: 'prompt',
  2017: 'reply',
  2029: 'prompt',
  2030: 'reply',
};

/** Whether what the gateway says is none of what it is known to say; its status alone then tells what it may mean. */
export function isUnknownCode({ code }: GatewayError): boolean {
  return !(code in byCode);
}

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
