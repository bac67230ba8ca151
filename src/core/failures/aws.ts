// Bedrock's exceptions by their names.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
import { type Facts, type Failure, type FailureKind, failure } from '../failure';
import { type Answer } from '../gateway/answer';
import { type Signed, besideOurs, changedIn } from '../gateway/canonical';

type Classify = (
  message: string,
  signed: Signed | undefined,
  answer: Answer,
) => { kind: FailureKind; facts?: Facts };

const always =
  (kind: FailureKind): Classify =>
  () => ({ kind });

// Maps, since the names come from outside: an object also answers to `constructor`.
const byException: ReadonlyMap<string, Classify> = new Map<string, Classify>(
  Object.entries({
    AccessDeniedException: (message: string) => ({ kind: deniedByText(message) ?? 'awsAccessDenied' }),
    ExpiredTokenException: always('awsSessionExpired'),
    UnrecognizedClientException: always('awsKeyUnknown'),
    InvalidSignatureException: signatureFailure,
    SignatureDoesNotMatch: signatureFailure,
    RequestExpired: clockFailure,
    RequestTimeTooSkewed: clockFailure,
    MissingAuthenticationTokenException: always('signatureMissing'),
    IncompleteSignatureException: always('signatureMissing'),
    ValidationException: (message: string) => ({ kind: byText(message) ?? 'requestInvalid' }),
    ResourceNotFoundException: (message: string) => ({ kind: byText(message) ?? 'modelNotFound' }),
    ThrottlingException: always('throttled'),
    ServiceQuotaExceededException: always('quotaExceeded'),
    ServiceUnavailableException: always('serviceUnavailable'),
    ModelNotReadyException: always('modelNotReady'),
    ModelTimeoutException: always('modelTimedOut'),
    ModelErrorException: always('modelErred'),
    InternalServerException: always('awsError'),
  }),
);

/** Where no name came along (a gateway may drop the header), the status tells the most likely. */
const byStatus: Readonly<Record<number, Classify>> = {
  400: (message) => ({ kind: byText(message) ?? 'requestInvalid' }),
  403: (message, signed) =>
    /signature/i.test(message)
      ? signatureFailure(message, signed)
      : { kind: deniedByText(message) ?? 'awsAccessDenied' },
  404: (message) => ({ kind: byText(message) ?? 'modelNotFound' }),
  408: always('modelTimedOut'),
  424: always('modelErred'),
  429: always('throttled'),
  503: always('serviceUnavailable'),
};

/** The few things that AWS says in words only. */
const phrases: readonly (readonly [RegExp, FailureKind])[] = [
  // “The provided guardrail identifier is invalid”, “The guardrail identifier or version provided … does not exist”.
  [/guardrail ?(?:identifier|version|config)/i, 'guardrailNotFound'],
  // AWS writes the typographic apostrophe.
  [/on-demand throughput isn[’']t supported/i, 'modelNeedsInferenceProfile'],
  [/end of its life|model identifier is invalid/i, 'modelRetired'],
  [/(input|prompt) is too long|too many input tokens|maximum context length/i, 'promptTooLong'],
  // InvokeModel's: Claude's own words, the schema of the body, the length of the whole request.
  [/exceed context limit|expected maxLength|'body' failed.+ have length less/i, 'promptTooLong'],
];

/** Where access is denied for the sake of the key: of a Bedrock API key, AWS says no more than this. */
const denials: typeof phrases = [
  [/bedrock:ApplyGuardrail/, 'guardrailDenied'],
  [/token .*expired/i, 'awsSessionExpired'],
  [/API key is valid|invalid API key/i, 'awsKeyUnknown'],
];

const saidIn = (among: typeof phrases) => (message: string) =>
  among.find(([phrase]) => phrase.test(message))?.[1];
const byText = saidIn(phrases);
const deniedByText = saidIn(denials);

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
  const classify =
    (name ? byException.get(name) : undefined) ?? byStatus[answer.status] ?? always('awsError');
  const { kind, facts } = classify(message, signed, answer);
  return failure(
    kind,
    { status: answer.status, ...(name && { code: name }), ...spoken(message), ...facts },
    { retryAfter: answer.retryAfter, trace: answer.trace },
  );
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

/** Whether `name` is an exception that Bedrock is known to raise. */
export function isAwsException(name: string): boolean {
  return byException.has(name) || name === 'ModelStreamErrorException';
}
