import type { IncomingMessage } from 'node:http';
import { refuse } from './awsErrors.js';

export interface Received {
  readonly method: string;
  /** Path and query as they stood in the request line. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Bedrock takes 20 MB; the rest is what JSON's escapes may add. */
const bodyLimit = 25 * 1024 * 1024;

export function flatHeaders(request: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(request.headers).map(([name, value = '']) => [name, String(value)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Rejects when the client leaves in the middle of its body. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read on all the same: an answer before the end of a body resets the connection under the client.
    if (length <= bodyLimit) chunks.push(chunk);
  }
  if (length > bodyLimit) refuse('RequestEntityTooLargeException', 'Request body is too large.');
  return Buffer.concat(chunks);
}
