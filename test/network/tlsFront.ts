// TLS before a server that speaks none: offers HTTP/2 as well as HTTP/1.1, and notes what is chosen.
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { createServer } from 'node:tls';
import type { Signed } from './certificates';

export interface TlsFront {
  readonly port: number;
  /** By ALPN; false where the client names no protocol at all. One for each connection that came about. */
  readonly chosen: readonly (string | false | null)[];
  /** The request line of each, as far as one came. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export async function openTlsFront(
  signed: Signed,
  behind: { host: string; port: number },
): Promise<TlsFront> {
  const chosen: (string | false | null)[] = [];
  const lines: string[] = [];
  const open = new Set<Socket>();
  const server = createServer({ ...signed, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    chosen.push(socket.alpnProtocol);
    socket.once('data', (chunk: Buffer) => lines.push(chunk.toString('latin1').split('\r\n')[0] ?? ''));
    const inner = connect(behind);
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      open.add(one);
      one.on('close', () => open.delete(one));
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  // What a client does that trusts nobody.
  server.on('tlsClientError', () => undefined);
  server.listen(0, behind.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    chosen,
    lines,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
