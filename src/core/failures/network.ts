// Failures without an answer: what Node, and what VS Code's proxy support, throw.
import { type FailureKind, failure, type Failure } from '../model/failure';
import type { RequestIds } from '../model/requestIds';
import { kindOfCode } from './codes';
import type { FailureDetails } from '../model/failureDetails';
import { toLine } from './sanitize';

/**
 * What only words tell. VS Code's proxy agent throws away what it caught from a proxy and throws a plain Error;
 * TLS gives one code for all that its handshake may fail of.
 */
const phrases: readonly (readonly [RegExp, FailureKind])[] = [
  [/wrong version number|packet length too long|http request/i, 'notTls'],
  [/before secure TLS connection was established/i, 'tlsCut'],
  [/did not establish a connection/i, 'connectionTimedOut'],
  [
    /Failed to establish a socket connection to proxies|Could not determine proxy type|^Proxy (?:response|connection)|proxy CONNECT/i,
    'proxyUnreachable',
  ],
  [/^Socks|SOCKS proxy/, 'proxyUnreachable'],
  [/^(aborted|socket hang up|terminated)$/, 'connectionLost'],
];

/** Before all codes: TLS gives the same one, EPROTO, to what is no TLS at all; a reset is told by its words. */
const before: ReadonlySet<FailureKind> = new Set(['notTls', 'tlsCut']);

/** The failure that a thrown network error tells of; undefined when it is none. */
export function networkFailure(error: Error, requestIds: RequestIds): Failure | undefined {
  const told = mostTelling(error);
  // A proxy may be quoted in it.
  const message = toLine(told.message);
  const said = phrases.find(([phrase]) => phrase.test(message))?.[1];
  const code = codeOf(told);
  const kind =
    said && before.has(said) ? said : ((code === undefined ? undefined : kindOfCode(code)) ?? said);
  if (kind === undefined)
    // The SDK's handler names time-outs of its own so.
    return error.name === 'TimeoutError'
      ? failure('connectionTimedOut', { code: error.name }, { requestIds, cause: error })
      : undefined;
  const refined = refine(kind, told);
  const facts: FailureDetails = {
    ...(code !== undefined && { code }),
    ...(tellsMore.has(refined) && { message }),
    ...proxyIn(message),
  };
  return failure(refined, facts, { requestIds, cause: error });
}

/** Kinds of which Node's own sentence tells something that the code does not, such as the names in a certificate. */
const tellsMore: ReadonlySet<FailureKind> = new Set([
  'certificateUntrusted',
  'certificateExpired',
  'certificateNotYetValid',
  'certificateForAnotherName',
  'certificateRejected',
  'tlsFailed',
  'headerUnsendable',
  'networkFailed',
  'proxyUnreachable',
]);

/**
 * Codes that mean one thing before there was a connection, and another in the middle of one: with TCP's keep-alive,
 * a network that is gone ends a read by the same name as a connect. What has left may have been charged.
 */
function refine(kind: FailureKind, error: Error & { syscall?: unknown }): FailureKind {
  const connecting = error.syscall === 'connect' || error.syscall === 'bind';
  if (kind === 'networkUnreachable' && !connecting) return 'connectionLost';
  return kind === 'connectionLost' && codeOf(error) === 'ETIMEDOUT' && connecting
    ? 'connectionTimedOut'
    : kind;
}

/** `PROXY host:port`, without a name and password that may stand before the host. */
function proxyIn(message: string): Pick<FailureDetails, 'proxy'> {
  const proxy = /\b(?:PROXY|HTTPS?|SOCKS[45]?)\s{1,9}(?:\S{0,500}@)?([\w.[\]-]{1,255}(?::\d{1,5})?)/.exec(
    message,
  )?.[1];
  return proxy === undefined ? {} : { proxy };
}

/** Of what the addresses of one host failed of, that which tells most: a refusal was at least an answer. */
const telling: readonly (string | undefined)[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EACCES',
  'EPERM',
  'ETIMEDOUT',
];

/** The error itself, or the one inside that has a code. */
function mostTelling(error: Error, depth = 0): Error {
  if (depth > 4) return error;
  if (error instanceof AggregateError) {
    const inner = error.errors.filter((each): each is Error => each instanceof Error);
    const rank = (each: Error) => {
      const at = telling.indexOf(codeOf(each));
      return at < 0 ? telling.length : at;
    };
    const best = inner.toSorted((one, other) => rank(one) - rank(other))[0];
    return best ? mostTelling(best, depth + 1) : error;
  }
  if (codeOf(error) !== undefined || !(error.cause instanceof Error)) return error;
  return mostTelling(error.cause, depth + 1);
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
