// Proxies as they are met: one that works, and each way in which one does not.
import type { lookup } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { RequestError, Server } from 'proxy-chain';

export interface Proxy {
  readonly port: number;
  /** `host:port` of what it was asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** The name that the proxies alone know, and the address that it stands for: VS Code sends it through a proxy. */
export const proxiedHost = { name: 'gateway.test', address: '127.0.0.2' };

/** Knows that one name, and no other. */
const known = ((_name: string, _options: unknown, found: (...answer: unknown[]) => void) =>
  found(null, [{ address: proxiedHost.address, family: 4 }])) as unknown as typeof lookup;

type Request = Parameters<
  NonNullable<NonNullable<ConstructorParameters<typeof Server>[0]>['prepareRequestFunction']>
>[0];
type Decide = (request: Request) => { readonly requestAuthentication?: boolean };

async function realProxy(decide: Decide): Promise<Proxy> {
  const asked: string[] = [];
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: (request) => {
      asked.push(`${request.hostname}:${request.port}`);
      return { ...decide(request), ...(request.hostname === proxiedHost.name && { dnsLookup: known }) };
    },
  });
  // What it refuses it also reports.
  server.on('requestFailed', () => undefined);
  await server.listen();
  return { port: server.port, asked, close: () => server.close(true) };
}

export const openProxy = () => realProxy(() => ({}));

export const proxyCredentials = { username: 'stand-in-user', password: 'stand-in-proxy-password' };

export const proxyWithPassword = () =>
  realProxy(({ username, password }) => ({
    requestAuthentication: username !== proxyCredentials.username || password !== proxyCredentials.password,
  }));

/** Answers CONNECT, and every other request, with `status`. */
export const proxyThatAnswers = (status: number) =>
  realProxy(() => {
    throw new RequestError(`The stand-in proxy says ${status}`, status);
  });

type Cut =
  /** Takes the connection and closes it. */
  | 'atOnce'
  /** Opens the tunnel and closes it when the first bytes of an answer come through. */
  | 'beforeAnAnswer'
  /** Closes it once `bytes` of an answer have come through. */
  | { readonly afterBytes: number }
  /** Takes the connection and says nothing. */
  | 'never';

/** A proxy for CONNECT alone that does not do its work to the end. */
export async function proxyThatCuts(cut: Cut): Promise<Proxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const follow = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  };
  const server = createServer((client) => {
    follow(client);
    client.once('data', (head) => {
      const [, target = ''] = head.toString('latin1').split(' ');
      asked.push(target);
      if (cut === 'never') return;
      if (cut === 'atOnce') {
        client.resetAndDestroy();
        return;
      }
      const [host = '', port] = target.split(':');
      const inner = connect(Number(port), host === proxiedHost.name ? proxiedHost.address : host);
      follow(inner);
      inner.on('connect', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      client.pipe(inner);
      let left = typeof cut === 'object' ? cut.afterBytes : 0;
      inner.on('data', (chunk) => {
        if (cut === 'beforeAnAnswer') {
          client.resetAndDestroy();
          return;
        }
        // Ended, not reset: a reset takes with it what has come and was not read yet.
        const part = chunk.subarray(0, left);
        left -= part.length;
        if (left > 0) client.write(part);
        else client.end(part);
      });
      client.on('close', () => inner.destroy());
      inner.on('close', () => client.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port at which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
