import assert from 'node:assert/strict';
import { type Gateway, standInToken, startGateway, type Switches } from '../../gateway/index.js';
import {
  arn,
  ask,
  failureOf,
  model,
  type Outgoing,
  sdkClient,
  send,
  sendUnsigned,
  stream,
} from './clients.js';

/** The second try of a careful client: the same call, signed for a path with literal colons. */
function withColons(gateway: Gateway) {
  const client = sdkClient(gateway);
  client.middlewareStack.add(
    (next) => (args) => {
      const outgoing = args.request as Outgoing;
      outgoing.path = outgoing.path.replace(/%3A/g, ':');
      return next(args);
    },
    { step: 'build', name: 'literalColon' },
  );
  return client;
}

describe('a switch of the stand-in gateway', () => {
  let gateway: Gateway;
  const token = { 'cf-aig-authorization': `Bearer ${standInToken}` };
  const on = async (switches: Partial<Switches>) => {
    gateway = await startGateway({ pace: 0, token: standInToken, storedKeys: [''], switches });
  };
  const signed = () => sdkClient(gateway, { extra: token });
  afterEach(() => gateway.close());

  for (const name of ['decodeColon', 'decodeSlash'] as const) {
    it(`${name} breaks what the SDK signs, and not what stored keys sign`, async () => {
      await on({ [name]: true });
      assert.equal((await failureOf(ask(signed()))).name, 'InvalidSignatureException');
      assert.ok(gateway.log[0]!.seenByAws!.path.includes(model));
      assert.equal((await sendUnsigned(gateway, { headers: token })).status, 200);
      assert.equal((await sendUnsigned(gateway, { headers: token, modelId: arn })).status, 200);
      assert.equal(gateway.log.at(-1)!.model, arn);
    });
  }

  it('decodeColon is survived by signing a literal colon, even in an ARN', async () => {
    gateway = await startGateway({ pace: 0, switches: { decodeColon: true } });
    await ask(withColons(gateway));
    await ask(withColons(gateway), arn);
    assert.equal(gateway.log[1]!.signature, 'accepted');
  });

  it('decodeSlash is not, in an ARN', async () => {
    gateway = await startGateway({ pace: 0, switches: { decodeSlash: true } });
    await ask(withColons(gateway));
    assert.equal((await failureOf(ask(withColons(gateway), arn))).name, 'InvalidSignatureException');
  });

  it('dropHeaders keeps only documented headers from AWS', async () => {
    await on({ dropHeaders: true });
    assert.equal((await failureOf(ask(signed()))).name, 'InvalidSignatureException');
    assert.deepEqual(Object.keys(gateway.log[0]!.seenByAws!.headers).sort(), [
      'authorization',
      'content-length',
      'content-type',
      'host',
      'x-amz-content-sha256',
      'x-amz-date',
    ]);
  });

  it('rewriteHeaders changes undocumented headers and no others', async () => {
    await on({ rewriteHeaders: true });
    assert.equal((await failureOf(ask(signed()))).name, 'InvalidSignatureException');
    const { headers, seenByAws } = gateway.log[0]!;
    const changed = Object.keys(seenByAws!.headers).filter(
      (name) => seenByAws!.headers[name] !== headers[name],
    );
    assert.deepEqual(changed.sort(), [
      'amz-sdk-invocation-id',
      'amz-sdk-request',
      'host',
      'user-agent',
      'x-amz-user-agent',
    ]);
  });

  it('mangleFrames makes the SDK stumble over a checksum, and leaves whole answers alone', async () => {
    await on({ mangleFrames: true });
    assert.match((await failureOf(stream(signed()))).message, /checksum/);
    assert.ok((await ask(signed())).output);
  });

  it('streamAsJson answers a streaming call with one JSON body', async () => {
    await on({ streamAsJson: true });
    assert.match((await failureOf(stream(signed()))).message, /Truncated event message/);
    const { headers, text } = await sendUnsigned(gateway, { operation: 'converse-stream', headers: token });
    assert.equal(headers['content-type'], 'application/json');
    assert.equal((JSON.parse(text) as { stopReason: string }).stopReason, 'end_turn');
  });

  it('dateOffset moves the Date of every reply', async () => {
    await on({ dateOffset: -3_600_000 });
    const client = signed();
    const clock = () => client.config.systemClockOffset;
    await ask(client);
    assert.ok(Math.abs(clock() + 3_600_000) < 60_000, `the SDK took the gateway's clock over: ${clock()}`);
    assert.match((await failureOf(ask(client))).message, /^Signature expired/);
  });

  it('rewriteBody changes what AWS gets', async () => {
    await on({ rewriteBody: true });
    assert.equal((await failureOf(ask(signed()))).name, 'InvalidSignatureException');
    assert.equal((await sendUnsigned(gateway, { headers: token })).status, 200);
  });

  for (const header of ['x-amz-date', 'x-amz-content-sha256', 'content-type']) {
    it(`rewriteSignedHeader changes ${header}`, async () => {
      await on({ rewriteSignedHeader: header });
      assert.match(
        (await failureOf(ask(signed()))).message,
        /^The request signature we calculated does not match/,
      );
      const { headers, seenByAws } = gateway.log[0]!;
      assert.notEqual(headers[header], seenByAws!.headers[header]);
    });
  }

  it('cacheKeyIsAuthorization makes a signed prompt miss although its key is the same', async () => {
    await on({ cacheKeyIsAuthorization: true });
    const headers = { ...token, 'cf-aig-cache-key': 'same', 'cf-aig-cache-ttl': '300' };
    let second = 0;
    const later = () => sdkClient(gateway, { extra: headers, systemClockOffset: 1000 * second++ });
    await ask(later());
    await ask(later());
    assert.equal(gateway.log[1]!.cache, 'MISS');
    gateway.switches.cacheKeyIsAuthorization = false;
    await ask(later());
    await ask(later());
    assert.equal(gateway.log[3]!.cache, 'HIT');
  });

  it('can be set from another process, and is refused when there is none of that name', async () => {
    await on({});
    const set = (body: unknown) => send(gateway.root, '/__switches', {}, JSON.stringify(body));
    assert.equal((await set({ decodeColon: true })).status, 200);
    assert.equal(gateway.switches.decodeColon, true);
    assert.match((await set({ decodeEverything: true })).text, /there is no switch/);
    assert.match((await set({ dateOffset: 'soon' })).text, /takes a number/);
    await assert.rejects(startGateway({ switches: { nonsense: true } as object }), /there is no switch/);
  });
});
