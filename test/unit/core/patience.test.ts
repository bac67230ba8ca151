// What never comes is given up, by a clock a thousand times as fast as the world's; what has come is kept.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/core/model/ports';
import { memoryQuirks } from '../../../src/core/gateway/quirks';
import { timeoutsFor, watchIdle } from '../../../src/core/timeouts';
import type { Progress } from '../../../src/core/wire/recording';
import type { IdleTimeoutError } from '../../../src/core/model/errors';
import { chunkFrame, eventFrame } from '../../gateway/frames';
import {
  asked,
  claudeMessages,
  claudeText,
  closeGatewaysAfterEach,
  everyAt,
  kindOf,
  openGateway,
  prepared,
  titanText,
} from '../asking';
import { openServer } from './rawServer';
import { nodeSockets } from '../../../src/platform/node/sockets';
import { never } from './closing';

const { ports } = prepared({ url: 'http://127.0.0.1' });
const fast: Clock = { ...ports.clock, every: everyAt(1000) };

describe('patience', () => {
  closeGatewaysAfterEach();

  it('with an answer that never comes ends after five minutes, and sends nothing more', async () => {
    const gateway = await openGateway();
    const began = Date.now();
    const { reply } = await asked(gateway, { model: 'stand-in.silence', ports: { clock: fast } });
    assert.equal(kindOf(reply), 'noAnswer');
    assert.ok(reply.outcome?.kind === 'failed');
    assert.equal(reply.outcome.failure.facts.waited, 300_000);
    assert.ok(Date.now() - began >= 300);
    assert.equal(gateway.log.length, 1);
    await gateway.waitFor(({ closedByClientAt }) => closedByClientAt !== undefined);
  });

  it('is longer for a reply in one piece', async () => {
    const gateway = await openGateway();
    const stopping = new AbortController();
    const ends = asked(gateway, {
      model: 'stand-in.silence',
      stream: 'off',
      ports: { clock: fast },
      signal: stopping.signal,
    });
    const first = await Promise.race([ends, new Promise((resolve) => setTimeout(resolve, 600, 'waits'))]);
    assert.equal(first, 'waits');
    stopping.abort();
    await ends;
  });

  it('with a stream that falls silent ends it and keeps the text', async () => {
    const gateway = await openGateway();
    gateway.script('m', { deltas: ['a', 'b', 'c'], hold: (at) => (at === 2 ? never : Promise.resolve()) });
    const { reply } = await asked(gateway, { model: 'm', ports: { clock: fast } });
    assert.equal(kindOf(reply), 'streamStalled');
    assert.equal(reply.outcome?.kind, 'cut');
    assert.equal(reply.text, 'ab');
    assert.equal(gateway.asked('m'), 1);
  });

  it('lasts as long as anything comes', async () => {
    const gateway = await openGateway();
    const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
    gateway.script('m', { deltas: ['a', 'b', 'c', 'd', 'e', 'f'], hold: slowly });
    const { reply } = await asked(gateway, { model: 'm', ports: { clock: fast } });
    assert.equal(kindOf(reply), 'done');
    assert.equal(reply.text, 'abcdef');
  });

  it('with a secret that is being asked for has no end', async () => {
    const gateway = await openGateway();
    const awsCredentials = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return ports.secrets.awsCredentials();
    };
    const secrets = { ...ports.secrets, awsCredentials };
    const { reply } = await asked(gateway, { ports: { clock: fast, secrets } });
    assert.equal(kindOf(reply), 'done');
  });

  it('with a host that never speaks TLS ends in half a minute', async () => {
    const server = createServer(() => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asking = { ports: { clock: fast, sockets: nodeSockets } };
    const { reply } = await asked({ url: `https://127.0.0.1:${port}` }, asking);
    server.close();
    assert.equal(kindOf(reply), 'connectionTimedOut');
  });

  it('with the body of an error ends in ten seconds: its head says enough', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => {
        const head = 'x-amzn-errortype: ThrottlingException\r\nretry-after: 3600\r\ncontent-length: 100';
        socket.write(`HTTP/1.1 429 Slow\r\n${head}\r\n\r\n{"mess`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { reply } = await asked({ url: `http://127.0.0.1:${port}` }, { ports: { clock: fast } });
    for (const socket of sockets) socket.destroy();
    server.close();
    assert.equal(kindOf(reply), 'throttled');
    assert.ok(reply.outcome?.kind === 'failed');
    assert.equal(reply.outcome.failure.retryAfter, 3_600_000);
  });

  it('is told of once, and looks no more after its end', () => {
    let look: () => void = () => undefined;
    let looking = true;
    const told: IdleTimeoutError[] = [];
    const progress: Progress = { phase: 'more', size: 7 };
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
          const { reply } = await asked(server, { model, api, ports: { clock: fast } });
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
        const { reply } = await asked(server, { model, api });
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
      const { reply } = await asked(server, { model, ports: { clock: fast } });
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
