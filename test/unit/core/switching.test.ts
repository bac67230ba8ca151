// A server that switches to another protocol gives no answer, and Node no error: a prompt and a check end all the same,
// and a prompt that waits for something else that never comes can be stopped.
import assert from 'node:assert/strict';
import type { HttpHandler } from '@smithy/core/protocols';
import { asked, closeGatewaysAfterEach, kindOf, openGateway, prepared } from '../asking';
import { checked, endOf } from './check/checking';
import { openServer } from './rawServer';

const heads: Record<string, string> = {
  'with an Upgrade header': 'Connection: Upgrade\r\nUpgrade: websocket\r\n',
  'to HTTP/2, without a Connection header': 'Upgrade: h2c\r\n',
  'without a header': '',
  'and says that it is Cloudflare': 'Connection: upgrade\r\nUpgrade: foo\r\nCF-RAY: 8c1d2e3f4a5b6c7d-LHR\r\n',
};

describe('an answer that switches protocols', () => {
  for (const [how, head] of Object.entries(heads)) {
    const bytes = `HTTP/1.1 101 Switching Protocols\r\n${head}\r\nand more`;

    for (const stream of ['auto', 'off'] as const)
      it(`ends a prompt ${how} (stream: ${stream})`, async () => {
        const server = await openServer(bytes, 'stay');
        try {
          const { reply } = await asked(server, { stream });
          assert.equal(kindOf(reply), 'notTheGateway');
          assert.equal(server.received.length, 1);
          await server.left();
        } finally {
          await server.close();
        }
      });

    it(`ends a check ${how}`, async () => {
      const server = await openServer(bytes, 'stay');
      try {
        assert.equal(endOf(await checked(server)), 'gateway: notTheGateway');
      } finally {
        await server.close();
      }
    });
  }

  it('is told apart among prompts that are alike', async () => {
    const server = await openServer(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n`,
    );
    try {
      const replies = await Promise.all([1, 2, 3].map(() => asked(server)));
      assert.deepEqual(
        replies.map(({ reply }) => kindOf(reply)),
        ['notTheGateway', 'notTheGateway', 'notTheGateway'],
      );
    } finally {
      await server.close();
    }
  });
});

describe('Stop', () => {
  closeGatewaysAfterEach();

  let stopping = new AbortController();
  beforeEach(() => (stopping = new AbortController()));
  /** Is stopped as soon as it is waited for. */
  const never = () => {
    setImmediate(() => stopping.abort());
    return new Promise<never>(() => undefined);
  };
  const { ports } = prepared({ url: 'http://127.0.0.1' });
  const deaf: HttpHandler = {
    handle: never,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  const waitsFor: Record<string, Partial<typeof ports>> = {
    'a request that is never settled': { http: deaf },
    'a secret storage that never answers': { secrets: { ...ports.secrets, awsCredentials: never } },
    'a token that never comes': { secrets: { ...ports.secrets, gatewayToken: never } },
  };
  for (const [what, changed] of Object.entries(waitsFor)) {
    it(`ends a prompt that waits for ${what}`, async () => {
      const { reply } = await asked(await openGateway(), { ports: changed, signal: stopping.signal });
      assert.equal(reply.outcome?.kind, 'stopped');
    });

    it(`ends a check that waits for ${what}`, async () => {
      const { report } = await checked(await openGateway(), { ports: changed, signal: stopping.signal });
      assert.equal(report.outcome, 'stopped');
    });
  }
});
