// AWS answers a wrong signature with the canonical request that it computed itself. Laid beside ours, it
// tells which part of the request was changed on its way; when none was, the secret is wrong.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash } from 'node:crypto';

/** The parts of a signed request that its signature covers. */
export interface Signed {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it was hashed for the signature. */
  readonly body: string | Uint8Array;
}

const echo = /The Canonical String for this request should have been\s+'([^']*)'/;

/**
 * What AWS received otherwise than it was signed: `method`, `path`, `body` or the name of a header. '' when it
 * received all as signed; undefined when `message` does not tell.
 */
export function changedOnTheWay(message: string, signed: Signed): string | undefined {
  const canonical = echo.exec(message)?.[1];
  if (canonical === undefined) return undefined;
  const lines = canonical.split('\n');
  const [method, path, query] = lines;
  const seen = new Map(
    lines
      .slice(3, lines.indexOf('', 3))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  if (method !== signed.method) return 'method';
  // Bedrock's paths are signed without a query; one that AWS saw was added on the way.
  if (path !== canonicalPath(signed.path) || query !== '') return 'path';
  for (const [name, value] of Object.entries(signed.headers))
    if (seen.has(name.toLowerCase()) && seen.get(name.toLowerCase()) !== value.trim()) return name;
  if (lines.at(-1) !== sha256(signed.body)) return 'body';
  return '';
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

function sha256(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
