import type { Address } from './address.js';
import type { Received } from './received.js';
import type { Switches } from './switches.js';

/** The request as AWS receives it. */
export interface Forwarded {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Removes the gateway's headers, sets AWS's host, and makes the changes that are switched on. */
export function forward(
  received: Received,
  { path = '/', region = '' }: Address,
  switches: Switches,
): Forwarded {
  const body = switches.rewriteBody ? rewritten(received.body) : received.body;
  const endToEnd = Object.entries(received.headers).filter(
    ([name]) => !name.startsWith('cf-') && !hopByHopHeaders.has(name),
  );
  const forwarded = endToEnd
    .filter(([name]) => !switches.dropHeaders || documented.test(name))
    .map(([name, value]): [string, string] => [name, forwardedValue(name, value, switches)]);
  const headers = Object.fromEntries([
    ...forwarded,
    ['host', `bedrock-runtime.${region}.amazonaws.com`],
    ['content-length', String(body.length)],
  ]) as Record<string, string>;
  return { method: received.method, path: forwardedPath(path, switches), headers, body };
}

const hopByHopHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'te', 'upgrade']);
const documented =
  /^(content-type|authorization|x-amz-date|x-amz-security-token|x-amz-content-sha256|x-amzn-bedrock-.*)$/;
const rewritable = /^(user-agent|accept|accept-encoding|x-amz-user-agent|amz-sdk-.*)$/;

function forwardedPath(path: string, { decodeColon, decodeSlash }: Switches): string {
  if (decodeSlash) return path.replace(/%3A/gi, ':').replace(/%2F/gi, '/');
  return decodeColon ? path.replace(/%3A/gi, ':') : path;
}

function forwardedValue(name: string, value: string, switches: Switches): string {
  if (switches.rewriteSignedHeader === name) {
    // A date must stay valid, or AWS would not report a wrong signature.
    return name === 'x-amz-date'
      ? value.replace(/\dZ$/, (end) => (end === '0Z' ? '1Z' : '0Z'))
      : `${value} changed`;
  }
  return switches.rewriteHeaders && rewritable.test(name) ? 'rewritten-on-the-way' : value;
}

/** Appends a blank to the JSON: the request is the same, but its signature is not. */
const rewritten = (body: Buffer) => Buffer.concat([body, Buffer.from(' ')]);
