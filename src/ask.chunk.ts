// The chunk that holds the AWS SDK: loaded when the first prompt is sent (esbuild.js makes it a file of its own).
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Ask, ask } from './core/ask';
import type { Ports } from './core/ports';

/**
 * An ask() that speaks HTTP/1.1 through Node's https, which VS Code patches with its proxy and certificate
 * support. No connection is kept: one that the other side closed meanwhile would fail the next prompt.
 */
export function openAsk(ports: Omit<Ports, 'http'>): Ask {
  const http = new NodeHttpHandler({
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
    connectionTimeout: 30_000,
  });
  return (request, signal) => ask(request, { ...ports, http }, signal);
}
