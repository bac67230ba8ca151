// Classifies the gateway's errors by their code.
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

/** Codes with more than one meaning; the message decides. 2021: a feature that is not paid for. */
const ambiguous: ReadonlySet<number> = new Set([2021]);

/** The most common kinds for a status, if the code is unknown. */
const byStatus: Readonly<Record<number, FailureKind>> = {
  401: 'gatewayTokenRejected',
  404: 'gatewayPathUnknown',
  408: 'gatewayTimedOut',
  413: 'requestTooLarge',
  429: 'gatewayRateLimited',
  503: 'gatewayUnavailable',
  504: 'gatewayTimedOut',
};

/** Codes that say whether the prompt or the reply was blocked. */
const blocked: Readonly<Record<number, FailureDetails['blocked']>> = {
  2016: 'prompt',
  2017: 'reply',
  2029: 'prompt',
  2030: 'reply',
};

/** Whether the error's code is unknown; then only the status suggests what it means. */
export function isUnknownCode({ code }: GatewayError): boolean {
  return !(code in byCode);
}

/** Kinds whose message is not shown, since it lists the names of the keys in the gateway. */
const hiddenMessages: ReadonlySet<FailureKind> = new Set(['gatewayKeyNotStored']);

/** Makes a failure of the gateway's error envelope. */
export function gatewayFailure(error: GatewayError, response: ResponseHead): Failure {
  const { dataLoss } = response.requestIds;
  const dataLossKind = dataLoss?.action === 'block' ? 'gatewayDataLossPrevention' : undefined;
  // The message may be a provider's.
  const { message } = readJsonError(error.message);
  const fromMessage = gatewayPhraseIn(toLine(message));
  const kind =
    (ambiguous.has(error.code) ? fromMessage : undefined) ??
    byCode[error.code] ??
    dataLossKind ??
    fromMessage ??
    byPolicy(error, response) ??
    byStatus[response.status] ??
    'gatewayError';
  const side = blocked[error.code] ?? (dataLossKind && dataLoss?.where[0]);
  return failure(
    kind,
    {
      status: response.status,
      ...(error.code !== 0 && { code: String(error.code) }),
      ...(side && { blocked: side }),
      ...(dataLoss && { dataLoss }),
      ...(error.budget && { budget: error.budget }),
      ...(message && !hiddenMessages.has(kind) && { message }),
    },
    { retryAfter: response.retryAfter, requestIds: response.requestIds },
  );
}

/** Recognizes errors of Policies, which have no code today, or an unknown one. */
function byPolicy(
  { code, single, isBudget }: GatewayError,
  { status }: ResponseHead,
): FailureKind | undefined {
  if (status === 429 && isBudget) return 'gatewayBudgetUsedUp';
  return status === 403 && code === 0 && single ? 'gatewayPolicyDenied' : undefined;
}
