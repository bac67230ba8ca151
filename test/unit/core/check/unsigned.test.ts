// A gateway that takes nothing without a signature, and says so by a code that nobody knows: what is signed tells more.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Server, createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Gateway } from '../../../gateway';
import { type Asking, closeGatewaysAfterEach, openGateway } from '../../asking';
import { openServer } from '../rawServer';
import { checked, counted, endOf } from './checking';

/** What is before `gateway` answers what is not signed by itself. */
async function openFront({ port, url }: Gateway, body: string, status = 400): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    if (request.headers.authorization === undefined) {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return;
    }
    const { method, url: path, headers } = request;
    const inner = forward({ port, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(inner);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return { url: url.replace(`:${port}`, `:${(server.address() as AddressInfo).port}`) };
}

const opened: Server[] = [];

describe('a gateway that takes nothing without a signature', () => {
  closeGatewaysAfterEach();
  afterEach(() => {
    for (const server of opened.splice(0)) server.close();
  });

  const says = (code: number) =>
    JSON.stringify({ success: false, result: [], error: [{ code, message: 'No signature' }] });

  const ways: Readonly<Record<string, [Asking, string]>> = {
    'access keys': [{}, 'passed'],
    'an API key': [{ authentication: 'apiKey' }, 'passed'],
    'a wrong token': [{ token: 'wrong' }, 'gatewayToken: gatewayTokenRejected'],
    'no keys, which could not tell more': [{ keys: undefined }, 'gateway: gatewayError'],
    'keys in the gateway, which are what it asks for': [
      { authentication: 'gateway' },
      'gateway: gatewayError',
    ],
  };
  for (const [what, [asking, end]] of Object.entries(ways))
    it(`is asked again with one, and found to end at ${end} with ${what}`, async () => {
      const gateway = await openGateway();
      const told = await checked(await openFront(gateway, says(2999)), asking);
      assert.equal(endOf(told), end);
      assert.equal(told.report.prompts, counted(gateway).prompts);
    });

  it('is asked once where the gateway signs, since nothing else could be sent', async () => {
    const body = says(2999);
    const server = await openServer(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await checked({ url: `${server.url}/v1/a/b` }, { authentication: 'gateway' });
    assert.equal(server.received.length, 1);
    await server.close();
  });

  it('is not, where its code tells why', async () => {
    const gateway = await openGateway();
    assert.equal(endOf(await checked(await openFront(gateway, says(2001)))), 'gateway: gatewayNotFound');
    assert.equal(gateway.log.length, 0);
  });

  const wanted = (code: number, message: string) =>
    JSON.stringify({ success: false, result: [], error: [{ code, message }] });
  const wants: Readonly<Record<string, string>> = {
    'that provider credentials are required': wanted(2050, 'Provider credentials are required (byok_only)'),
    'that it would have to pay for the model': wanted(2021, 'Insufficient AI Gateway credits'),
    'that it does not sell the model': wanted(2021, 'Not available via unified billing. Please use BYOK.'),
  };
  for (const [what, body] of Object.entries(wants))
    it(`may say ${what}, which is nothing against what is signed`, async () => {
      const gateway = await openGateway();
      assert.equal(endOf(await checked(await openFront(gateway, body))), 'passed');
    });

  it('may say that provider credentials are required where it is to hold them', async () => {
    const gateway = await openGateway();
    const front = await openFront(gateway, wants['that provider credentials are required']!);
    assert.equal(
      endOf(await checked(front, { authentication: 'gateway' })),
      'awsCredentials: gatewayKeyMissing',
    );
  });

  it('is left where whoever gives the keys is stopped', async () => {
    const gateway = await openGateway();
    const front = await openFront(gateway, says(2999));
    const stopping = new AbortController();
    const told = await checked(front, {
      profile: 'dev',
      ports: {
        profiles: {
          credentials: () => {
            stopping.abort();
            return new Promise(() => undefined);
          },
          forget: () => undefined,
        },
      },
      signal: stopping.signal,
    });
    assert.equal(endOf(told), 'stopped');
  });

  it('that says the same of what is signed is asked twice, and no more', async () => {
    const body = says(2999);
    const server = await openServer(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    assert.equal(endOf(await checked({ url: `${server.url}/v1/a/b` })), 'gateway: gatewayError');
    assert.equal(server.received.length, 2);
    await server.close();
  });
});
