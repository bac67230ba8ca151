// Stop in each phase of a connection, by sockets that hang there for good, and a clock that stands still: the reply ends,
// and the server sees its connection close.
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { once } from 'node:events';
import { openAsk } from '../../../src/engine/engine.chunk';
import { prepared } from '../asking';
import { manualClock } from '../manualClock';
import { turns } from './closing';

const atRest = { ports: { clock: manualClock() } };

/** What the server says once it was spoken to, and then no more. */
const phases: Readonly<Record<string, { readonly scheme: string; readonly says?: string }>> = {
  'TLS is made': { scheme: 'https' },
  'no head has come': { scheme: 'http' },
  'a head is half here': { scheme: 'http', says: 'HTTP/1.1 200 OK\r\ncontent-ty' },
  'a stream has begun': {
    scheme: 'http',
    says: 'HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\ncontent-length: 9999\r\n\r\n',
  },
  'the body of an error is read': {
    scheme: 'http',
    says: 'HTTP/1.1 500 No\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{"mes',
  },
};

/** Resolves once the reply has ended and the server has seen its connection close, though it never goes on. */
async function stopped({ scheme, says }: (typeof phases)[string]): Promise<void> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { request, ports } = prepared({ url: `${scheme}://127.0.0.1:${port}` }, atRest);
  const stopping = new AbortController();
  const outcomes: string[] = [];
  const reply = (async () => {
    for await (const event of openAsk(ports).ask(request, stopping.signal))
      if (event.type === 'ended') outcomes.push(event.outcome.kind);
  })();
  const [socket] = (await once(server, 'connection')) as [Socket];
  await once(socket, 'data');
  if (says) await new Promise<void>((resolve) => socket.write(says, () => resolve()));
  // What was written is read by the other side in another turn of the same loop.
  await turns();
  assert.deepEqual(outcomes, []);
  const closing = once(socket, 'close');
  stopping.abort();
  await Promise.all([reply, closing]);
  server.close();
  assert.deepEqual(outcomes, ['stopped']);
}

describe('stop', () => {
  for (const [phase, how] of Object.entries(phases))
    it(`while ${phase} ends the reply and closes the connection`, () => stopped(how));

  // Node publishes this as a request is given its socket: the look-up, or the connection, has just begun.
  for (const [phase, url] of [
    ['a name is looked up', 'https://gateway.test'],
    ['a connection is made', 'http://127.0.0.1:9'],
  ] as const)
    it(`while ${phase} ends the reply`, async () => {
      const { request, ports } = prepared({ url }, atRest);
      const stopping = new AbortController();
      const begun = () => stopping.abort();
      subscribe('http.client.request.start', begun);
      let outcome = 'none';
      for await (const event of openAsk(ports).ask(request, stopping.signal))
        if (event.type === 'ended') outcome = event.outcome.kind;
      unsubscribe('http.client.request.start', begun);
      assert.equal(outcome, 'stopped');
    });
});
