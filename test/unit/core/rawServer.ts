// A server that says whatever it is told, byte for byte: for answers that no HTTP library would write.
import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';

export interface RawServer {
  readonly url: string;
  /** What each connection sent, as far as it was read. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/** Answers every request, once its head is here, with `bytes`, and then closes; 'reset' tears the connection. */
export async function openServer(bytes: string | Buffer, then: 'end' | 'reset' = 'end'): Promise<RawServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const index = received.push('') - 1;
    let answered = false;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const request = (received[index] ?? '') + chunk.toString('latin1');
      received[index] = request;
      if (answered || !isWhole(request)) return;
      answered = true;
      socket.write(bytes, () => {
        if (then === 'end') socket.end();
        else socket.resetAndDestroy();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Whether head and body are here: closing before the end of a body would reset the connection. */
function isWhole(request: string): boolean {
  const end = request.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(request)?.[1];
  return end >= 0 && request.length >= end + 4 + Number(length ?? 0);
}
