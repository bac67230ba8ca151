// What never comes is given up, by a clock of the test's own; what has come is kept.
import assert from 'node:assert/strict';
import { memoryQuirks } from '../../../src/core/gateway/quirks';
import { drainTimeout, timeoutsFor, watchIdle } from '../../../src/core/timeouts';
import type { Clock } from '../../../src/core/model/ports';
import type { ReplyEvent } from '../../../src/core/model/reply';
import type { Progress } from '../../../src/core/wire/recording';
import type { IdleTimeoutError } from '../../../src/core/model/errors';
import { nodeSockets } from '../../../src/platform/node/sockets';
import type { Gateway } from '../../gateway';
import { chunkFrame, eventFrame } from '../../gateway/frames';
import { until } from '../../limits';
import {
  asked,
  claudeMessages,
  claudeText,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  prepared,
  titanText,
} from '../asking';
import { type ManualClock, manualClock } from '../manualClock';
import { never, turns } from './closing';
import { openServer } from './rawServer';

const { ports } = prepared({ url: 'http://127.0.0.1' });
const minute = 60_000;
/** What looks whether anything came looks each second, and first at the end of one in which something may have. */
const second = 1000;

describe('patience', () => {
  closeGatewaysAfterEach();

  /** Until a request is with the gateway, which holds it for good. */
  const arrived = (gateway: Gateway) => gateway.waitFor(({ body }) => body !== '');

  /** Asserts that `clock` is looked at until the time has passed, and no more then. */
  function assertEndsAfter(ms: number, clock: ManualClock): void {
    clock.advance(ms);
    assert.notEqual(clock.left(second), undefined, 'it ended too early');
    clock.advance(second);
    assert.equal(clock.left(second), undefined, 'it goes on');
  }

  for (const [stream, patience] of [
    ['auto', 5 * minute],
    ['off', 60 * minute],
  ] as const)
    it(`with an answer that never comes ends in time, and sends nothing more (stream ${stream})`, async () => {
      const gateway = await openGateway();
      const clock = manualClock();
      const ends = asked(gateway, { model: 'stand-in.silence', stream, ports: { clock } });
      await arrived(gateway);
      assertEndsAfter(patience, clock);
      const { reply } = await ends;
      assert.equal(kindOf(reply), 'noAnswer');
      assert.ok(reply.outcome?.kind === 'failed');
      assert.equal(reply.outcome.failure.details.elapsed, patience);
      assert.equal(gateway.log.length, 1);
      await gateway.waitFor(({ closedByClientAt }) => closedByClientAt !== undefined);
    });

  it('with a stream that falls silent ends it and keeps the text', async () => {
    const gateway = await openGateway();
    const clock = manualClock();
    gateway.script('m', { deltas: ['a', 'b', 'c'], hold: (at) => (at === 2 ? never : Promise.resolve()) });
    let text = '';
    const onEvent = (event: ReplyEvent) => {
      if (event.type === 'text' && (text += event.text) === 'ab') assertEndsAfter(5 * minute, clock);
    };
    const { reply } = await asked(gateway, { model: 'm', ports: { clock }, onEvent });
    assert.equal(kindOf(reply), 'streamStalled');
    assert.equal(reply.outcome?.kind, 'cut');
    assert.equal(reply.text, 'ab');
    assert.equal(gateway.asked('m'), 1);
  });

  it('lasts as long as anything comes', async () => {
    const gateway = await openGateway();
    const clock = manualClock();
    let text = '';
    const hold = async (index: number) => {
      await until(() => text.length === index, 'what was sent has come');
      clock.advance(5 * minute);
    };
    gateway.script('m', { deltas: ['a', 'b', 'c', 'd', 'e', 'f'], hold });
    const onEvent = (event: ReplyEvent) => event.type === 'text' && (text += event.text);
    const { reply } = await asked(gateway, { model: 'm', ports: { clock }, onEvent });
    assert.equal(kindOf(reply), 'done');
    assert.equal(reply.text, 'abcdef');
  });

  it('with a secret that is being asked for has no end', async () => {
    const clock = manualClock();
    const gateway = await openGateway({ clock: () => clock.now() });
    const awsCredentials = () => {
      clock.advance(24 * 60 * minute);
      return ports.secrets.awsCredentials();
    };
    const secrets = { ...ports.secrets, awsCredentials };
    const { reply } = await asked(gateway, { ports: { clock, secrets } });
    assert.equal(kindOf(reply), 'done');
  });

  it('with a host that never speaks TLS ends in half a minute', async () => {
    const deaf = await openServer('', 'stay');
    const clock = manualClock();
    const url = deaf.url.replace('http:', 'https:');
    const ends = asked({ url }, { ports: { clock, sockets: nodeSockets } });
    await until(() => deaf.received.some(Boolean), 'TLS is asked for');
    assertEndsAfter(minute / 2, clock);
    assert.equal(kindOf((await ends).reply), 'connectionTimedOut');
    await deaf.close();
  });

  it('with the body of an error ends in ten seconds: its head says enough', async () => {
    const head = 'x-amzn-errortype: ThrottlingException\r\nretry-after: 3600\r\ncontent-length: 100';
    const server = await openServer(`HTTP/1.1 429 Slow\r\n${head}\r\n\r\n{"mess`, 'stay');
    const clock = manualClock();
    const ends = asked(server, { ports: { clock } });
    await until(() => clock.left(10_000) !== undefined, 'the body is read');
    clock.advance(10_000);
    const { reply } = await ends;
    assert.equal(kindOf(reply), 'throttled');
    assert.ok(reply.outcome?.kind === 'failed');
    assert.equal(reply.outcome.failure.retryAfter, 3_600_000);
    await server.close();
  });

  it('is told of once, and looks no more after its end', () => {
    let look: () => void = () => undefined;
    let looking = true;
    const told: IdleTimeoutError[] = [];
    const progress: Progress = { phase: 'body', size: 7 };
    const every = (_ms: number, run: () => void) => ((look = run), () => void (looking = false));
    watchIdle(
      { every },
      timeoutsFor({ streams: true }),
      () => progress,
      (what) => told.push(what),
    );
    for (let second = 0; second <= 299; second++) look();
    assert.deepEqual([told.length, looking], [0, true]);
    look();
    assert.deepEqual([told.length, looking], [1, false]);
  });
});

/** What ends a stream, in each body; metrics are the last of all. */
const metrics = { 'amazon-bedrock-invocationMetrics': { inputTokenCount: 3, outputTokenCount: 1 } };
const streams = {
  converse: {
    model: claudeMessages,
    api: 'converse',
    words: [eventFrame('contentBlockDelta', { delta: { text: 'Hello' } })],
    end: eventFrame('messageStop', { stopReason: 'end_turn' }),
    after: eventFrame('metadata', { usage: { inputTokens: 3, outputTokens: 1, totalTokens: 4 } }),
  },
  claudeMessages: {
    model: claudeMessages,
    api: 'invoke',
    words: [chunkFrame({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hello' } })],
    end: chunkFrame({ type: 'message_stop' }),
    after: chunkFrame(metrics),
  },
  claudeText: {
    model: claudeText,
    api: 'invoke',
    words: [chunkFrame({ completion: 'Hello', stop_reason: null })],
    end: chunkFrame({ completion: '', stop_reason: 'stop_sequence' }),
    after: chunkFrame(metrics),
  },
  titanText: {
    model: titanText,
    api: 'invoke',
    words: [chunkFrame({ outputText: 'Hello', completionReason: null })],
    end: chunkFrame({ outputText: '', completionReason: 'FINISH' }),
    after: chunkFrame(metrics),
  },
} as const;

describe('patience with a stream whose reply is over', () => {
  const head = Buffer.from(
    'HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\nconnection: close\r\n\r\n',
  );

  for (const [name, { model, api, words, end, after }] of Object.entries(streams)) {
    it(`is short: a connection that stays open is let go, and the reply done (${name})`, async () => {
      for (const rest of [[end], [end, after]]) {
        const server = await openServer(Buffer.concat([head, ...words, ...rest]), 'stay');
        try {
          const clock = manualClock();
          const ends = asked(server, { model, api, ports: { clock } });
          await until(() => clock.left(drainTimeout) !== undefined, 'the reply is over');
          // What came together with its end is read in the next few turns, however long each takes.
          await turns();
          clock.advance(drainTimeout);
          const { reply } = await ends;
          assert.deepEqual([kindOf(reply), reply.text], ['done', 'Hello']);
          assert.equal(reply.usage?.input, rest.includes(after) ? 3 : undefined);
          const [wire] = reply.records;
          assert.ok(wire && !wire.failure && !wire.stopped);
          await server.left();
        } finally {
          await server.close();
        }
      }
    });

    it(`is long enough for its figures (${name})`, async () => {
      const server = await openServer([Buffer.concat([head, ...words, end]), after]);
      try {
        const clock = manualClock();
        const every: Clock['every'] = (ms, run) => {
          const stop = clock.every(ms, run);
          // All but the last of it passes before they come.
          if (ms !== second) clock.advance(drainTimeout - 1);
          return stop;
        };
        const { reply } = await asked(server, { model, api, ports: { clock: { ...clock, every } } });
        assert.deepEqual([kindOf(reply), reply.usage?.input], ['done', 3]);
      } finally {
        await server.close();
      }
    });
  }

  it('is as ever with one whose end was not read', async () => {
    const { model, words } = streams.converse;
    const server = await openServer(Buffer.concat([head, ...words]), 'stay');
    try {
      const clock = manualClock();
      const onEvent = ({ type }: ReplyEvent) => type === 'text' && clock.advance(5 * minute + second);
      const { reply } = await asked(server, { model, ports: { clock }, onEvent });
      assert.deepEqual([kindOf(reply), reply.text], ['streamStalled', 'Hello']);
    } finally {
      await server.close();
    }
  });
});

describe('a stream that arrives damaged after some of its text', () => {
  closeGatewaysAfterEach();

  it('keeps the text, is not repeated, and is remembered: the next comes in one piece', async () => {
    const gateway = await openGateway();
    const quirks = memoryQuirks();
    gateway.script('m', { deltas: ['Hello'], ending: 'damaged' });
    const { reply } = await asked(gateway, { model: 'm', quirks });
    assert.equal(reply.outcome?.kind, 'cut');
    assert.equal(kindOf(reply), 'streamDamaged');
    assert.equal(reply.text, 'Hello');
    assert.equal(gateway.asked('m'), 1);
    const next = await asked(gateway, { model: 'm', quirks });
    assert.equal(kindOf(next.reply), 'done');
    assert.equal(next.reply.operation, 'converse');
    assert.equal(next.reply.attempts, 1);
  });
});
