// The gateway's own errors by their code.
// https://developers.cloudflare.com/ai-gateway/
import { type Failure, type FailureKind, failure } from '../model/failure';
import type { ResponseHead, GatewayError } from '../gateway/response';
import { gatewayPhraseIn } from './phrases';
import type { FailureDetails } from '../model/failureDetails';
import { readJsonError } from './providerMessage';
import { toLine } from './sanitize';

const byCode: Readonly<Record<number, FailureKind>> = {
  2001: 'gatewayNotFound',
  2003: 'gatewayRateLimited',
  2005: 'awsUnreachable',
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
  2047: 'awsKeyUnknown',
  2049: 'gatewayCreditUsedUp',
  7013: 'gatewayScannerUnavailable',
};

/** Codes that stand for more than one thing, which the words tell apart. 2021: what is not paid for. */
const ambiguous: ReadonlySet<number> = new Set([2021]);

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
const blocked: Readonly<Record<number, FailureDetails['blocked']>> = {
  2016: 'prompt',
  2017: 'reply',
  2029: 'prompt',
  2030: 'reply',
};

/** Whether what the gateway says is none of what it is known to say; its status alone then tells what it may mean. */
export function isUnknownCode({ code }: GatewayError): boolean {
  return !(code in byCode);
}

/** What is not shown: it lists the names of the keys that the gateway holds. */
const withheld: ReadonlySet<FailureKind> = new Set(['gatewayKeyNotStored']);

/** A failure that the gateway's error envelope tells of. */
export function gatewayFailure(error: GatewayError, answer: ResponseHead): Failure {
  const { dataLoss } = answer.requestIds;
  const held = dataLoss?.action === 'block' ? 'gatewayDataLossPrevention' : undefined;
  // It may hand on what a provider said.
  const { message } = readJsonError(error.message);
  const told = gatewayPhraseIn(toLine(message));
  const kind =
    (ambiguous.has(error.code) ? told : undefined) ??
    byCode[error.code] ??
    held ??
    told ??
    byPolicy(error, answer) ??
    byStatus[answer.status] ??
    'gatewayError';
  const side = blocked[error.code] ?? (held && dataLoss?.where[0]);
  return failure(
    kind,
    {
      status: answer.status,
      ...(error.code !== 0 && { code: String(error.code) }),
      ...(side && { blocked: side }),
      ...(dataLoss && { dataLoss }),
      ...(error.budget && { budget: error.budget }),
      ...(message && !withheld.has(kind) && { message }),
    },
    { retryAfter: answer.retryAfter, requestIds: answer.requestIds },
  );
}

/** Policies give no code today, or one that is not in the table yet. */
function byPolicy(
  { code, single, isBudget }: GatewayError,
  { status }: ResponseHead,
): FailureKind | undefined {
  if (status === 429 && isBudget) return 'gatewayBudgetUsedUp';
  return status === 403 && code === 0 && single ? 'gatewayPolicyDenied' : undefined;
}
