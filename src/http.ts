// HTTP/1.1 through Node's https, which VS Code patches with its proxy and certificate support.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';

/** No connection is kept: one that the other side closed meanwhile would fail the next request. */
export function openHttp(options: NodeHttpHandlerOptions = {}): NodeHttpHandler {
  return new NodeHttpHandler({
    httpAgent: unpooled(new HttpAgent({ keepAlive: true })),
    httpsAgent: unpooled(new HttpsAgent({ keepAlive: true })),
    connectionTimeout: 30_000,
    ...options,
  });
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
