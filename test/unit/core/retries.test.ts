import assert from 'node:assert/strict';
import { memoryQuirks } from '../../../src/core/gateway/quirks';
import type { ReplyEvent } from '../../../src/core/model/reply';
import { type Gateway, standInKeys } from '../../gateway';
import { checked, endOf } from './check/checking';
import { asked, closeGatewaysAfterEach, kindOf, openGateway, waits, withColon } from '../asking';
import { manualClock } from '../manualClock';

const of = <T extends ReplyEvent['type']>(events: readonly ReplyEvent[], type: T) =>
  events.filter((event): event is Extract<ReplyEvent, { type: T }> => event.type === type);
const unlike = (values: readonly unknown[]) => new Set(values).size === values.length;
const header = (gateway: Gateway, name: string) => gateway.log.map(({ headers }) => headers[name]);

describe('trying again', () => {
  closeGatewaysAfterEach();
  beforeEach(() => void waits.splice(0));

  for (const stream of ['auto', 'off'] as const) {
    it(`after two 503s is answered the third time, addressed right and signed anew (stream ${stream})`, async () => {
      const clock = manualClock();
      const gateway = await openGateway({ clock: () => clock.now() });
      const model = 'stand-in.unavailable-twice-v1:0';
      // A second passes for AWS's clock between attempts only if a wait is as long: these are 0.5 and 1 s.
      const { events, reply } = await asked(gateway, { model, stream, ports: { clock } });
      assert.equal(kindOf(reply), 'done');
      assert.deepEqual(clock.waited, [500, 1000]);
      assert.deepEqual(
        of(events, 'attempt').map(({ number, because }) => [number, because]),
        [
          [1, undefined],
          [2, 'busy'],
          [3, 'busy'],
        ],
      );
      assert.deepEqual(
        gateway.log.map(({ status, signature }) => [status, signature]),
        [
          [503, 'accepted'],
          [503, 'accepted'],
          [200, 'accepted'],
        ],
      );
      const operation = stream === 'off' ? 'converse' : 'converse-stream';
      const path = `${new URL(gateway.url).pathname}/model/stand-in.unavailable-twice-v1%3A0/${operation}`;
      for (const { url } of gateway.log) assert.equal(url, path);
    });
  }

  it('signs each attempt at its own time', async () => {
    const clock = manualClock();
    const gateway = await openGateway({ clock: () => clock.now() });
    const ports = { clock: { ...clock, wait: (_: number, signal: AbortSignal) => clock.wait(2000, signal) } };
    await asked(gateway, { model: 'stand-in.unavailable-twice', ports });
    assert.equal(gateway.log.length, 3);
    assert.ok(unlike(header(gateway, 'x-amz-date')));
    assert.ok(unlike(header(gateway, 'authorization')));
  });

  it('says until when it waits, after what', async () => {
    const clock = manualClock(1_800_000_000_000);
    const gateway = await openGateway({ clock: () => clock.now() });
    const { events } = await asked(gateway, { model: 'stand-in.unavailable-twice', ports: { clock } });
    assert.deepEqual(
      of(events, 'waiting').map(({ until, failure }) => [until, failure.kind, failure.details.status]),
      [
        [1_800_000_000_500, 'serviceUnavailable', 503],
        [1_800_000_001_500, 'serviceUnavailable', 503],
      ],
    );
  });

  it('waits as long as Retry-After says', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { model: 'stand-in.throttling-retry-after-1' });
    assert.equal(kindOf(reply), 'throttled');
    assert.deepEqual(waits, [1000, 1000]);
    waits.splice(0);
    const once = await asked(gateway, { model: 'stand-in.throttled-once-7' });
    assert.equal(kindOf(once.reply), 'done');
    assert.deepEqual(waits, [7000]);
  });

  it('is given up when the wait would be long', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { model: 'stand-in.throttling-retry-after-31' });
    assert.equal(kindOf(reply), 'throttled');
    assert.equal(reply.attempts, 1);
    assert.deepEqual(waits, []);
  });

  it("leaves the gateway's own limit alone", async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { model: 'stand-in.gateway-2003' });
    assert.equal(kindOf(reply), 'gatewayRateLimited');
    assert.equal(gateway.log.length, 1);
  });
});

describe('a clock', () => {
  closeGatewaysAfterEach();

  for (const minutes of [-10, 10, 60 * 14, -60 * 23.9]) {
    it(`${minutes} minutes off takes one more attempt, signed right`, async () => {
      const gateway = await openGateway({ clock: () => Date.now() + minutes * 60_000 });
      const { events, reply } = await asked(gateway, { model: withColon });
      assert.equal(kindOf(reply), 'done');
      assert.deepEqual(
        of(events, 'attempt').map(({ because }) => because),
        [undefined, 'clock'],
      );
      assert.deepEqual(
        gateway.log.map(({ signature }) => signature),
        ['refused', 'accepted'],
      );
      assert.equal(of(events, 'waiting').length, 0);
    });
  }

  for (const days of [1.1, -1.1, 3300, -20_000])
    it(`that an answer says is ${days} days off is not signed for`, async () => {
      const gateway = await openGateway({ clock: () => Date.now() + days * 24 * 3_600_000 });
      const { reply } = await asked(gateway);
      assert.deepEqual([kindOf(reply), reply.attempts], ['clockSkewed', 1]);
      assert.equal(endOf(await checked(gateway)), 'signature: clockSkewed');
      const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
      for (const { headers } of gateway.log)
        if (headers['x-amz-date']) assert.ok(headers['x-amz-date'].startsWith(today));
    });

  it('4 minutes off does not matter', async () => {
    const gateway = await openGateway({ clock: () => Date.now() + 4 * 60_000 });
    assert.equal((await asked(gateway)).reply.attempts, 1);
  });

  it('does not matter when the gateway signs', async () => {
    const gateway = await openGateway({ clock: () => Date.now() + 10 * 60_000 });
    const { reply } = await asked(gateway, { authentication: 'gateway' });
    assert.equal(kindOf(reply), 'done');
    assert.equal(reply.attempts, 1);
  });

  it('is not taken from the Date of an answer, however old', async () => {
    for (const dateOffset of [-3_600_000, 3_600_000]) {
      const gateway = await openGateway({ switches: { dateOffset } });
      const quirks = memoryQuirks();
      for (const model of ['one', 'stand-in.unavailable-twice', 'two']) {
        const { events, reply } = await asked(gateway, { model, quirks });
        assert.equal(kindOf(reply), 'done');
        assert.ok(of(events, 'attempt').every(({ because }) => because !== 'clock'));
      }
      assert.ok(gateway.log.every(({ signature }) => signature === 'accepted'));
    }
  });

  it('and a colon that the gateway rewrites are both survived', async () => {
    const clock = () => Date.now() + 10 * 60_000;
    const gateway = await openGateway({ clock, switches: { decodeColon: true, mangleFrames: true } });
    const { events, reply } = await asked(gateway, { model: withColon });
    assert.equal(kindOf(reply), 'done');
    assert.deepEqual(
      of(events, 'attempt').map(({ because }) => because),
      [undefined, 'clock', 'colonRewritten', 'streamDamaged'],
    );
  });
});

describe('keys that AWS does not take', () => {
  closeGatewaysAfterEach();

  const wrong = {
    awsSecretWrong: { ...standInKeys, secretAccessKey: 'not/the/secret' },
    awsKeyUnknown: { ...standInKeys, accessKeyId: 'AKIAUNKNOWN' },
  };
  for (const model of ['plain', withColon]) {
    for (const [kind, keys] of Object.entries(wrong)) {
      it(`${kind} for ${model}, once`, async () => {
        const gateway = await openGateway();
        const { reply } = await asked(gateway, { keys, model });
        assert.equal(kindOf(reply), kind);
        assert.equal(gateway.log.length, 1);
        assert.equal(reply.text, '');
      });
    }
  }
});
