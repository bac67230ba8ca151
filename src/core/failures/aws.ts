// Bedrock's exceptions by their names.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
import { type Facts, type Failure, type FailureKind, failure } from '../failure';
import { type Answer } from '../gateway/answer';
import { type Signed, besideOurs, changedIn } from '../gateway/canonical';
import { denialIn, limitIn, refusalIn } from './phrases';

type Classify = (
  message: string,
  signed: Signed | undefined,
  answer: Answer,
) => { kind: FailureKind; facts?: Facts };

const always =
  (kind: FailureKind): Classify =>
  () => ({ kind });

// Maps, since the names come from outside: an object also answers to `constructor`. Names are without the
// `Exception` at their end, which AWS writes for some of its services and not for others.
const byException: ReadonlyMap<string, Classify> = new Map<string, Classify>(
  Object.entries({
    AccessDenied: (message: string) => denial(message),
    NotAuthorized: (message: string) => denial(message),
    ExpiredToken: always('awsSessionExpired'),
    UnrecognizedClient: always('awsKeyUnknown'),
    InvalidClientTokenId: always('awsKeyUnknown'),
    InvalidAccessKeyId: always('awsKeyUnknown'),
    InvalidSignature: signatureFailure,
    SignatureDoesNotMatch: signatureFailure,
    RequestExpired: clockFailure,
    RequestTimeTooSkewed: clockFailure,
    RequestInTheFuture: clockFailure,
    MissingAuthenticationToken: always('signatureMissing'),
    IncompleteSignature: always('signatureMissing'),
    OptInRequired: always('awsAccountRestricted'),
    SubscriptionRequired: always('awsAccountRestricted'),
    Validation: refusal('requestInvalid'),
    ValidationError: refusal('requestInvalid'),
    Serialization: always('requestInvalid'),
    MalformedHttpRequest: always('requestInvalid'),
    UnsupportedMediaType: always('requestInvalid'),
    Conflict: refusal('requestInvalid'),
    RequestEntityTooLarge: always('requestTooLarge'),
    PayloadTooLarge: always('requestTooLarge'),
    ResourceNotFound: refusal('modelNotFound'),
    UnknownOperation: refusal('modelNotFound'),
    Throttling: limit('throttled'),
    Throttled: limit('throttled'),
    TooManyRequests: limit('throttled'),
    ServiceQuotaExceeded: always('quotaExceeded'),
    ServiceUnavailable: always('serviceUnavailable'),
    ModelNotReady: always('modelNotReady'),
    ModelTimeout: always('modelTimedOut'),
    RequestTimeout: always('modelTimedOut'),
    ModelError: always('modelErred'),
    InternalServer: always('awsInternalError'),
    InternalFailure: always('awsInternalError'),
  }),
);

/** Where no name came along (a gateway may drop the header), the status tells the most likely. */
const byStatus: Readonly<Record<number, Classify>> = {
  400: refusal('requestInvalid'),
  403: (message, signed) =>
    /signature/i.test(message) ? signatureFailure(message, signed) : denial(message),
  404: refusal('modelNotFound'),
  408: always('modelTimedOut'),
  413: always('requestTooLarge'),
  415: always('requestInvalid'),
  424: always('modelErred'),
  429: limit('throttled'),
  500: always('awsInternalError'),
  503: always('serviceUnavailable'),
};

function refusal(otherwise: FailureKind): Classify {
  return (message) => ({ kind: refusalIn(message) ?? otherwise });
}

function limit(otherwise: FailureKind): Classify {
  return (message) => ({ kind: limitIn(message) ?? otherwise });
}

/** Where access is denied, AWS names the action that its policies do not allow, where it is a matter of them. */
function denial(message: string): { kind: FailureKind; facts: Facts } {
  const action = /\bperform: ?([a-z-]+:\w+)/.exec(message)?.[1];
  return {
    kind: denialIn(message) ?? (action ? 'awsActionNotAllowed' : 'awsAccessDenied'),
    facts: action ? { action } : {},
  };
}

/** A rejected signature: because of the clock, of a change on the way, or of the secret. */
function signatureFailure(message: string, signed: Signed | undefined): { kind: FailureKind; facts?: Facts } {
  const serverTime = clockOf(message);
  if (serverTime !== undefined) return { kind: 'clockSkewed', facts: { serverTime } };
  const canonical = signed && besideOurs(message, signed);
  const changed = changedIn(canonical);
  if (!canonical || changed === undefined) return { kind: 'signatureRejected' };
  return changed === ''
    ? { kind: 'awsSecretWrong', facts: { canonical } }
    : { kind: 'changedOnTheWay', facts: { changed, canonical } };
}

/** By name a matter of the clock; where the message tells no time, the answer's Date has to. */
function clockFailure(message: string, _signed: Signed | undefined, { date }: Answer) {
  const serverTime = clockOf(message) ?? date;
  return { kind: 'clockSkewed' as const, ...(serverTime !== undefined && { facts: { serverTime } }) };
}

const skewed =
  /Signature (?:expired|not yet current)[^(]*\((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z [-+] \d+ min/;

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

/** The failure that an error answer of AWS's tells of; `signed` is what was signed for it, if anything was. */
export function awsFailure(answer: Answer, body: Record<string, unknown>, signed?: Signed): Failure {
  const said = body['message'] ?? body['Message'];
  const message = typeof said === 'string' ? said : '';
  const name = answer.awsException ?? nameIn(body);
  // A name that is not known is told as it is; only what asks to be tried later is known by its status too.
  const telling = !name || answer.status === 429 || answer.status === 503;
  const classify =
    (name ? byName(name) : undefined) ??
    (telling ? byStatus[answer.status] : undefined) ??
    always('awsError');
  const { kind, facts } = classify(message, signed, answer);
  return failure(
    kind,
    { status: answer.status, ...(name && { code: name }), ...spoken(message), ...facts },
    { retryAfter: answer.retryAfter, trace: answer.trace },
  );
}

function byName(name: string): Classify | undefined {
  return byException.get(name.replace(/Exception$/, '')) ?? byException.get(name);
}

/** Whether an answer is AWS's own: it names an exception, or says something in AWS's way. */
export function isAwsError(answer: Answer, body: Record<string, unknown>): boolean {
  return (
    Boolean(answer.awsException ?? nameIn(body)) || typeof (body['message'] ?? body['Message']) === 'string'
  );
}

/** `__type` may carry a namespace: `com.amazon.coral.service#AccessDeniedException`. */
function nameIn(body: Record<string, unknown>): string | undefined {
  const type = body['__type'];
  return typeof type === 'string' ? type.split('#').at(-1)?.split(':')[0] : undefined;
}

/** What comes before AWS's echo of the canonical request, which holds the session token in full. */
function spoken(message: string): { message?: string } {
  const first = message.split(/\n\s*\n|The Canonical String|The String-to-Sign/)[0]?.trim();
  return first ? { message: first } : {};
}

/** Whether `name` is that of an exception of AWS's that is known here, in a status or in a stream. */
export function isKnownException(name: string): boolean {
  return byName(name) !== undefined || name === 'ModelStreamErrorException';
}

/** Whether `name` is an exception that Bedrock is known to raise. */
export function isAwsException(name: string): boolean {
  return name.endsWith('Exception') && (byName(name) !== undefined || name === 'ModelStreamErrorException');
}
