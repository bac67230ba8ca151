// Classifies failures without a response: errors that Node and VS Code's proxy support throw.
import { type FailureKind, failure, type Failure } from '../model/failure';
import type { RequestIds } from '../model/requestIds';
import { kindOfCode } from './codes';
import type { FailureDetails } from '../model/failureDetails';
import { toLine } from './sanitize';

/**
 * Failures that only the message identifies. VS Code's proxy agent replaces a proxy's error by a plain Error, and TLS
 * has one code for most handshake failures.
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

/**
 * Kinds whose message takes precedence over the code: TLS uses EPROTO for these too, and a reset is only recognized by
 * its message.
 */
const messageFirst: ReadonlySet<FailureKind> = new Set(['notTls', 'tlsCut']);

/** Classifies a network error; undefined if `error` is none. */
export function networkFailure(error: Error, requestIds: RequestIds): Failure | undefined {
  const cause = mostInformative(error);
  // The message may quote a proxy.
  const message = toLine(cause.message);
  const fromMessage = phrases.find(([phrase]) => phrase.test(message))?.[1];
  const code = codeOf(cause);
  const kind =
    fromMessage && messageFirst.has(fromMessage)
      ? fromMessage
      : ((code === undefined ? undefined : kindOfCode(code)) ?? fromMessage);
  if (kind === undefined)
    // The SDK's HTTP handler names its timeouts so.
    return error.name === 'TimeoutError'
      ? failure('connectionTimedOut', { code: error.name }, { requestIds, cause: error })
      : undefined;
  const refined = refine(kind, cause);
  const details: FailureDetails = {
    ...(code !== undefined && { code }),
    ...(kindsWithMessage.has(refined) && { message }),
    ...proxyIn(message),
  };
  return failure(refined, details, { requestIds, cause: error });
}

/** Kinds whose message says more than the code, such as the names in a certificate. */
const kindsWithMessage: ReadonlySet<FailureKind> = new Set([
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
 * Some codes mean something else once a connection exists: with TCP keep-alive, a lost network ends a read with the
 * same code as a failed connect. A request that was sent may have been charged.
 */
function refine(kind: FailureKind, error: Error & { syscall?: unknown }): FailureKind {
  const connecting = error.syscall === 'connect' || error.syscall === 'bind';
  if (kind === 'networkUnreachable' && !connecting) return 'connectionLost';
  return kind === 'connectionLost' && codeOf(error) === 'ETIMEDOUT' && connecting
    ? 'connectionTimedOut'
    : kind;
}

/** Finds `PROXY host:port`, without a user and password before the host. */
function proxyIn(message: string): Pick<FailureDetails, 'proxy'> {
  const proxy = /\b(?:PROXY|HTTPS?|SOCKS[45]?)\s{1,9}(?:\S{0,500}@)?([\w.[\]-]{1,255}(?::\d{1,5})?)/.exec(
    message,
  )?.[1];
  return proxy === undefined ? {} : { proxy };
}

/** The most informative codes first, if several addresses of a host failed: a refusal is at least a response. */
const codeRank: readonly (string | undefined)[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EACCES',
  'EPERM',
  'ETIMEDOUT',
];

/** The error, or a nested one that has a code. */
function mostInformative(error: Error, depth = 0): Error {
  if (depth > 4) return error;
  if (error instanceof AggregateError) {
    const inner = error.errors.filter((each): each is Error => each instanceof Error);
    const rank = (each: Error) => {
      const index = codeRank.indexOf(codeOf(each));
      return index < 0 ? codeRank.length : index;
    };
    const best = inner.toSorted((one, other) => rank(one) - rank(other))[0];
    return best ? mostInformative(best, depth + 1) : error;
  }
  if (codeOf(error) !== undefined || !(error.cause instanceof Error)) return error;
  return mostInformative(error.cause, depth + 1);
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
