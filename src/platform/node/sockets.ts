// When a request's connection was made, as Node itself tells: the SDK's handler keeps its request to itself, and
// VS Code replaces the agent that it was given.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sockets } from '../../core/model/ports';

type Watched = Parameters<Sockets['watch']>[0];
type Happened = Parameters<Sockets['watch']>[1];

interface Waiting {
  readonly request: Watched;
  readonly onProgress: Happened;
}

/** Published when a request is written to its socket, which it is given before that is connected (Node 18 to 24). */
const started = 'http.client.request.start';

const waiting = new Set<Waiting>();

/** Watches the sockets of Node's http and https, listening only while somebody waits. */
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
  // Of two that are alike in all, nobody can tell whose it is: not known is better than wrong.
  if (!found || matching.length > 1 || !request.socket) return;
  waiting.delete(found);
  if (waiting.size === 0) unsubscribe(started, onStarted);
  follow(request.socket, found.onProgress);
}

/** Whether `started` is what the handler made of `asked`. With other requests of the process it shares no path. */
function isSame({ path, headers }: Watched, started: ClientRequest): boolean {
  return (
    started.path === path &&
    Object.entries(headers).every(([name, value]) => started.getHeader(name) === value)
  );
}

function follow(socket: Socket, onProgress: Happened): void {
  const tls =
    'encrypted' in socket ? (socket as TLSSocket & { readonly secureConnecting?: boolean }) : undefined;
  if (!socket.connecting && !tls?.secureConnecting) {
    // Behind a proxy it comes ready.
    onProgress('connected');
    return;
  }
  if (socket.connecting) {
    socket.once('lookup', (error: Error | null, address: string, _family: unknown, host: string) => {
      // For an address there is nothing to look up, and this comes all the same.
      if (!error && host !== address) onProgress('resolved');
    });
    socket.once('connect', () => onProgress('tcpConnected'));
  }
  socket.once(tls ? 'secureConnect' : 'connect', () => onProgress('connected'));
}
