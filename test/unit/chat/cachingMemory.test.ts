import assert from 'node:assert/strict';
import { CachingMemory } from '../../../src/chat/cachingMemory';

const wrote = (cacheWrite: number, cacheRead = 0) => ({ cacheRead, cacheWrite });

describe('caching in VS Code Chat', () => {
  it('goes on while what is written is read, and before anything could be read', () => {
    const memory = new CachingMemory();
    assert.ok(!memory.isLost('a'));
    for (const usage of [wrote(10_000), wrote(2_000, 10_000), wrote(2_000, 12_000)]) {
      memory.add('a', usage);
      assert.ok(!memory.isLost('a'));
    }
  });

  it('ends in a conversation whose writes nobody reads, and in no other', () => {
    const memory = new CachingMemory();
    memory.add('a', wrote(10_000));
    memory.add('b', wrote(10_000));
    memory.add('a', wrote(10_000));
    assert.ok(memory.isLost('a'));
    assert.ok(!memory.isLost('b'));
    // Nothing is written any more.
    memory.add('a', wrote(0));
    assert.ok(memory.isLost('a'));
  });

  it('is not remembered of more conversations than anybody has', () => {
    const memory = new CachingMemory();
    for (let count = 0; count < 2; count++) memory.add('a', wrote(10_000));
    for (let count = 0; count < 500; count++) memory.add(`b${count}`, wrote(1));
    assert.ok(!memory.isLost('a'));
  });
});
