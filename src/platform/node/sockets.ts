// Observes when a request's connection is made.
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sockets } from '../../core/model/ports';
import { onNodeRequest } from './nodeRequests';

type ProgressListener = Parameters<Sockets['watch']>[1];

/** Watches the sockets of Node's http and https. */
export const nodeSockets: Sockets = {
  watch: (request, onProgress) =>
    onNodeRequest(request, ({ socket }, isCertain) => {
      // Unknown is better than wrong.
      if (socket && isCertain) follow(socket, onProgress);
    }),
};

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
