import assert from 'node:assert/strict';
import { systemClock } from '../../../src/platform/clock';
import type { ReplyEvent } from '../../../src/core/model/reply';
import { type Gateway } from '../../gateway';
import {
  type Asking,
  asked,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  sonnet,
  temporaryKeys,
  everyAt,
} from '../asking';

const cached = { gateway: { cacheTtl: 3600 } };
/** A clock that never stands still, so that no two signatures are alike. */
const ticking = () => {
  let now = Date.now();
  return {
    now: () => (now += 1000),
    wait: () => Promise.resolve(),
    every: everyAt(1),
    turn: systemClock.turn,
  };
};

describe('with a time for the cache, a prompt', () => {
  closeGatewaysAfterEach();
  let gateway: Gateway;
  const model = 'said';
  beforeEach(async () => {
    gateway = await openGateway();
    gateway.script(model, ({ turn }) => ({ deltas: ['answer ', String(turn)] }));
  });
  const clock = ticking();
  const ask = async (asking: Asking = {}) => {
    const { events, reply } = await asked(gateway, {
      model,
      prompt: 'one',
      ports: { clock },
      ...cached,
      ...asking,
    });
    assert.equal(kindOf(reply), 'done');
    return { events, text: reply.text, cache: reply.requestIds.cache };
  };

  for (const stream of ['auto', 'off'] as const) {
    it(`is answered from it the second time, though signed anew (stream ${stream})`, async () => {
      const first = await ask({ stream });
      const second = await ask({ stream });
      assert.deepEqual([first.cache, second.cache], ['MISS', 'HIT']);
      assert.deepEqual([first.text, second.text], ['answer 1', 'answer 1']);
      assert.equal(gateway.asked(model), 1);
      const [one, two] = gateway.log.map(({ headers }) => headers);
      assert.notEqual(one!['authorization'], two!['authorization']);
      assert.equal(one!['cf-aig-cache-key'], two!['cf-aig-cache-key']);
      assert.equal(one!['cf-aig-cache-ttl'], '3600');
      const answered = second.events.find(
        (event): event is ReplyEvent & { type: 'response' } => event.type === 'response',
      );
      assert.equal(answered?.requestIds.cache, 'HIT');
    });
  }

  it('is the same prompt whoever signs it', async () => {
    await ask();
    assert.equal((await ask({ keys: temporaryKeys })).cache, 'HIT');
    assert.equal((await ask({ authentication: 'gateway' })).cache, 'HIT');
  });

  const others: Readonly<Record<string, Asking>> = {
    prompt: { prompt: 'onE' },
    region: { region: 'eu-west-1' },
    operation: { stream: 'off' },
    'system prompt': { parameters: { systemPrompt: 's' } },
    temperature: { parameters: { temperature: 0 } },
    guardrail: { guardrail: { identifier: 'standinguardrail', version: '1' } },
    'additional field': { parameters: { additionalFields: { effort: 'low' } } },
  };
  for (const [what, asking] of Object.entries(others)) {
    it(`misses it with another ${what}`, async () => {
      await ask();
      const other = await ask(asking);
      assert.equal(other.cache, 'MISS');
      assert.equal(other.text, 'answer 2');
    });
  }

  for (const api of ['converse', 'invoke'] as const) {
    it(`misses it with another version of a guardrail (${api})`, async () => {
      gateway.script(sonnet, ({ turn }) => ({ deltas: [String(turn)] }));
      const asking = { model: sonnet, api };
      const guarded = (version: string) => ({
        ...asking,
        guardrail: { identifier: 'standinguardrail', version },
      });
      const seen = [
        await ask(asking),
        await ask(guarded('1')),
        await ask(guarded('2')),
        await ask(guarded('2')),
      ];
      assert.deepEqual(
        seen.map(({ cache }) => cache),
        ['MISS', 'MISS', 'MISS', 'HIT'],
      );
    });
  }

  it('misses it with another model', async () => {
    await ask();
    gateway.script('other', { deltas: ['other'] });
    const { cache, text } = await ask({ model: 'other' });
    assert.deepEqual([cache, text], ['MISS', 'other']);
  });

  it('misses it with another API, and hits it with the same', async () => {
    gateway.script(sonnet, ({ turn }) => ({ deltas: [String(turn)] }));
    const asking = { model: sonnet, api: 'invoke' } as const;
    const seen = [await ask({ model: sonnet }), await ask(asking), await ask(asking)];
    assert.deepEqual(
      seen.map(({ cache, text }) => [cache, text]),
      [
        ['MISS', '1'],
        ['MISS', '2'],
        ['HIT', '2'],
      ],
    );
  });

  it('passes it by with 0', async () => {
    await ask();
    const { cache, text } = await ask({ gateway: { cacheTtl: 0 } });
    assert.deepEqual([cache, text], [undefined, 'answer 2']);
    const { headers } = gateway.log[1]!;
    assert.equal(headers['cf-aig-skip-cache'], 'true');
    assert.ok(!('cf-aig-cache-key' in headers) && !('cf-aig-cache-ttl' in headers));
  });

  it('says nothing of a cache with null', async () => {
    for (const text of ['answer 1', 'answer 2']) {
      const result = await ask({ gateway: { cacheTtl: null } });
      assert.deepEqual([result.cache, result.text], [undefined, text]);
    }
    for (const { headers } of gateway.log)
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith('cf-aig-')),
        ['cf-aig-authorization'],
      );
  });

  it('keeps a stream that was cut out of it', async () => {
    gateway.script('cut', ({ turn }) => ({ deltas: ['a'], ending: turn === 1 ? 'cut' : 'complete' }));
    const { reply } = await asked(gateway, { model: 'cut', ...cached });
    assert.equal(kindOf(reply), 'streamIncomplete');
    assert.equal((await ask({ model: 'cut' })).cache, 'MISS');
  });
});

describe('what the gateway is told', () => {
  closeGatewaysAfterEach();

  it('arrives: metadata, what to log, which key', async () => {
    const gateway = await openGateway({ storedKeys: ['team'] });
    const metadata = { team: 'größe 日本', test: true, count: 3 };
    for (const logs of ['metadataOnly', 'none'] as const) {
      const { reply } = await asked(gateway, {
        authentication: 'gateway',
        gateway: { logs, metadata, keyAlias: 'team' },
      });
      assert.equal(kindOf(reply), 'done');
      assert.equal(reply.requestIds.logId === undefined, logs === 'none');
    }
    const [first, second] = gateway.log.map(({ headers }) => headers);
    assert.deepEqual(JSON.parse(first!['cf-aig-metadata']!), metadata);
    assert.equal(first!['cf-aig-collect-log-payload'], 'false');
    assert.equal(second!['cf-aig-collect-log'], 'false');
    assert.equal(first!['cf-aig-byok-alias'], 'team');
    assert.equal(first!['cf-aig-authorization'], 'Bearer stand-in-gateway-token');
  });

  it('never gets to AWS, nor under the signature', async () => {
    const gateway = await openGateway();
    await asked(gateway, { gateway: { cacheTtl: 60, logs: 'none', metadata: { a: 1 }, keyAlias: '' } });
    const [entry] = gateway.log;
    assert.equal(entry!.signature, 'accepted');
    assert.doesNotMatch(entry!.headers['authorization']!, /cf-/);
    assert.ok(Object.keys(entry!.headers).filter((name) => name.startsWith('cf-aig-')).length >= 5);
  });

  it('is no token when there is none', async () => {
    const gateway = await openGateway({ token: undefined, storedKeys: undefined });
    const { reply } = await asked(gateway, { token: undefined });
    assert.equal(kindOf(reply), 'done');
    assert.ok(!('cf-aig-authorization' in gateway.log[0]!.headers));
  });

  it('and does not like is named', async () => {
    const gateway = await openGateway();
    for (const token of [undefined, 'wrong']) {
      const { reply } = await asked(gateway, { token });
      assert.equal(kindOf(reply), 'gatewayTokenRejected');
    }
  });
});
