// Node's error codes for failed connections.
import type { FailureKind } from '../model/failure';

const codes: readonly (readonly [FailureKind, readonly string[]])[] = [
  ['nameNotFound', ['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'ENODATA']],
  ['nameServerUnreachable', ['EAI_AGAIN', 'EAI_FAIL', 'ESERVFAIL', 'ETIMEOUT', 'EREFUSED', 'ENONAME']],

  ['connectionRefused', ['ECONNREFUSED']],
  [
    'networkUnreachable',
    ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'],
  ],
  ['connectionTimedOut', ['ERR_TLS_HANDSHAKE_TIMEOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']],
  ['connectionForbidden', ['EACCES', 'EPERM']],
  ['machineExhausted', ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAI_MEMORY']],
  [
    'connectionLost',
    [
      'ECONNRESET',
      'ECONNABORTED',
      'ENETRESET',
      'EPIPE',
      'ENOTCONN',
      'ETIMEDOUT',
      'ERR_STREAM_PREMATURE_CLOSE',
      'ERR_STREAM_DESTROYED',
      'ERR_SOCKET_CLOSED',
      'ERR_STREAM_WRITE_AFTER_END',
    ],
  ],

  [
    'certificateUntrusted',
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
      'CERT_CHAIN_TOO_LONG',
      'INVALID_CA',
      'PATH_LENGTH_EXCEEDED',
    ],
  ],
  ['certificateExpired', ['CERT_HAS_EXPIRED']],
  ['certificateNotYetValid', ['CERT_NOT_YET_VALID']],
  ['certificateForAnotherName', ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']],
  ['tlsFailed', ['EPROTO']],
  ['notTls', ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST']],

  // The response head exceeds Node's limit of 16 KB.
  ['answerUnreadable', ['HPE_HEADER_OVERFLOW']],

  ['headerUnsendable', ['ERR_INVALID_CHAR', 'ERR_HTTP_INVALID_HEADER_VALUE', 'ERR_INVALID_HTTP_TOKEN']],
];

const byCode: ReadonlyMap<string, FailureKind> = new Map(
  codes.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)),
);

/** Patterns for other codes. */
const byPattern: readonly (readonly [RegExp, FailureKind])[] = [
  // Node's HTTP parser: the response is no HTTP.
  [/^HPE_/, 'notTheGateway'],
  [/^(CERT_|CRL_|UNABLE_TO_|INVALID_PURPOSE|ERROR_IN_CERT_|OCSP_|.*_CERT_)/, 'certificateRejected'],
  [/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_)/, 'tlsFailed'],
  [/^EAI_/, 'nameServerUnreachable'],
  // Any other system error.
  [/^E[A-Z0-9]{2,}$/, 'networkFailed'],
];

/** The kind of failure for a Node error code; undefined if it is not about a connection. */
export function kindOfCode(code: string): FailureKind | undefined {
  return byCode.get(code) ?? byPattern.find(([pattern]) => pattern.test(code))?.[1];
}

/** Whether `code` is a known code of Node or the system, or has the form of one. */
export function isNodeCode(code: string): boolean {
  return (
    byCode.has(code) ||
    /^(?:HPE|CERT|CRL|OCSP|EAI|ERR_SSL|ERR_TLS|ERR_OSSL)_[A-Z_]{3,40}$|^E[A-Z]{3,14}$/.test(code)
  );
}
