// What the page of a reply keeps of itself.
import assert from 'node:assert/strict';
import { ReplyMemory } from '../../../../src/webview/reply/memory';
import { until } from '../../../limits';

describe('the memory of a reply’s page', () => {
  it('gives back what was kept, and keeps what changes, many changes at once', async () => {
    const kept: unknown[] = [];
    const before = { conversation: 'one', unfolded: ['a prompt', 'b details'] };
    const memory = new ReplyMemory({ getState: () => before, setState: (state) => kept.push(state) });
    assert.ok(memory.isUnfolded('a prompt') && !memory.isUnfolded('a details'));
    memory.keepUnfolded(['a']);
    assert.ok(!memory.isUnfolded('b details'));
    for (let time = 0; time < 100; time++) memory.rememberUnfolded('a details', time % 2 === 1);
    memory.rememberUnfolded('a prompt', false);
    await until(() => kept.length > 0, 'it is kept');
    assert.deepEqual(kept, [{ conversation: 'one', unfolded: ['a details'] }]);
    memory.showConversation('other');
    memory.showConversation('other');
    assert.deepEqual(
      kept.slice(1),
      [{ conversation: 'other', unfolded: ['a details'] }],
      'at once, and once',
    );
  });

  it('is empty at first', () => {
    const memory = new ReplyMemory({ getState: () => undefined, setState: () => undefined });
    assert.ok(!memory.isUnfolded('a prompt'));
  });
});
