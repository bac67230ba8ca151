// Classifies errors of AWS, and those of model providers that AWS passes on, by their names.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
import { type Failure, type FailureKind, failure } from '../model/failure';
import { type ResponseHead } from '../gateway/response';
import { type SentForSignature, diffCanonicalRequests, firstDifference } from '../gateway/canonical';
import { anywhereIn, denialIn, limitIn, refusalIn } from './phrases';
import type { FailureDetails } from '../model/failureDetails';
import type { ProviderError } from './providerMessage';
import { maxNameLength } from './sanitize';

/** What is known about an error besides its name and its message. */
export type ResponseContext = Partial<
  Pick<ResponseHead, 'status' | 'date' | 'retryAfter' | 'awsException' | 'requestIds'>
>;

type Classify = (
  message: string,
  signed: SentForSignature | undefined,
  answer: ResponseContext & Pick<ProviderError, 'raw'>,
) => { kind: FailureKind; details?: FailureDetails };

const always =
  (kind: FailureKind): Classify =>
  () => ({ kind });

/**
 * Error names of AWS and of model providers, from responses and stream events, as keyOf() normalizes them. A Map, since
 * the names come from outside: an object would also have `constructor`.
 * https://platform.claude.com/docs/en/api/errors https://platform.openai.com/docs/guides/error-codes
 */
const byKey: ReadonlyMap<string, Classify> = new Map<string, Classify>(
  (
    [
      [denial, 'accessdenied notauthorized permission permissiondenied forbidden'],
      [always('awsSessionExpired'), 'expiredtoken tokenexpired'],
      [always('awsKeyUnknown'), 'unrecognizedclient invalidclienttokenid invalidaccesskeyid'],
      [keyRefused, 'authentication invalidapikey invalidauthentication unauthorized unauthenticated'],
      [signatureFailure, 'invalidsignature signaturedoesnotmatch'],
      [clockFailure, 'requestexpired requesttimetooskewed requestinthefuture'],
      [always('signatureMissing'), 'missingauthenticationtoken incompletesignature'],
      [
        always('awsAccountRestricted'),
        'optinrequired subscriptionrequired accountdeactivated billingnotactive',
      ],
      [always('paymentMethodInvalid'), 'billing paymentrequired'],
      [always('modelNotInCountry'), 'unsupportedcountryregionterritory'],
      [refusal('requestInvalid'), 'validation conflict invalidrequest badrequest invalidargument'],
      [
        refusal('requestInvalid'),
        'invalidparameter unsupportedparameter unsupportedvalue unprocessableentity',
      ],
      [always('requestInvalid'), 'serialization malformedhttprequest unsupportedmediatype'],
      [always('requestTooLarge'), 'requestentitytoolarge payloadtoolarge requesttoolarge'],
      [always('promptTooLong'), 'contextlengthexceeded modelcontextwindowexceeded stringabovemaxlength'],
      [refusal('modelNotFound'), 'resourcenotfound notfound modelnotfound'],
      [always('operationUnknown'), 'unknownoperation'],
      [limit('throttled'), 'throttling throttled toomanyrequests ratelimit ratelimitexceeded ratelimited'],
      [limit('throttled'), 'resourceexhausted'],
      [always('quotaExceeded'), 'servicequotaexceeded insufficientquota billinghardlimitreached'],
      [always('serviceUnavailable'), 'serviceunavailable overloaded engineoverloaded unavailable slowdown'],
      [always('modelNotReady'), 'modelnotready'],
      [always('modelTimedOut'), 'modeltimeout requesttimeout timeout deadlineexceeded'],
      [refusal('modelErred'), 'modelerror modelstreamerror'],
      [always('awsInternalError'), 'internalserver internalfailure internal api server'],
    ] as const
  ).flatMap(([classify, keys]) => keys.split(' ').map((key) => [key, classify] as const)),
);

/** The most likely kind for a status, if there is no name (a gateway may drop the header). */
const byStatus: Readonly<Record<number, Classify>> = {
  400: refusal('requestInvalid'),
  401: keyRefused,
  402: always('paymentMethodInvalid'),
  403: (message, signed, response) =>
    /signature/i.test(message) ? signatureFailure(message, signed, response) : denial(message),
  404: refusal('modelNotFound'),
  408: always('modelTimedOut'),
  413: always('requestTooLarge'),
  415: always('requestInvalid'),
  422: refusal('requestInvalid'),
  424: refusal('modelErred'),
  429: limit('throttled'),
  451: always('modelNotInCountry'),
  500: always('awsInternalError'),
  502: always('awsInternalError'),
  503: always('serviceUnavailable'),
  504: always('modelTimedOut'),
  524: always('modelTimedOut'),
  529: always('serviceUnavailable'),
};

/** Names that only say that the request is invalid: some providers use them with every status. */
const generic: ReadonlySet<string> = new Set(['invalidrequest', 'badrequest', 'invalidargument']);
/** Statuses that only say that the request is invalid. */
const genericStatus: ReadonlySet<number> = new Set([400, 409, 422]);

/** Statuses that ask for a later retry. They say more than an unknown name. */
const retryLater: ReadonlySet<number> = new Set([429, 503, 529]);

/**
 * Normalizes a name: `rate_limit_error`, `RateLimitError` and `RATE_LIMIT` are equal; `ModelErrorException` is not
 * `model`.
 */
function keyOf(name: string): string {
  const key = name
    .slice(0, maxNameLength)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/exception$/, '');
  return byKey.has(key) ? key : key.replace(/error$/, '');
}

const classifyOf = (name: string) => byKey.get(keyOf(name));

function refusal(fallback: FailureKind): Classify {
  return (message) => ({ kind: refusalIn(message) ?? fallback });
}

function limit(fallback: FailureKind): Classify {
  return (message) => ({ kind: limitIn(message) ?? fallback });
}

/** A rejected key: it is unknown, unless the message says that it has expired. */
function keyRefused(message: string): { kind: FailureKind } {
  return { kind: denialIn(message) ?? 'awsKeyUnknown' };
}

/** A denied access. If a policy is the cause, AWS names the action that it does not allow. */
function denial(message: string): { kind: FailureKind; details: FailureDetails } {
  const action = /\bperform: ?([a-z-]+:\w+)/.exec(message)?.[1];
  return {
    kind: denialIn(message) ?? (action ? 'awsActionNotAllowed' : 'awsAccessDenied'),
    details: action ? { action } : {},
  };
}

/** A rejected signature: because of the clock, a change on the way, or the secret. */
function signatureFailure(
  message: string,
  signed: SentForSignature | undefined,
  { raw }: Pick<ProviderError, 'raw'>,
): { kind: FailureKind; details?: FailureDetails } {
  const serverTime = clockOf(message);
  if (serverTime !== undefined) return { kind: 'clockSkewed', details: { serverTime } };
  const canonical = signed && diffCanonicalRequests(raw, signed);
  const changed = firstDifference(canonical);
  if (!canonical || changed === undefined) return { kind: 'signatureRejected' };
  return changed === ''
    ? { kind: 'awsSecretWrong', details: { canonical } }
    : { kind: 'changedOnTheWay', details: { changed, canonical } };
}

/** A wrong clock, by the error's name. If the message has no time, uses the response's Date. */
function clockFailure(message: string, _signed: SentForSignature | undefined, { date }: ResponseContext) {
  const serverTime = clockOf(message) ?? date;
  return { kind: 'clockSkewed' as const, ...(serverTime !== undefined && { details: { serverTime } }) };
}

const skewed =
  /Signature (?:expired|not yet current)[^(]{0,200}\((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z [-+] \d+ min/;

/**
 * Reads AWS's time, ms since the epoch, from "Signature expired: … ({now} - 5 min.)". Preferred to the Date header,
 * since a gateway may send an old one.
 */
function clockOf(message: string): number | undefined {
  const digits = skewed.exec(message)?.slice(1).map(Number);
  if (!digits) return undefined;
  const [year = 0, month = 1, ...rest] = digits;
  return Date.UTC(year, month - 1, ...rest);
}

/** Makes a failure of an error of AWS or a model provider; `signed` is what was signed for the request. */
export function awsFailure(
  response: ResponseContext,
  error: ProviderError,
  signed?: SentForSignature,
): Failure {
  const { message } = error;
  const names = [...(response.awsException ? [response.awsException] : []), ...error.names];
  const knownName = names.find((each) => classifyOf(each) !== undefined);
  const name = knownName ?? names[0];
  // The status of a success with an error as its body says nothing.
  const status = response.status !== undefined && response.status >= 300 ? response.status : 0;
  const byName = knownName === undefined ? undefined : classifyOf(knownName);
  const isGeneric = knownName !== undefined && generic.has(keyOf(knownName)) && !genericStatus.has(status);
  // An unknown name is shown as it is.
  const fromStatus = name === undefined || retryLater.has(status) ? byStatus[status] : undefined;
  const classify = (isGeneric ? byStatus[status] : undefined) ?? byName ?? fromStatus ?? always('awsError');
  // AWS echoes the request if the signature is wrong; do not match phrases in that.
  const general = classify === signatureFailure ? undefined : anywhereIn(message);
  const { kind, details } = general
    ? { kind: general }
    : classify(message, signed, { ...response, raw: error.raw });
  return failure(
    kind,
    {
      ...(status && { status }),
      ...(name !== undefined && { code: name }),
      ...messageBeforeEcho(message),
      ...details,
    },
    { retryAfter: response.retryAfter, ...(response.requestIds && { requestIds: response.requestIds }) },
  );
}

/** Whether `name` is a known error of AWS or a provider. */
export function isKnownName(name: string): boolean {
  return classifyOf(name) !== undefined;
}

/** The message before AWS's echo of the canonical request, which holds the complete session token. */
function messageBeforeEcho(message: string): { message?: string } {
  const first = message.split(/The Canonical String|The String-to-Sign/)[0]?.trim();
  return first ? { message: first } : {};
}

/** Whether `name` is exactly the name of a known error, and nothing else. */
export function isKnownException(name: string): boolean {
  return /^[A-Za-z_]{1,60}$/.test(name) && classifyOf(name) !== undefined;
}
