import assert from 'node:assert/strict';
import { type Gateway, standInToken, startGateway } from '../../gateway/index.js';
import { ask, model, question, sdkClient, sendUnsigned, stream } from './clients.js';

describe("the stand-in gateway's cache", () => {
  let gateway: Gateway;
  let now: number;
  const token = { 'cf-aig-authorization': `Bearer ${standInToken}` };
  const start = async (cacheStreams = true) => {
    now = Date.UTC(2026, 10, 22, 12);
    gateway = await startGateway({
      pace: 0,
      token: standInToken,
      storedKeys: [''],
      clock: () => now,
      cacheStreams,
    });
  };
  beforeEach(() => start());
  afterEach(() => gateway.close());

  const bodyOf = (text: string) => JSON.stringify({ messages: question(text) });
  const call = (headers: Record<string, string>, text = 'one', operation = 'converse', modelId = model) =>
    sendUnsigned(gateway, { headers: { ...token, ...headers }, body: bodyOf(text), operation, modelId });
  const ttl = { 'cf-aig-cache-ttl': '60' };

  it('is off until a request asks', async () => {
    const { headers } = await call({});
    assert.equal(headers['cf-aig-cache-status'], undefined);
  });

  it('replays the answer with its old date and asks no model', async () => {
    const first = await call(ttl);
    now += 59_000;
    const second = await call(ttl);
    assert.equal(first.headers['cf-aig-cache-status'], 'MISS');
    assert.equal(second.headers['cf-aig-cache-status'], 'HIT');
    assert.equal(second.text, first.text);
    assert.equal(second.headers['date'], first.headers['date']);
    assert.equal(first.headers['date'], 'Sun, 22 Nov 2026 12:00:00 GMT');
    assert.notEqual(second.headers['cf-aig-log-id'], first.headers['cf-aig-log-id']);
    assert.equal(gateway.asked(model), 1);
  });

  it('forgets when the time is over', async () => {
    await call(ttl);
    now += 60_000;
    assert.equal((await call(ttl)).headers['cf-aig-cache-status'], 'MISS');
  });

  it('ignores a time to live of less than a minute or more than a month', async () => {
    for (const seconds of ['59', '0', '-1', 'x', '2592001']) {
      assert.equal((await call({ 'cf-aig-cache-ttl': seconds })).headers['cf-aig-cache-status'], undefined);
    }
  });

  it('tells bodies, operations and models apart', async () => {
    await call(ttl);
    for (const other of [
      call(ttl, 'two'),
      call(ttl, 'one', 'converse-stream'),
      call(ttl, 'one', 'converse', 'm'),
    ]) {
      assert.equal((await other).headers['cf-aig-cache-status'], 'MISS');
    }
  });

  it('gives whatever the shared key holds, even for another prompt', async () => {
    const key = { 'cf-aig-cache-key': 'mine' };
    const first = await call({ ...ttl, ...key });
    assert.equal((await call({ ...ttl, ...key }, 'two')).text, first.text);
  });

  it('keeps for five minutes under a key without a time to live', async () => {
    const key = { 'cf-aig-cache-key': 'mine' };
    assert.equal((await call(key)).headers['cf-aig-cache-status'], 'MISS');
    now += 299_000;
    assert.equal((await call(key)).headers['cf-aig-cache-status'], 'HIT');
    now += 1_000;
    assert.equal((await call(key)).headers['cf-aig-cache-status'], 'MISS');
  });

  it('is passed by with cf-aig-skip-cache', async () => {
    await call(ttl);
    const { headers } = await call({ ...ttl, 'cf-aig-skip-cache': 'true' });
    assert.equal(headers['cf-aig-cache-status'], undefined);
    assert.equal(gateway.asked(model), 2);
  });

  it('never hits for signed prompts without a key, and checks no signature on a HIT', async () => {
    const signed = (extra: Record<string, string>, secretAccessKey?: string) =>
      ask(
        sdkClient(gateway, {
          extra: { ...token, ...extra },
          systemClockOffset: now - Date.now(),
          ...(secretAccessKey && { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey } }),
        }),
      );
    await signed(ttl);
    now += 1_000;
    await signed(ttl);
    assert.equal(gateway.log[1]!.cache, 'MISS');
    await signed({ ...ttl, 'cf-aig-cache-key': 'mine' });
    await signed({ ...ttl, 'cf-aig-cache-key': 'mine' }, 'wrong');
    assert.equal(gateway.log[3]!.cache, 'HIT');
    assert.equal(gateway.log[3]!.signature, 'unchecked');
  });

  it('replays a stream that the SDK can read', async () => {
    const extra = { ...token, ...ttl, 'cf-aig-cache-key': 'mine' };
    const client = () => sdkClient(gateway, { extra, systemClockOffset: now - Date.now() });
    const first = await stream(client());
    const second = await stream(client());
    assert.equal(gateway.log[1]!.cache, 'HIT');
    assert.equal(second.text, first.text);
    assert.equal(second.stopReason, 'end_turn');
  });

  it('leaves streams alone when told so', async () => {
    await gateway.close();
    await start(false);
    await call(ttl, 'one', 'converse-stream');
    assert.equal((await call(ttl, 'one', 'converse-stream')).headers['cf-aig-cache-status'], undefined);
    assert.equal(gateway.asked(model), 2);
  });

  it('keeps no failure and no stream that was cut', async () => {
    for (const modelId of ['stand-in.throttling', 'stand-in.cut']) {
      await call(ttl, 'one', 'converse-stream', modelId);
      const { headers } = await call(ttl, 'one', 'converse-stream', modelId);
      assert.equal(headers['cf-aig-cache-status'], 'MISS');
    }
  });
});
