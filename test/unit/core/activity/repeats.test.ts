// Streaming stays, unless the gateway's cache has twice not kept an equal prompt's reply as a stream.
import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/platform/clock';
import { type Gateway, type StartOptions } from '../../../gateway';
import { type Asking, asked, closeGatewaysAfterEach, everyAt, openGateway } from '../../asking';
import type { ActivityRecord } from '../../../../src/core/activity/record';
import { PromptHistory } from '../../../../src/core/activity/promptHistory';
import { recordNumber } from '../../activity/records';
import { MemoryLedger } from './ledger';

/** A promise that the test keeps until it says so. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('a prompt that is to be cached', () => {
  closeGatewaysAfterEach();
  let now = 0;
  const clock = {
    now: () => (now += 1000),
    wait: () => Promise.resolve(),
    every: everyAt(1),
    turn: systemClock.turn,
  };
  let gateway: Gateway;
  let ledger: MemoryLedger;
  const open = async (options: StartOptions) => {
    now = Date.now();
    gateway = await openGateway({ clock: () => now, ...options });
    ledger = new MemoryLedger(() => now);
  };
  const ask = async (asking: Asking = {}) => {
    const { reply, events } = await asked(gateway, {
      gateway: { cacheTtl: 60 },
      ports: { clock, ledger },
      ...asking,
    });
    const first = events.find((event) => event.type === 'attempt');
    return [reply.operation, reply.requestIds.cache, first?.streamNotCached ?? false];
  };
  /** The stand-in does not look into its cache for a stream that it would not keep. */
  const missed = ['converse-stream', undefined, false];

  it('is streamed, and is where the cache keeps streams', async () => {
    await open({});
    assert.deepEqual(
      [await ask(), await ask()],
      [
        ['converse-stream', 'MISS', false],
        ['converse-stream', 'HIT', false],
      ],
    );
  });

  it('is not streamed any more after two that were equal and missed, and then hits', async () => {
    await open({ cacheStreams: false });
    assert.deepEqual(
      [await ask(), await ask(), await ask(), await ask()],
      [missed, missed, ['converse', 'MISS', true], ['converse', 'HIT', true]],
    );
    // Only that one.
    assert.deepEqual(await ask({ prompt: 'another' }), missed);
  });

  it('is streamed again when what was kept of it is gone', async () => {
    await open({ cacheStreams: false });
    await ask();
    await ask();
    await ask();
    now += 61_000;
    assert.deepEqual(await ask(), missed);
  });

  it('is streamed when the two that missed were further apart than an answer is kept', async () => {
    await open({ cacheStreams: false });
    await ask();
    now += 61_000;
    await ask();
    assert.deepEqual(await ask(), missed);
  });

  it('is streamed after one that missed since it was the first, or that did not end well', async () => {
    await open({ cacheStreams: false });
    const stopping = new AbortController();
    await ask({ signal: stopping.signal, onEvent: ({ type }) => type === 'text' && stopping.abort() });
    assert.deepEqual([await ask(), await ask()], [missed, missed]);
  });

  it('is not streamed anyway where that is the setting, and nothing is said of a cache', async () => {
    await open({ cacheStreams: false });
    await ask();
    await ask();
    assert.deepEqual(await ask({ stream: 'off' }), ['converse', 'MISS', false]);
  });

  it('is streamed when the record cannot be read', async () => {
    await open({ cacheStreams: false });
    await ask();
    await ask();
    ledger.streamsNotCached = () => Promise.reject(new Error('EIO'));
    assert.deepEqual(await ask(), missed);
  });

  it('does not wait for the record when it is stopped', async () => {
    await open({});
    ledger.streamsNotCached = () => new Promise(() => undefined);
    const stopping = new AbortController();
    const asking = ask({ signal: stopping.signal });
    stopping.abort();
    assert.equal((await asking)[0] ?? 'none', 'converse-stream');
    assert.equal(ledger.records[0]!.outcome, 'stopped');
    assert.equal(gateway.log.length, 0);
  });

  it('is streamed though two that were equal missed, when they were asked at once', async () => {
    await open({ cacheStreams: false });
    const hold = gate();
    gateway.script('slow', { deltas: ['one ', 'two'], hold: () => hold.opened });
    const both = [ask({ model: 'slow' }), ask({ model: 'slow' })];
    hold.open();
    await Promise.all(both);
    assert.deepEqual(await ask({ model: 'slow' }), missed);
  });

  it('is streamed again where what is not streamed is not kept either', async () => {
    await open({ cacheStreams: false, switches: { cacheKeyIsAuthorization: true } });
    const operations = [];
    for (let asking = 0; asking < 6; asking += 1) operations.push((await ask())[0]);
    assert.deepEqual(operations, [
      'converse-stream',
      'converse-stream',
      'converse',
      'converse',
      'converse-stream',
      'converse-stream',
    ]);
  });

  it('is streamed where it missed at another gateway, or when answers were kept for a shorter time', async () => {
    await open({ cacheStreams: false });
    await ask();
    const other = await openGateway({ clock: () => now, cacheStreams: false });
    await asked(other, { gateway: { cacheTtl: 60 }, ports: { clock, ledger } });
    assert.deepEqual(await ask({ prompt: 'x' }), missed);
    const { reply } = await asked(other, { gateway: { cacheTtl: 60 }, ports: { clock, ledger } });
    assert.equal(reply.operation, 'converse-stream');
    now += 59_000 * 2;
    assert.deepEqual(await ask({ gateway: { cacheTtl: 3600 } }), missed);
    assert.deepEqual(await ask({ gateway: { cacheTtl: 3600 } }), missed);
  });
});

describe('what is known of prompts', () => {
  const at = Date.UTC(2026, 5, 1);
  const asked = (seconds: number, more: Partial<ActivityRecord> = {}): ActivityRecord => ({
    ...recordNumber(1, at + seconds * 1000),
    ...{ outcome: 'done', operation: 'converse-stream', cache: 'MISS', ttl: 3600, total: 1000 },
    ...{ prompt: 'p', gateway: 'g' },
    ...more,
  });
  const isNotKept = (repeats: PromptHistory) => repeats.streamsNotCached('p', 'g', 3600, at + 60_000);

  it('is put together over the days of the record, whichever was read first', () => {
    const repeats = new PromptHistory();
    repeats.add('2026-06-02', asked(20));
    assert.equal(isNotKept(repeats), false);
    repeats.add('2026-06-01', asked(10));
    assert.deepEqual([isNotKept(repeats), repeats.firstSeenAt('p')], [true, at + 10_000]);
    // A hit on the later day says that it is kept.
    repeats.add('2026-06-02', asked(30, { cache: 'HIT' }));
    assert.equal(isNotKept(repeats), false);
  });

  it('is forgotten with its day', () => {
    const repeats = new PromptHistory();
    repeats.add('2026-06-01', asked(10));
    repeats.add('2026-06-02', asked(20));
    repeats.forget('2026-06-01');
    assert.deepEqual([isNotKept(repeats), repeats.firstSeenAt('p')], [false, at + 20_000]);
    repeats.forget('2026-06-02');
    assert.equal(repeats.firstSeenAt('p'), undefined);
  });
});
