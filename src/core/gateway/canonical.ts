// If a signature is wrong, AWS returns the canonical request that it computed. Comparing it with ours line by line
// shows which part of the request was changed on the way; if none was, the secret is wrong.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import type { CanonicalLine } from '../model/failureDetails';

/** The parts of a signed request that its signature covers. */
export interface SentForSignature {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the signed body, hex. */
  readonly bodyHash: () => string;
}

/** The longest echo that is read: a session token has at most 2,000 characters, everything else is short. */
const maxEchoLength = 32_768;
const echoBegins = 'The Canonical String for this request should have been';

/** Finds the quoted canonical request in AWS's `message`. Header values may contain quotes too. */
function echoIn(message: string): string | undefined {
  const at = message.indexOf(echoBegins);
  if (at < 0) return undefined;
  const after = message.slice(at + echoBegins.length, at + echoBegins.length + maxEchoLength);
  const start = after.indexOf("'") + 1;
  if (start === 0 || after.slice(0, start - 1).trim()) return undefined;
  for (let end = after.indexOf("'", start); end >= 0; end = after.indexOf("'", end + 1))
    if (/^\s{0,9}$|^[^\S\n]{0,9}\n\s{0,9}\n|^\s{0,9}The String-to-Sign/.test(after.slice(end + 1, end + 40)))
      return after.slice(start, end);
  return undefined;
}

/** Headers with secret values. */
const secret: ReadonlySet<string> = new Set(['x-amz-security-token', 'authorization']);

/**
 * Compares the canonical request that AWS echoes in `message` with ours, in its order; undefined if there is no echo.
 */
export function diffCanonicalRequests(
  message: string,
  signed: SentForSignature,
): readonly CanonicalLine[] | undefined {
  const canonical = echoIn(message);
  if (canonical === undefined) return undefined;
  const received = readCanonical(canonical);
  const names = signedNames(signed) ?? [...received.headers.keys()];
  const signedHeaders = ourHeaders(signed, names);
  const line = (name: string, sent: string | undefined, got: string | undefined): CanonicalLine => {
    // Secrets are compared before they are hidden.
    const visible = (value: string | undefined) => (value && secret.has(name) ? '…' : value);
    return { name, signed: visible(sent), received: visible(got), differs: sent !== got };
  };
  return [
    line('method', signed.method, received.method),
    line('path', canonicalPath(signed.path), received.path),
    // Bedrock's paths are signed without a query; if AWS saw one, it was added on the way.
    line('query', '', received.query),
    ...[...new Set([...signedHeaders.keys(), ...received.headers.keys()])]
      .sort()
      .map((name) => line(name, signedHeaders.get(name), received.headers.get(name))),
    line('signedHeaders', [...signedHeaders.keys()].sort().join(';'), received.signedHeaders),
    line('body', signed.bodyHash(), received.hash),
  ];
}

/**
 * The first part of the request that AWS received changed: `method`, `path`, `body` or a header's name. '' if nothing
 * was changed; undefined if AWS sent no echo.
 */
export function firstDifference(lines: readonly CanonicalLine[] | undefined): string | undefined {
  if (!lines) return undefined;
  const first = lines.find(({ differs }) => differs)?.name;
  // An added query means that the address is wrong.
  return first === 'query' ? 'path' : (first ?? '');
}

/** Parses a canonical request: method, path, query, a line for each header, '', the header names, the hash. */
function readCanonical(canonical: string) {
  const lines = canonical.split('\n');
  const [method = '', path = '', query = ''] = lines;
  const end = lines.indexOf('', 3);
  const headers = lines.slice(3, end < 0 ? undefined : end).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const [signedHeaders = '', hash = ''] = end < 0 ? [] : lines.slice(end + 1);
  return { method, path, query, headers: new Map(headers), signedHeaders, hash };
}

/** The header names that our signature covers; undefined if there is no signature. */
function signedNames({ headers }: SentForSignature): readonly string[] | undefined {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return /SignedHeaders=([^,\s]+)/.exec(authorization ?? '')?.[1]?.split(';');
}

function ourHeaders({ headers }: SentForSignature, names: readonly string[]): ReadonlyMap<string, string> {
  const all = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value.trim().replace(/ +/g, ' '),
  ]);
  return new Map(all.filter(([name]) => names.includes(name)));
}

/** Percent-encodes each path segment once more, as all services but S3 require. */
function canonicalPath(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}
