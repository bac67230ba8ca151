// HTTP/1.1 through Node's https, which VS Code patches with its proxy and certificate support.
import { Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { onNodeRequest } from './nodeRequests';

/**
 * Creates an HTTP handler. It reuses no connections: one that the server closed meanwhile would fail the next request.
 */
export function openHttp(options: NodeHttpHandlerOptions = {}): NodeHttpHandler {
  return new SettlingHandler({
    httpAgent: unpooled(new HttpAgent({ keepAlive: true })),
    httpsAgent: unpooled(new HttpsAgent({ keepAlive: true })),
    connectionTimeout: 30_000,
    ...options,
  });
}

/**
 * Makes an agent use TCP keep-alive, so that a dead connection (sleep, another network) ends its reply, but keep no
 * connection for the next request.
 */
function unpooled<T extends HttpAgent>(agent: T): T {
  // The constructor treats 0 as not set.
  agent.maxFreeSockets = 0;
  return agent;
}

/**
 * The SDK's handler, which also settles if the server switches protocols: Node then closes the request without a
 * response or an error, and the SDK would wait forever, ignoring its abort signal.
 * https://nodejs.org/api/http.html#event-upgrade
 */
class SettlingHandler extends NodeHttpHandler {
  override handle(
    request: HttpRequest,
    options?: Parameters<NodeHttpHandler['handle']>[1],
  ): Promise<{ response: HttpResponse }> {
    let stop: (() => void) | undefined;
    return new Promise<{ response: HttpResponse }>((resolve, reject) => {
      stop = onNodeRequest(request, (sent) =>
        sent.once('upgrade', (head: IncomingMessage, socket: Socket) => {
          socket.destroy();
          resolve({ response: switchedResponse(head) });
        }),
      );
      super.handle(request, options).then(resolve, reject);
    }).finally(() => stop?.());
  }
}

/** The 101 response as an ordinary response without a body. */
function switchedResponse({ statusCode = 101, statusMessage, headers }: IncomingMessage): HttpResponse {
  const texts = Object.entries(headers).map(([name, value = '']) => [name, String(value)] as const);
  return new HttpResponse({
    statusCode,
    ...(statusMessage && { reason: statusMessage }),
    headers: Object.fromEntries(texts),
    body: Readable.from([]),
  });
}
