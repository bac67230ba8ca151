// What is worked out of the record holds until there is more of it.
import assert from 'node:assert/strict';
import { memoizeLast } from '../../../src/util/memoizeLast';
import type { ActivityRecord } from '../../../src/core/activity/record';

const record = (at: number): ActivityRecord => ({
  at,
  id: String(at),
  conversation: 'c',
  surface: 'ask',
  model: 'm',
  region: 'us-east-1',
  gateway: 'g',
  authentication: 'accessKeys',
  outcome: 'done',
  attempts: 1,
  total: 1,
});

describe('what is worked out of the record', () => {
  let made = 0;
  const times = memoizeLast((records: readonly ActivityRecord[], from: number, what: string | undefined) => {
    made += 1;
    return [...records.map(({ at }) => at), from, what];
  });
  beforeEach(() => (made = 0));

  it('is made once, as long as nothing changes', () => {
    const records = [record(1), record(2)];
    const first = times(records, -Infinity, undefined);
    assert.equal(times(records, -Infinity, undefined), first);
    assert.equal(made, 1);
  });

  it('is made anew of other records, and for another choice', () => {
    const records = [record(1), record(2)];
    times(records, 0, 'a');
    assert.deepEqual(times([...records, record(3)], 0, 'a'), [1, 2, 3, 0, 'a']);
    assert.deepEqual(times(records, 2, 'a'), [1, 2, 2, 'a']);
    assert.deepEqual(times(records, 2, 'b'), [1, 2, 2, 'b']);
    assert.equal(made, 4);
  });
});
