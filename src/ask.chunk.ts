// The chunk that holds the AWS SDK: loaded when the first prompt is sent (esbuild.js makes it a file of its own).
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Ask, ask } from './core/ask';
import type { Ports } from './core/ports';
import { nodeSockets } from './sockets';

/**
 * An ask() that speaks HTTP/1.1 through Node's https, which VS Code patches with its proxy and certificate
 * support. No connection is kept: one that the other side closed meanwhile would fail the next prompt.
 */
export function openAsk(ports: Omit<Ports, 'http' | 'sockets'>): Ask {
  const http = new NodeHttpHandler({
    httpAgent: unpooled(new HttpAgent({ keepAlive: true })),
    httpsAgent: unpooled(new HttpsAgent({ keepAlive: true })),
    connectionTimeout: 30_000,
  });
  return (request, signal) => ask(request, { ...ports, http, sockets: nodeSockets }, signal);
}

/**
 * An agent whose connections are watched by TCP keep-alive, so that one which died in silence (sleep, another
 * network) ends its reply; but which keeps none for the next request.
 */
function unpooled<T extends HttpAgent>(agent: T): T {
  // The constructor takes 0 for "not given".
  agent.maxFreeSockets = 0;
  return agent;
}
