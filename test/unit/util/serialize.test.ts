// Calls that wait for each other.
import assert from 'node:assert/strict';
import { serializeByKey } from '../../../src/util/serialize';

describe('calls in order', () => {
  it('wait for those with the same key alone, also after one has failed', async () => {
    const began: string[] = [];
    const ends: (() => void)[] = [];
    const run = serializeByKey(async (key, name: string) => {
      began.push(`${key}${name}`);
      await new Promise<void>((resolve, reject) =>
        ends.push(() => (name === 'fails' ? reject(new Error(name)) : resolve())),
      );
      return name;
    });
    const first = run('a', 'fails');
    const second = run('a', '2');
    const other = run('b', '1');
    await new Promise(setImmediate);
    assert.deepEqual(began, ['afails', 'b1']);
    ends[1]?.();
    assert.equal(await other, '1');
    ends[0]?.();
    await assert.rejects(first, /fails/);
    await new Promise(setImmediate);
    ends[2]?.();
    assert.equal(await second, '2');
    assert.deepEqual(began, ['afails', 'b1', 'a2']);
  });
});
