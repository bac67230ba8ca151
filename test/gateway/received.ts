import type { IncomingMessage } from 'node:http';
import { refuse } from './awsErrors.js';

export interface Received {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Of a request to Bedrock as it is sent, base64 included. */
const bodyLimit = 25 * 1024 * 1024;

export function flatHeaders(request: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(request.headers).map(([name, value = '']) => [name, String(value)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Rejects if the client leaves before the end of its body. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Keep reading: a response before the end of the body would reset the connection.
    if (length <= bodyLimit) chunks.push(chunk);
  }
  if (length > bodyLimit) refuse('RequestEntityTooLargeException', 'Request body is too large.');
  return Buffer.concat(chunks);
}
