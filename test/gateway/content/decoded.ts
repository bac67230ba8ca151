// What the gateway saw, for tests: a logged body with its bytes in a form that can be compared.
import { isFields, type Fields } from '../jsonBody.js';
import { sha256 } from './blocks.js';
import { decodedBase64 } from './constraints.js';

/** Bytes that were sent in base64. */
export interface DecodedBytes {
  readonly length: number;
  readonly sha256: string;
}

/** An image or a document in a body, wherever it is. */
export interface ReceivedAttachment extends DecodedBytes {
  /** Such as `messages.0.content.1`. */
  readonly path: string;
  readonly kind: 'image' | 'document';
  /** `png` or, in Claude's own body, `image/png`. */
  readonly format: string;
  /** A document's name or title. */
  readonly name: string | undefined;
}

const decodedBytes = (value: string): DecodedBytes | undefined => {
  const bytes = decodedBase64(value);
  return bytes && { length: bytes.length, sha256: sha256(bytes) };
};

/** The fields with bytes in Converse, and in Claude's own body. */
const holdsBytes = (key: string, fields: Fields) =>
  key === 'bytes' || key === 'redactedContent' || (key === 'data' && fields['type'] === 'base64');

/** The body of a logged request, parsed, with DecodedBytes in place of base64. Also for a request that was refused. */
export function decodedBody(entry: { readonly body: string }): unknown {
  return JSON.parse(entry.body, function (this: unknown, key, value: unknown) {
    if (typeof value !== 'string' || !isFields(this) || !holdsBytes(key, this)) return value;
    return decodedBytes(value) ?? value;
  });
}

/** All images and documents of a logged request, in order. */
export function attachmentsIn(entry: { readonly body: string }): ReceivedAttachment[] {
  const found: ReceivedAttachment[] = [];
  visit(decodedBody(entry), '', found);
  return found;
}

function visit(value: unknown, path: string, found: ReceivedAttachment[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isFields(value)) {
    for (const kind of ['image', 'document'] as const) {
      const given = value['type'] === kind ? value : value[kind];
      if (isFields(given) && isFields(given['source']))
        found.push(attachment(kind, given, given['source'], path));
    }
  }
  for (const [key, item] of Object.entries(value)) visit(item, path ? `${path}.${key}` : key, found);
}

function attachment(
  kind: ReceivedAttachment['kind'],
  { format, name, title }: Fields,
  source: Fields,
  path: string,
): ReceivedAttachment {
  const bytes = source['bytes'] ?? source['data'];
  const plain = typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.alloc(0);
  const decoded = isFields(bytes)
    ? (bytes as unknown as DecodedBytes)
    : { length: plain.length, sha256: sha256(plain) };
  return {
    path,
    kind,
    format: String(format ?? source['media_type']),
    name: (name ?? title) as string | undefined,
    ...decoded,
  };
}
