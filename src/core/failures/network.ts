// Failures without an answer: what Node, and what VS Code's proxy support, throw.
import { type FailureKind, failure, type Failure } from '../failure';
import type { Trace } from '../trace';

const byCode: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>(
  Object.entries({
    ENOTFOUND: 'nameNotFound',
    EAI_AGAIN: 'nameNotFound',
    ECONNREFUSED: 'connectionRefused',
    EHOSTUNREACH: 'connectionRefused',
    ENETUNREACH: 'connectionRefused',
    ECONNRESET: 'connectionLost',
    EPIPE: 'connectionLost',
    ETIMEDOUT: 'connectionLost',
    ERR_STREAM_PREMATURE_CLOSE: 'connectionLost',
    HPE_INVALID_CONSTANT: 'notTheGateway',
    EPROTO: 'certificateRejected',
  }),
);

const certificate = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH)/;

/** VS Code's proxy agent throws it without a code. */
const deadProxy = /Failed to establish a socket connection to proxies|^Proxy (?:response|connection)/i;

/** TLS spoken to something that does not. */
const notTls = /wrong version number|packet length too long/i;

/** The SDK's handler gave up connecting. */
const noConnection = 'did not establish a connection';

/** The failure that a thrown network error tells of; undefined when it is none. */
export function networkFailure(error: Error, trace: Trace): Failure | undefined {
  const more = { trace, cause: error };
  if (notTls.test(error.message)) return failure('notTheGateway', {}, more);
  if (error.message.includes(noConnection)) return failure('connectionRefused', { code: error.name }, more);
  const code = codeOf(error);
  const kind =
    code === undefined ? undefined : certificate.test(code) ? 'certificateRejected' : byCode.get(code);
  if (kind !== undefined && code !== undefined) return failure(kind, { code }, more);
  if (deadProxy.test(error.message)) return failure('proxyRefused', {}, more);
  // Names that the SDK's handler gives: a time-out of its own, and a socket that closed.
  if (error.name === 'TimeoutError' || error.message === 'aborted')
    return failure('connectionLost', { code: error.name }, more);
  return undefined;
}

/** The code of an error, of what caused it, or of the first of several (one per address that was tried). */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return codeOf(inner, depth + 1);
}
