// The record of an attempt: what was signed, sent and answered, and when; over real HTTP.
import assert from 'node:assert/strict';
import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Authentication } from '../../../src/core/model/request';
import type { AttemptRecord } from '../../../src/core/model/attemptRecord';
import { spansOf } from '../../../src/core/wire/spans';
import { nodeSockets } from '../../../src/platform/node/sockets';
import { standInKeys } from '../../gateway';
import { asked, closeGatewaysAfterEach, openGateway, temporaryKeys, withColon } from '../asking';
import { openServer } from './rawServer';

const watched = { ports: { sockets: nodeSockets } };
const valueOf = (headers: AttemptRecord['sent'], name: string) =>
  headers?.headers.find(([each]) => each === name)?.[1];

describe('the record of an attempt', () => {
  closeGatewaysAfterEach();

  it('holds what was signed beside what was sent', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { ...watched, model: withColon, keys: temporaryKeys });
    const [wire] = reply.records;
    const [entry] = gateway.log;
    assert.equal(reply.records.length, 1);
    assert.deepEqual(wire!.signed, {
      method: 'POST',
      host: 'bedrock-runtime.us-east-1.amazonaws.com',
      path: `/model/${encodeURIComponent(withColon)}/converse-stream`,
      headers: ['host', 'x-amz-date', 'x-amz-security-token'],
    });
    const { method, protocol, host, path, size } = wire!.sent!;
    assert.equal(method, 'POST');
    assert.equal(`${protocol}//${host}`, new URL(gateway.url).origin);
    assert.equal(path, entry!.url);
    assert.equal(path, `${new URL(gateway.url).pathname}${wire!.signed.path}`);
    assert.equal(size, Buffer.byteLength(entry!.body));
    const names = wire!.sent!.headers.map(([name]) => name);
    // Node adds these two itself.
    assert.deepEqual([...names, 'host', 'connection'].sort(), Object.keys(entry!.headers).sort());
    assert.equal(valueOf(wire!.sent, 'content-length'), String(size));
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    assert.equal(
      valueOf(wire!.sent, 'authorization'),
      `AWS4-HMAC-SHA256 Credential=…LE00/${day}/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=…`,
    );
    assert.equal(valueOf(wire!.sent, 'cf-aig-authorization'), 'Bearer …');
    assert.equal(valueOf(wire!.sent, 'x-amz-security-token'), '…');
  });

  it('holds status and headers of the answer, and how much came', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { ...watched, model: 'stand-in.long-50', stream: 'off' });
    const { response } = reply.records[0]!;
    const { logId, ray } = reply.requestIds;
    assert.equal(response?.status, 200);
    assert.deepEqual(response.headers.filter(([name]) => /log-id|cf-ray/.test(name)).sort(), [
      ['cf-aig-log-id', logId],
      ['cf-ray', ray],
    ]);
    assert.ok(response.size! > reply.text.length, `${response.size} bytes`);
  });

  it('counts a body that arrives together with its head', async () => {
    const body = JSON.stringify({ message: 'x'.repeat(2000) });
    const server = await openServer(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    try {
      const { reply } = await asked(server, watched);
      assert.equal(reply.records[0]!.response!.size, body.length);
    } finally {
      await server.close();
    }
  });

  for (const authentication of ['apiKey', 'gateway'] as const satisfies readonly Authentication[]) {
    it(`has nothing signed where nothing is (${authentication})`, async () => {
      const gateway = await openGateway();
      const { reply } = await asked(gateway, { ...watched, authentication });
      const [wire] = reply.records;
      assert.equal(wire!.signed, undefined);
      assert.equal(
        valueOf(wire!.sent, 'authorization'),
        authentication === 'apiKey' ? 'Bearer …' : undefined,
      );
      assert.equal(wire!.response?.status, 200);
    });
  }

  it('is made of each attempt, with why it was made and how it failed', async () => {
    const gateway = await openGateway();
    const { reply, events } = await asked(gateway, { ...watched, model: 'stand-in.unavailable-twice' });
    assert.deepEqual(
      reply.records.map(({ attempt, because, failure, response }) => [
        attempt,
        because,
        failure,
        response?.status,
      ]),
      [
        [1, undefined, 'serviceUnavailable', 503],
        [2, 'busy', 'serviceUnavailable', 503],
        [3, 'busy', undefined, 200],
      ],
    );
    const types = events.map(({ type }) => type);
    assert.equal(
      types.filter((type) => type === 'attemptEnded').length,
      types.filter((type) => type === 'attempt').length,
    );
    assert.deepEqual(types.slice(-2), ['attemptEnded', 'ended']);
  });

  it('ends where the attempt did: before anything was sent', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { ...watched, keys: undefined });
    const [wire] = reply.records;
    assert.deepEqual(Object.keys(wire!.times), ['ended']);
    assert.equal(wire!.failure, 'credentialsMissing');
    assert.ok(!wire!.signed && !wire!.sent && !wire!.response);
  });

  it('ends where the attempt did: nobody there', async () => {
    const server = await openServer('');
    await server.close();
    const { reply } = await asked(server, watched);
    const [wire] = reply.records;
    assert.equal(wire!.failure, 'connectionRefused');
    assert.ok(wire!.signed && wire!.sent && !wire!.response);
    assert.equal(wire!.times.connected, undefined);
    assert.deepEqual(
      spansOf(wire!.times).map(({ name }) => name),
      ['queue', 'connectAndFirstByte'],
    );
  });

  it('ends where the attempt did: stopped while it waits, and in mid-stream', async () => {
    const gateway = await openGateway();
    const waiting = new AbortController();
    const silence = asked(gateway, { ...watched, model: 'stand-in.silence', signal: waiting.signal });
    await gateway.waitFor(({ body }) => body !== '');
    waiting.abort();
    const [before] = (await silence).reply.records;
    assert.equal(before!.stopped, true);
    assert.equal(before!.failure, undefined);
    assert.ok(before!.sent && !before!.response);
    assert.deepEqual(
      spansOf(before!.times).map(({ name }) => name),
      ['queue', 'connect', 'firstByte'],
    );

    const reading = new AbortController();
    const { reply } = await asked(gateway, {
      ...watched,
      model: 'stand-in.stall',
      signal: reading.signal,
      onEvent: ({ type }) => type === 'text' && reading.abort(),
    });
    const [within] = reply.records;
    assert.equal(within!.stopped, true);
    assert.equal(within!.response?.status, 200);
    assert.ok(within!.response.size! > 0);
  });

  it('tells the times in order, and how long the answer took to come', async () => {
    const gateway = await openGateway();
    const wait = 60;
    gateway.script('slow-model', { deltas: ['late'], hold: () => new Promise((go) => setTimeout(go, wait)) });
    const { reply } = await asked(gateway, { ...watched, model: 'slow-model', stream: 'auto' });
    const { sent, resolved, connected, responded, ended } = reply.records[0]!.times;
    assert.equal(resolved, undefined, 'an address needs no looking up');
    const times = [0, sent!, connected!, responded!, ended];
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    );
    const spans = spansOf(reply.records[0]!.times);
    assert.deepEqual(
      spans.map(({ name }) => name),
      ['queue', 'connect', 'firstByte', 'stream'],
    );
    const waited = ended - connected!;
    assert.ok(waited >= wait - 2, `${waited} ms`);
    assert.equal(spans.at(-1)!.to, ended);
    spans.forEach(({ from }, index) => assert.equal(from, spans[index - 1]?.to ?? 0));
  });

  it('tells when a name was found', async () => {
    const gateway = await openGateway();
    const url = gateway.url.replace('127.0.0.1', 'localhost');
    const { reply } = await asked({ url }, watched);
    const { sent, resolved, tcpConnected, connected } = reply.records[0]!.times;
    assert.ok(sent! <= resolved! && resolved! <= tcpConnected! && tcpConnected! <= connected!);
  });

  it('does not tell when the connection was made where nobody can know', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway);
    const { connected, responded } = reply.records[0]!.times;
    assert.equal(connected, undefined);
    assert.ok(responded);
    assert.deepEqual(
      spansOf(reply.records[0]!.times).map(({ name }) => name),
      ['queue', 'connectAndFirstByte', 'stream'],
    );
  });

  it('does not mix two prompts that are alike in all, nor two that are not', async () => {
    const gateway = await openGateway();
    const alike = await Promise.all(
      [1, 2].map(() => asked(gateway, { ...watched, authentication: 'apiKey', stream: 'off' })),
    );
    // Either both are told apart in time, or the one that cannot be is not known; never has one two.
    for (const { reply } of alike) {
      const { connected, responded } = reply.records[0]!.times;
      assert.ok(connected === undefined || connected <= responded!);
    }
    const others = await Promise.all(
      ['one', 'two'].map((prompt) => asked(gateway, { ...watched, prompt, keys: standInKeys })),
    );
    for (const { reply } of others) assert.ok(reply.records[0]!.times.connected);
  });

  it('takes no other request’s connection for its own, and none that may be another’s', async () => {
    const gateway = await openGateway();
    const { hostname, port } = new URL(gateway.url);
    const request = (path: string) =>
      new HttpRequest({ protocol: 'http:', hostname, port: Number(port), path, headers: { 'x-one': '1' } });
    const told: string[] = [];
    const watch = (path: string, who: string) => nodeSockets.watch(request(path), () => told.push(who));
    const http = new NodeHttpHandler();
    const stops = [watch('/alone', 'alone'), watch('/twice', 'first'), watch('/twice', 'second')];
    for (const path of ['/other', '/twice', '/alone']) await http.handle(request(path));
    stops.forEach((stop) => stop());
    http.destroy();
    assert.deepEqual([...new Set(told)], ['alone']);
  });

  it('leaves no listener behind', async () => {
    const { hasSubscribers } = await import('node:diagnostics_channel');
    const gateway = await openGateway();
    await asked(gateway, { ...watched, model: 'stand-in.unavailable-twice' });
    await asked(gateway, { ...watched, keys: undefined });
    assert.equal(hasSubscribers('http.client.request.start'), false);
  });

  it('tells when a kept connection was ready: at once', async () => {
    const gateway = await openGateway();
    const http = new NodeHttpHandler({ httpAgent: { keepAlive: true } });
    const ports = { http, sockets: nodeSockets };
    await asked(gateway, { ports });
    const { reply } = await asked(gateway, { ports });
    http.destroy();
    const { sent, tcpConnected, connected, responded } = reply.records[0]!.times;
    assert.equal(tcpConnected, undefined);
    assert.ok(sent! <= connected! && connected! <= responded!);
  });
});
