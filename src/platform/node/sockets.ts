// Observes when a request's connection is made, through Node's diagnostics channel: the SDK's handler does not expose
// its request, and VS Code replaces the agent.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sockets } from '../../core/model/ports';

type SdkRequest = Parameters<Sockets['watch']>[0];
type ProgressListener = Parameters<Sockets['watch']>[1];

interface Watch {
  readonly request: SdkRequest;
  readonly onProgress: ProgressListener;
}

/** Published when a request is assigned to its socket, which happens before that is connected (Node 18 to 24). */
const started = 'http.client.request.start';

const waiting = new Set<Watch>();

/** Watches the sockets of Node's http and https. Subscribes only while a caller watches. */
export const nodeSockets: Sockets = {
  watch(request, onProgress) {
    const one = { request, onProgress };
    if (waiting.size === 0) subscribe(started, onStarted);
    waiting.add(one);
    return () => {
      waiting.delete(one);
      if (waiting.size === 0) unsubscribe(started, onStarted);
    };
  },
};

function onStarted(message: unknown): void {
  const { request } = message as { readonly request: ClientRequest };
  const matching = [...waiting].filter((one) => isSame(one.request, request));
  const [found] = matching;
  // Two equal requests cannot be told apart: unknown is better than wrong.
  if (!found || matching.length > 1 || !request.socket) return;
  waiting.delete(found);
  if (waiting.size === 0) unsubscribe(started, onStarted);
  follow(request.socket, found.onProgress);
}

/** Whether `started` is Node's request for the SDK's. Other requests of the process have other paths. */
function isSame({ path, headers }: SdkRequest, started: ClientRequest): boolean {
  return (
    started.path === path &&
    Object.entries(headers).every(([name, value]) => started.getHeader(name) === value)
  );
}

function follow(socket: Socket, onProgress: ProgressListener): void {
  const tls =
    'encrypted' in socket ? (socket as TLSSocket & { readonly secureConnecting?: boolean }) : undefined;
  if (!socket.connecting && !tls?.secureConnecting) {
    // Behind a proxy, the socket is already connected.
    onProgress('connected');
    return;
  }
  if (socket.connecting) {
    socket.once('lookup', (error: Error | null, address: string, _family: unknown, host: string) => {
      // Also fired for an IP address, without a lookup.
      if (!error && host !== address) onProgress('resolved');
    });
    socket.once('connect', () => onProgress('tcpConnected'));
  }
  socket.once(tls ? 'secureConnect' : 'connect', () => onProgress('connected'));
}
