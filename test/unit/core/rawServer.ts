// A server that says whatever it is told, byte for byte: for answers that no HTTP library would write.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type AddressInfo, type Socket, createServer } from 'node:net';

export interface RawServer {
  readonly url: string;
  /** What each connection sent, as far as it was read. */
  readonly received: readonly string[];
  /** Resolves once no client is connected. */
  left(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Answers every request, once it is here, with `bytes`: of a list each a moment after the one before. Then closes;
 * 'reset' tears the connection, 'stay' leaves it open.
 */
export async function openServer(
  bytes: string | Buffer | readonly Buffer[],
  then: 'end' | 'reset' | 'stay' = 'end',
): Promise<RawServer> {
  const pieces = Array.isArray(bytes) ? (bytes as readonly Buffer[]) : [bytes as string | Buffer];
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
      void answer(socket);
    });
  });
  async function answer(socket: Socket): Promise<void> {
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await delay(50);
      await new Promise((written) => socket.write(piece, written));
    }
    if (then === 'end') socket.end();
    else if (then === 'reset') socket.resetAndDestroy();
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    left: async () => {
      for (const socket of sockets) await once(socket, 'close');
    },
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
