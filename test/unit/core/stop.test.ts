// Stop: at whatever moment, a reply ends as stopped, keeps its text, and closes its connection. What is waited for never
// comes, and the clock stands still: nothing but Stop can end it.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createEngine } from '../../../src/engine/engine.chunk';
import { systemClock } from '../../../src/platform/clock';
import type { Clock } from '../../../src/core/model/ports';
import type { ReplyEvent } from '../../../src/core/model/reply';
import { type Gateway } from '../../gateway';
import { type Asked, type Asking, asked, closeGatewaysAfterEach, openGateway, prepared } from '../asking';
import { manualClock } from '../manualClock';
import { assertClosed, never } from './closing';

interface Stopped extends Asked {
  readonly signal: AbortSignal;
}

/** Asks, and aborts `when` that is so. */
async function stopped(
  gateway: Gateway,
  asking: Asking,
  when: { at?: Promise<unknown>; event?: (event: ReplyEvent) => boolean },
): Promise<Stopped> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = () => stopping.abort();
  void when.at?.then(stop);
  const replied = await asked(gateway, {
    ...asking,
    ports: { clock: manualClock(), ...asking.ports },
    signal,
    onEvent: (event) => when.event?.(event) && stop(),
  });
  return { ...replied, signal };
}

function assertStopped({ events, reply, signal }: Stopped): void {
  assert.deepEqual(reply.outcome, { kind: 'stopped' });
  assert.equal(events.filter(({ type }) => type === 'ended').length, 1);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
}

describe('stop', () => {
  closeGatewaysAfterEach();
  const model = 'held';
  const ways = ['accessKeys', 'apiKey', 'gateway'] as const;

  it('before the call sends nothing', async () => {
    const gateway = await openGateway();
    const signal = AbortSignal.abort();
    const { ports } = prepared(gateway);
    const secrets = { ...ports.secrets, awsCredentials: () => assert.fail('keys were asked for') };
    const { reply } = await asked(gateway, { signal, ports: { secrets } });
    assert.deepEqual(reply.outcome, { kind: 'stopped' });
    assert.equal(gateway.log.length, 0);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  for (const [secret, authentication] of [
    ['awsCredentials', 'accessKeys'],
    ['apiKey', 'apiKey'],
    ['gatewayToken', 'accessKeys'],
  ] as const) {
    it(`while ${secret} are fetched, and never come, sends nothing`, async () => {
      const gateway = await openGateway();
      let asks!: () => void;
      const at = new Promise<void>((resolve) => (asks = resolve));
      const { ports } = prepared(gateway);
      const secrets = { ...ports.secrets, [secret]: () => (asks(), never) };
      assertStopped(await stopped(gateway, { authentication, ports: { secrets } }, { at }));
      assert.equal(gateway.log.length, 0);
    });

    it(`while ${secret} are fetched, and do come, sends nothing`, async () => {
      const gateway = await openGateway();
      const stopping = new AbortController();
      const { ports } = prepared(gateway);
      const fetch = () => (stopping.abort(), ports.secrets[secret]());
      const secrets = { ...ports.secrets, [secret]: fetch };
      const { reply } = await asked(gateway, { authentication, signal: stopping.signal, ports: { secrets } });
      assert.deepEqual(reply.outcome, { kind: 'stopped' });
      assert.equal(gateway.log.length, 0);
    });
  }

  for (const authentication of ways) {
    for (const stream of ['auto', 'off'] as const) {
      it(`before an answer closes the connection (${authentication}, stream ${stream})`, async () => {
        const gateway = await openGateway();
        const at = gateway.waitFor(({ body }) => body !== '');
        const result = await stopped(gateway, { model: 'stand-in.silence', authentication, stream }, { at });
        assertStopped(result);
        assert.equal(result.reply.text, '');
        await assertClosed(gateway);
      });
    }

    it(`in the middle of a reply closes the connection and keeps the text (${authentication})`, async () => {
      const gateway = await openGateway();
      const hold = (index: number) => (index === 3 ? never : Promise.resolve());
      gateway.script(model, { deltas: ['a', 'b', 'c', 'd', 'e'], hold });
      let text = '';
      const event = (event: ReplyEvent) => event.type === 'text' && (text += event.text) === 'abc';
      const result = await stopped(gateway, { model, authentication }, { event });
      assertStopped(result);
      assert.equal(result.reply.text, 'abc');
      await assertClosed(gateway);
      assert.ok(gateway.log[0]!.framesSent < gateway.log[0]!.framesTotal);
    });
  }

  it('in a flood shows no more of it', async () => {
    const gateway = await openGateway();
    const deltas = Array.from({ length: 5000 }, (_, index) => `${index} `);
    gateway.script(model, { deltas, hold: (index) => (index === 4999 ? never : Promise.resolve()) });
    let texts = 0;
    const event = ({ type }: ReplyEvent) => type === 'text' && ++texts === 2;
    const result = await stopped(gateway, { model }, { event });
    assertStopped(result);
    assert.equal(texts, 2);
    await assertClosed(gateway);
  });

  it('between parts that came together shows only those before it', async () => {
    const gateway = await openGateway();
    gateway.script(model, { reasoning: ['Hm'], deltas: ['a'] });
    const event = ({ type }: ReplyEvent) => type === 'reasoning';
    const result = await stopped(gateway, { model, stream: 'off' }, { event });
    assertStopped(result);
    assert.deepEqual([result.reply.reasoning, result.reply.text], ['Hm', '']);
  });

  it('while a reply is thought about keeps the reasoning', async () => {
    const gateway = await openGateway();
    gateway.script(model, {
      reasoning: ['Hm'],
      deltas: ['a'],
      hold: (index) => (index ? never : Promise.resolve()),
    });
    const result = await stopped(gateway, { model }, { event: ({ type }) => type === 'reasoning' });
    assertStopped(result);
    assert.equal(result.reply.reasoning, 'Hm');
    await assertClosed(gateway);
  });

  it('during a wait ends it, by the real clock, and sends nothing more', async () => {
    const gateway = await openGateway();
    const { request, ports } = prepared(gateway, { model: 'stand-in.throttling-retry-after-20' });
    const stopping = new AbortController();
    // Longer than any test may take.
    const wait: Clock['wait'] = (ms, signal) => systemClock.wait(1000 * ms, signal);
    const asking = createEngine({ ...ports, clock: { ...systemClock, wait } });
    const types: string[] = [];
    for await (const event of asking.ask(request, stopping.signal)) {
      types.push(event.type);
      if (event.type === 'waiting') setImmediate(() => stopping.abort());
      if (event.type === 'ended') assert.deepEqual(event.outcome, { kind: 'stopped' });
    }
    assert.deepEqual(types, ['attempt', 'attemptEnded', 'waiting', 'ended']);
    assert.equal(gateway.log.length, 1);
    assert.deepEqual(getEventListeners(stopping.signal, 'abort'), []);
  });

  it('of one prompt leaves another alone', async () => {
    const gateway = await openGateway();
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    gateway.script('one', { deltas: ['a', 'b'], hold: (index) => (index ? never : Promise.resolve()) });
    gateway.script('two', { deltas: ['a', 'b'], hold: (index) => (index ? released : Promise.resolve()) });
    const other = asked(gateway, { model: 'two' });
    assertStopped(await stopped(gateway, { model: 'one' }, { event: ({ type }) => type === 'text' }));
    release();
    const { reply } = await other;
    assert.equal(reply.outcome?.kind, 'done');
    assert.equal(reply.text, 'ab');
  });
});
