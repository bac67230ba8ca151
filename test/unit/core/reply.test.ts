import assert from 'node:assert/strict';
import { failure } from '../../../src/core/model/failure';
import {
  type Reply,
  type ReplyEvent,
  abandoned,
  newProgress,
  newReply,
  reduceProgress,
  reduceReply,
} from '../../../src/core/model/reply';
import { frozen } from '../../../src/core/model/request';
import { collectGarbage } from '../../bench/garbage';

const busy = failure('throttled');
const attempt = { type: 'attempt', number: 1, operation: 'converse-stream' } as const;
const done = { kind: 'done', stopReason: 'end_turn' } as const;
const usage = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 };

/** A reply after events, one each 10 ms from 1000 on. Frozen, so that none is changed in place. */
const after = (...events: ReplyEvent[]): Reply =>
  events.reduce(
    (reply, event, index) => frozen(reduceReply(reply, event, 1000 + 10 * index)),
    frozen(newReply(990)),
  );

describe('a reply', () => {
  it('begins empty', () => {
    assert.deepEqual(newReply(990), {
      startedAt: 990,
      text: '',
      reasoning: '',
      attempts: 0,
      requestIds: {},
      records: [],
    });
  });

  it('knows its attempts, and why there were more', () => {
    assert.deepEqual(after(attempt), { ...newReply(990), attempts: 1, operation: 'converse-stream' });
    assert.equal(after({ ...attempt, limit: 4096 }).limit, 4096);
    const second = { type: 'attempt', number: 2, operation: 'converse', because: 'streamDamaged' } as const;
    const reply = after(attempt, second);
    assert.equal(reply.attempts, 2);
    assert.equal(reply.operation, 'converse');
    assert.equal(reply.retriedBecause, 'streamDamaged');
    assert.ok(!('because' in after(attempt, second, { ...attempt, number: 3 })));
  });

  it('remembers that an attempt arrived damaged, whatever the later ones were made for', () => {
    const damaged = { ...attempt, number: 2, because: 'streamDamaged' } as const;
    const busyAgain = { ...attempt, number: 3, because: 'busy' } as const;
    assert.ok(!('damaged' in after(attempt, { ...attempt, number: 2, because: 'busy' })));
    assert.equal(after(attempt, damaged).damaged, true);
    const reply = after(attempt, damaged, busyAgain);
    assert.deepEqual([reply.retriedBecause, reply.damaged], ['busy', true]);
  });

  it('waits until the next attempt or the end, no longer', () => {
    const waiting = { type: 'waiting', until: 2000, failure: busy } as const;
    assert.deepEqual(after(attempt, waiting).waiting, { until: 2000, failure: busy });
    assert.ok(!('waiting' in after(attempt, waiting, { ...attempt, number: 2, because: 'busy' })));
    assert.ok(!('waiting' in after(attempt, waiting, { type: 'ended', outcome: { kind: 'stopped' } })));
  });

  it('keeps the latest request IDs', () => {
    const answered = (logId: string) => ({ type: 'response', status: 200, requestIds: { logId } }) as const;
    assert.deepEqual(after(answered('a'), answered('b')).requestIds, { logId: 'b' });
  });

  it('gathers text and reasoning apart, in order, and when the first text came', () => {
    const reply = after(
      attempt,
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: '$& ' },
      { type: 'reasoning', text: 'm.' },
      { type: 'text', text: '`x`' },
      { type: 'text', text: '\r\n' },
    );
    assert.equal(reply.text, '$& `x`\r\n');
    assert.equal(reply.reasoning, 'Hmm.');
    assert.equal(reply.firstTextAt, 1020);
  });

  it('keeps when the first text came, even at 0', () => {
    const first = reduceReply(newReply(0), { type: 'text', text: 'a' }, 0);
    assert.equal(reduceReply(first, { type: 'text', text: 'b' }, 5).firstTextAt, 0);
  });

  it('goes no further by more of the words alone', () => {
    const progress = reduceProgress(newProgress(0), { type: 'reasoning', text: 'a' }, 5);
    assert.deepEqual(progress, { ...newProgress(0), hasOutput: true, firstReasoningAt: 5 });
    assert.equal(reduceProgress(progress, { type: 'reasoning', text: 'b' }, 6), progress);
    const talking = reduceProgress(progress, { type: 'text', text: 'c' }, 7);
    assert.deepEqual(talking, { ...progress, firstTextAt: 7 });
    assert.equal(reduceProgress(talking, { type: 'text', text: 'd' }, 8), talking);
  });

  it('that nobody listens to any more is stopped by that, or was given up while it waited', () => {
    assert.deepEqual(abandoned(newProgress(0), 9), {
      ...newProgress(0),
      outcome: { kind: 'stopped' },
      endedAt: 9,
    });
    const waiting = after({ type: 'waiting', until: 2000, failure: busy });
    assert.deepEqual(abandoned(waiting, 9).outcome, { kind: 'failed', failure: busy });
    const ended = after({ type: 'ended', outcome: done });
    assert.equal(abandoned(ended, 9), ended);
  });

  it('has usage when it was told', () => {
    assert.ok(!('usage' in after(attempt)));
    assert.deepEqual(after(attempt, { type: 'usage', usage }).usage, usage);
  });

  for (const outcome of [
    done,
    { kind: 'stopped' },
    { kind: 'cut', failure: failure('streamIncomplete') },
    { kind: 'blocked', failure: failure('guardrailIntervened') },
    { kind: 'failed', failure: busy },
  ] as const) {
    it(`ends as ${outcome.kind} and keeps what came before`, () => {
      const reply = after(attempt, { type: 'text', text: 'kept' }, { type: 'ended', outcome });
      assert.deepEqual(reply.outcome, outcome);
      assert.equal(reply.endedAt, 1020);
      assert.equal(reply.startedAt, 990);
      assert.equal(reply.text, 'kept');
    });
  }

  it('has no outcome before its end', () => {
    assert.ok(!('outcome' in after(attempt, { type: 'text', text: 'x' })));
    assert.ok(!('endedAt' in after(attempt, { type: 'text', text: 'x' })));
  });

  it('weighs about what its text does, once it has ended', () => {
    const deltas = Array.from(
      { length: 2000 },
      (_, index) => ({ type: 'text', text: `w${index} ` }) as const,
    );
    const ended = { type: 'ended', outcome: done } as const;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const replies = Array.from({ length: 100 }, () => after(...deltas, ended));
    collectGarbage();
    const bytes = process.memoryUsage().heapUsed - before;
    const characters = replies.reduce((sum, { text }) => sum + text.length, 0);
    // Ten times as much while it is a tree of its pieces.
    assert.ok(bytes < 3 * characters, `${bytes} bytes for ${characters} characters`);
  });
});
