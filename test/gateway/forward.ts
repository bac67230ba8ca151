import type { Address } from './address.js';
import type { Received } from './received.js';
import type { Switches } from './switches.js';

/** The request as AWS sees it. */
export interface Forwarded {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Takes off what was for the gateway, names the AWS host, and does the mishaps that are switched on. */
export function forward(
  received: Received,
  { path = '/', region = '' }: Address,
  switches: Switches,
): Forwarded {
  const body = switches.rewriteBody ? rewritten(received.body) : received.body;
  const own = Object.entries(received.headers).filter(([name]) => !name.startsWith('cf-') && !hops.has(name));
  const passed = own
    .filter(([name]) => !switches.dropHeaders || documented.test(name))
    .map(([name, value]): [string, string] => [name, passedValue(name, value, switches)]);
  const headers = Object.fromEntries([
    ...passed,
    ['host', `bedrock-runtime.${region}.amazonaws.com`],
    ['content-length', String(body.length)],
  ]) as Record<string, string>;
  return { method: received.method, path: passedPath(path, switches), headers, body };
}

const hops = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'te', 'upgrade']);
const documented =
  /^(content-type|authorization|x-amz-date|x-amz-security-token|x-amz-content-sha256|x-amzn-bedrock-.*)$/;
const rewritable = /^(user-agent|accept|accept-encoding|x-amz-user-agent|amz-sdk-.*)$/;

function passedPath(path: string, { decodeColon, decodeSlash }: Switches): string {
  if (decodeSlash) return path.replace(/%3A/gi, ':').replace(/%2F/gi, '/');
  return decodeColon ? path.replace(/%3A/gi, ':') : path;
}

function passedValue(name: string, value: string, switches: Switches): string {
  if (switches.rewriteSignedHeader === name) {
    // A date must stay a date, or the refusal would not be the signature's.
    return name === 'x-amz-date'
      ? value.replace(/\dZ$/, (end) => (end === '0Z' ? '1Z' : '0Z'))
      : `${value} changed`;
  }
  return switches.rewriteHeaders && rewritable.test(name) ? 'rewritten-on-the-way' : value;
}

/** One more blank behind the JSON: still the same request to whoever does not check the signature. */
const rewritten = (body: Buffer) => Buffer.concat([body, Buffer.from(' ')]);
