// Parts of a reply on their way to a reader: none lost, none late, those that come in a rush together.
import assert from 'node:assert/strict';
import { systemClock } from '../../../src/platform/clock';
import type { ReplyPart, PartSink } from '../../../src/core/bedrock/converse';
import { coalesce } from '../../../src/core/coalesce';
import { frozen } from '../../../src/core/model/request';

const text = (words: string): ReplyPart => frozen({ type: 'text', text: words });
const reasoning = (words: string): ReplyPart => frozen({ type: 'reasoning', text: words });
const running = new AbortController().signal;
const usage: ReplyPart = frozen({
  type: 'usage',
  usage: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 },
});

/** What a reader got, and what the sender resolved to. */
async function read(send: (take: PartSink) => Promise<string>) {
  const reader = coalesce(send, running, systemClock);
  const parts: ReplyPart[] = [];
  for (;;) {
    const { done, value } = await reader.next();
    if (done) return { parts, returned: value };
    parts.push(value);
  }
}

describe('gathered parts', () => {
  it('come in order, neighbours of a kind as one', async () => {
    const { parts, returned } = await read((take) => {
      for (const part of [reasoning('a'), reasoning('b'), text('c'), text('d'), usage, text('e')]) take(part);
      return Promise.resolve('end_turn');
    });
    assert.deepEqual(parts, [reasoning('ab'), text('cd'), usage, text('e')]);
    assert.equal(returned, 'end_turn');
  });

  it('come at once when nothing else does', async () => {
    let end!: (reason: string) => void;
    const reader = coalesce(
      (take) => {
        take(text('first'));
        return new Promise((resolve) => (end = resolve));
      },
      running,
      systemClock,
    );
    assert.deepEqual(await reader.next(), { done: false, value: text('first') });
    end('end_turn');
    assert.deepEqual(await reader.next(), { done: true, value: 'end_turn' });
  });

  it('come as few when they come in a rush', async () => {
    const words = Array.from({ length: 1000 }, (_, index) => `${index} `);
    const { parts } = await read(async (take) => {
      for (const word of words) {
        take(text(word));
        await Promise.resolve();
      }
      return '';
    });
    assert.ok(parts.length <= 3, `${parts.length} events`);
    assert.equal(parts.map((part) => (part.type === 'text' ? part.text : '')).join(''), words.join(''));
  });

  it('come before the failure that follows them', async () => {
    const reader = coalesce(
      (take) => {
        take(text('kept'));
        return Promise.reject(new Error('lost'));
      },
      running,
      systemClock,
    );
    assert.deepEqual(await reader.next(), { done: false, value: text('kept') });
    await assert.rejects(reader.next(), /lost/);
  });

  it('may fail after the reader has left', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.prependListener('unhandledRejection', note);
    let fail!: (error: Error) => void;
    const reader = coalesce(
      (take) => {
        take(text('read'));
        return new Promise((_, reject) => (fail = reject));
      },
      running,
      systemClock,
    );
    await reader.next();
    await reader.return('');
    fail(new Error('aborted'));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
  });
});
