// What AWS says, and through it the provider of a model: exceptions and errors by their names.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
import { type Failure, type FailureKind, failure } from '../model/failure';
import { type ResponseHead } from '../gateway/response';
import { type SentForSignature, diffCanonicalRequests, firstDifference } from '../gateway/canonical';
import { anywhereIn, denialIn, limitIn, refusalIn } from './phrases';
import type { FailureDetails } from '../model/failureDetails';
import type { ProviderError } from './providerMessage';
import { maxNameLength } from './sanitize';

/** What is known of an error besides its name and its words. */
export type ResponseContext = Partial<
  Pick<ResponseHead, 'status' | 'date' | 'retryAfter' | 'awsException' | 'requestIds'>
>;

type Classify = (
  message: string,
  signed: SentForSignature | undefined,
  answer: ResponseContext & Pick<ProviderError, 'raw'>,
) => { kind: FailureKind; facts?: FailureDetails };

const always =
  (kind: FailureKind): Classify =>
  () => ({ kind });

/**
 * The names of errors: AWS's own, and those that a model's provider gives, in an answer or in the event of a stream.
 * Names are looked up as classifyOf() spells them. A Map, since they come from outside: an object also answers
 * to `constructor`.
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

/** Where no name came along (a gateway may drop the header), the status tells the most likely. */
const byStatus: Readonly<Record<number, Classify>> = {
  400: refusal('requestInvalid'),
  401: keyRefused,
  402: always('paymentMethodInvalid'),
  403: (message, signed, answer) =>
    /signature/i.test(message) ? signatureFailure(message, signed, answer) : denial(message),
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

/** Names that say no more than that the request is not right: some providers give them with every status. */
const generic: ReadonlySet<string> = new Set(['invalidrequest', 'badrequest', 'invalidargument']);
/** Statuses that say no more than that either. */
const genericStatus: ReadonlySet<number> = new Set([400, 409, 422]);

/** Statuses that ask to be tried later, which tell more than a name that nobody knows. */
const later: ReadonlySet<number> = new Set([429, 503, 529]);

/** `rate_limit_error`, `RateLimitError` and `RATE_LIMIT` are one name; `ModelErrorException` is not `model`. */
function keyOf(name: string): string {
  const key = name
    .slice(0, maxNameLength)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/exception$/, '');
  return byKey.has(key) ? key : key.replace(/error$/, '');
}

const classifyOf = (name: string) => byKey.get(keyOf(name));

function refusal(otherwise: FailureKind): Classify {
  return (message) => ({ kind: refusalIn(message) ?? otherwise });
}

function limit(otherwise: FailureKind): Classify {
  return (message) => ({ kind: limitIn(message) ?? otherwise });
}

/** A key that is not taken: it is unknown, unless the words tell that it has ended. */
function keyRefused(message: string): { kind: FailureKind } {
  return { kind: denialIn(message) ?? 'awsKeyUnknown' };
}

/** Where access is denied, AWS names the action that its policies do not allow, where it is a matter of them. */
function denial(message: string): { kind: FailureKind; facts: FailureDetails } {
  const action = /\bperform: ?([a-z-]+:\w+)/.exec(message)?.[1];
  return {
    kind: denialIn(message) ?? (action ? 'awsActionNotAllowed' : 'awsAccessDenied'),
    facts: action ? { action } : {},
  };
}

/** A rejected signature: because of the clock, of a change on the way, or of the secret. */
function signatureFailure(
  message: string,
  signed: SentForSignature | undefined,
  { raw }: Pick<ProviderError, 'raw'>,
): { kind: FailureKind; facts?: FailureDetails } {
  const serverTime = clockOf(message);
  if (serverTime !== undefined) return { kind: 'clockSkewed', facts: { serverTime } };
  const canonical = signed && diffCanonicalRequests(raw, signed);
  const changed = firstDifference(canonical);
  if (!canonical || changed === undefined) return { kind: 'signatureRejected' };
  return changed === ''
    ? { kind: 'awsSecretWrong', facts: { canonical } }
    : { kind: 'changedOnTheWay', facts: { changed, canonical } };
}

/** By name a matter of the clock; where the message tells no time, the answer's Date has to. */
function clockFailure(message: string, _signed: SentForSignature | undefined, { date }: ResponseContext) {
  const serverTime = clockOf(message) ?? date;
  return { kind: 'clockSkewed' as const, ...(serverTime !== undefined && { facts: { serverTime } }) };
}

const skewed =
  /Signature (?:expired|not yet current)[^(]{0,200}\((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z [-+] \d+ min/;

/**
 * AWS's own time, ms since the epoch, out of "Signature expired: … ({now} - 5 min.)". The Date header would
 * be easier to read, but a gateway may answer with an old one.
 */
function clockOf(message: string): number | undefined {
  const digits = skewed.exec(message)?.slice(1).map(Number);
  if (!digits) return undefined;
  const [year = 0, month = 1, ...rest] = digits;
  return Date.UTC(year, month - 1, ...rest);
}

/** The failure that an error of AWS's, or of a model's provider, tells of; `signed` is what was signed for it. */
export function awsFailure(answer: ResponseContext, said: ProviderError, signed?: SentForSignature): Failure {
  const { message } = said;
  const names = [...(answer.awsException ? [answer.awsException] : []), ...said.names];
  const known = names.find((each) => classifyOf(each) !== undefined);
  const name = known ?? names[0];
  // A success that turned out to be an error has no status that tells anything.
  const status = answer.status !== undefined && answer.status >= 300 ? answer.status : 0;
  const byName = known === undefined ? undefined : classifyOf(known);
  const saysMore = known !== undefined && generic.has(keyOf(known)) && !genericStatus.has(status);
  // A name that is not known is told as it is.
  const unnamed = name === undefined || later.has(status) ? byStatus[status] : undefined;
  const classify = (saysMore ? byStatus[status] : undefined) ?? byName ?? unnamed ?? always('awsError');
  // AWS echoes what it was sent where a signature is wrong.
  const anywhere = classify === signatureFailure ? undefined : anywhereIn(message);
  const { kind, facts } = anywhere
    ? { kind: anywhere }
    : classify(message, signed, { ...answer, raw: said.raw });
  return failure(
    kind,
    {
      ...(status && { status }),
      ...(name !== undefined && { code: name }),
      ...spoken(message),
      ...facts,
    },
    { retryAfter: answer.retryAfter, ...(answer.requestIds && { requestIds: answer.requestIds }) },
  );
}

/** Whether a name is known, AWS's or a provider's. */
export function isKnownName(name: string): boolean {
  return classifyOf(name) !== undefined;
}

/** What comes before AWS's echo of the canonical request, which holds the session token in full. */
function spoken(message: string): { message?: string } {
  const first = message.split(/The Canonical String|The String-to-Sign/)[0]?.trim();
  return first ? { message: first } : {};
}

/** Whether `name` is that of an error that is known here, in a status or in a stream, and nothing besides. */
export function isKnownException(name: string): boolean {
  return /^[A-Za-z_]{1,60}$/.test(name) && classifyOf(name) !== undefined;
}
