// AWS answers a wrong signature with the canonical request that it computed itself. Laid beside ours, line by
// line, it tells which part of the request was changed on its way; when none was, the secret is wrong.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import type { CanonicalLine } from '../model/failureDetails';

/** The parts of a signed request that its signature covers. */
export interface SentForSignature {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, hex, as it stands in what was signed. */
  readonly bodyHash: () => string;
}

/** Characters of an echo that are read: a session token has 2,000 at most, all else in it is short. */
const maxEchoLength = 32_768;
const echoBegins = 'The Canonical String for this request should have been';

/** The canonical request in AWS's `message`, between quotes. A header's value may hold a quote too. */
function echoIn(message: string): string | undefined {
  const at = message.indexOf(echoBegins);
  if (at < 0) return undefined;
  const after = message.slice(at + echoBegins.length, at + echoBegins.length + maxEchoLength);
  const begin = after.indexOf("'") + 1;
  if (begin === 0 || after.slice(0, begin - 1).trim()) return undefined;
  for (let end = after.indexOf("'", begin); end >= 0; end = after.indexOf("'", end + 1))
    if (/^\s{0,9}$|^[^\S\n]{0,9}\n\s{0,9}\n|^\s{0,9}The String-to-Sign/.test(after.slice(end + 1, end + 40)))
      return after.slice(begin, end);
  return undefined;
}

/** Headers whose values are as good as a password. */
const secret: ReadonlySet<string> = new Set(['x-amz-security-token', 'authorization']);

/** The canonical request that AWS echoes in `message`, beside ours, in its order; undefined when it echoes none. */
export function diffCanonicalRequests(
  message: string,
  signed: SentForSignature,
): readonly CanonicalLine[] | undefined {
  const canonical = echoIn(message);
  if (canonical === undefined) return undefined;
  const theirs = readCanonical(canonical);
  const names = signedNames(signed) ?? [...theirs.headers.keys()];
  const ours = ourHeaders(signed, names);
  const line = (name: string, mine: string | undefined, other: string | undefined): CanonicalLine => {
    // Compared first: of two secrets that differ no more is shown than that.
    const shown = (value: string | undefined) => (value && secret.has(name) ? '…' : value);
    return { name, signed: shown(mine), received: shown(other), differs: mine !== other };
  };
  return [
    line('method', signed.method, theirs.method),
    line('path', canonicalPath(signed.path), theirs.path),
    // Bedrock's paths are signed without a query; one that AWS saw was added on the way.
    line('query', '', theirs.query),
    ...[...new Set([...ours.keys(), ...theirs.headers.keys()])]
      .sort()
      .map((name) => line(name, ours.get(name), theirs.headers.get(name))),
    line('signedHeaders', [...ours.keys()].sort().join(';'), theirs.signedHeaders),
    line('body', signed.bodyHash(), theirs.hash),
  ];
}

/**
 * What AWS received otherwise than it was signed: `method`, `path`, `body` or the name of a header. '' when it
 * received all as signed; undefined when it did not tell.
 */
export function firstDifference(lines: readonly CanonicalLine[] | undefined): string | undefined {
  if (!lines) return undefined;
  const first = lines.find(({ differs }) => differs)?.name;
  // Where a query was added it is the address that is wrong.
  return first === 'query' ? 'path' : (first ?? '');
}

/** Reads a canonical request: method, path, query, a line for each header, '', the headers' names, the hash. */
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

/** The names that our signature covers, as its header says; undefined when that is not there. */
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

/** Each segment of the path percent-encoded once more, as every service but S3 wants it. */
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
