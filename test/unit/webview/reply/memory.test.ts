// What the page of a reply keeps of itself.
import assert from 'node:assert/strict';
import { ReplyMemory } from '../../../../src/webview/reply/memory';
import { until } from '../../../limits';

describe('the memory of a reply’s page', () => {
  it('gives back what was kept, and keeps what changes, many changes at once', async () => {
    const kept: unknown[] = [];
    const before = { view: { turn: 'a', top: 3 }, unfolded: ['a prompt', 'b details'] };
    const memory = new ReplyMemory({ getState: () => before, setState: (state) => kept.push(state) });
    assert.deepEqual(memory.view, before.view);
    assert.ok(memory.isUnfolded('a prompt') && !memory.isUnfolded('a details'));
    memory.keepUnfolded(['a']);
    assert.ok(!memory.isUnfolded('b details'));
    for (let top = 0; top < 100; top++) memory.rememberView({ turn: 'a', top });
    memory.rememberUnfolded('a details', true);
    memory.rememberUnfolded('a prompt', false);
    await until(() => kept.length > 0, 'it is kept');
    assert.deepEqual(kept, [{ view: { turn: 'a', top: 99 }, unfolded: ['a details'] }]);
  });

  it('is empty at first', () => {
    const memory = new ReplyMemory({ getState: () => undefined, setState: () => undefined });
    assert.equal(memory.view, undefined);
    assert.ok(!memory.isUnfolded('a prompt'));
  });
});
