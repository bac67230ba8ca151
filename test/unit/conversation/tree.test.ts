// The turns of a conversation as a tree: whatever is put into it, every turn can be shown, and nothing goes in a circle.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ConversationTree } from '../../../src/conversation/tree';
import type { Turn } from '../../../src/core/model/reply';
import { textEvent, turnIn } from '../history/turns';

const idsOf = (turns: Iterable<Turn>) => [...turns].map(({ request }) => request.id);

/** 'a' is a first prompt, 'b<a' follows it. */
function treeOf(...turns: readonly string[]): ConversationTree {
  const tree = new ConversationTree();
  for (const each of turns) {
    const [id = '', parent] = each.split('<');
    tree.put(turnIn({ id, parent }));
  }
  return tree;
}

describe('a tree of turns', () => {
  it('shows a new turn among its versions, and what follows the shown one', () => {
    const tree = treeOf('a', 'b<a', 'c<b', 'b2<a');
    assert.deepEqual(idsOf(tree.branch()), ['a', 'b2']);
    assert.deepEqual(tree.versions('b'), { ids: ['b', 'b2'], index: 0 });
    assert.ok(tree.show('b'));
    assert.deepEqual(idsOf(tree.branch()), ['a', 'b', 'c']);
    assert.deepEqual(idsOf(tree.before('c')), ['a', 'b']);
  });

  it('remembers which version was shown of what follows a hidden one', () => {
    const tree = treeOf('a', 'b<a', 'c<b', 'c2<b', 'b2<a');
    tree.show('c');
    tree.show('b2');
    tree.show('b');
    assert.deepEqual(idsOf(tree.branch()), ['a', 'b', 'c']);
  });

  it('has versions of the first prompt too', () => {
    const tree = treeOf('a', 'b<a', 'a2');
    assert.deepEqual(idsOf(tree.branch()), ['a2']);
    assert.deepEqual(tree.versions('a2'), { ids: ['a', 'a2'], index: 1 });
  });

  it('has a turn that comes late before those that follow it, and goes on showing what it showed', () => {
    const tree = treeOf('a', 'c<b', 'c2<b', 'b<a');
    assert.deepEqual(idsOf(tree.branch()), ['a', 'b', 'c2']);
    assert.deepEqual(tree.versions('c'), { ids: ['c', 'c2'], index: 0 });
    assert.deepEqual(tree.versions('a'), { ids: ['a'], index: 0 });
    const other = treeOf('a', 'c<b', 'a2');
    other.put(turnIn({ id: 'b', parent: 'a' }), false);
    assert.deepEqual(idsOf(other.branch()), ['a2']);
    other.show('c');
    assert.deepEqual(idsOf(other.branch()), ['a', 'b', 'c']);
    assert.deepEqual(idsOf(treeOf('a<b', 'b<a').branch()), ['a', 'b']);
  });

  it('updates a turn where it is, and does not show it for that', () => {
    const tree = treeOf('a', 'b<a', 'b2<a');
    tree.put(turnIn({ id: 'b', parent: 'b2' }, textEvent('More.')));
    assert.deepEqual(idsOf(tree.branch()), ['a', 'b2']);
    assert.equal(tree.get('b')?.reply.text, 'More.');
    assert.deepEqual(idsOf(tree.turns), ['a', 'b', 'b2']);
    assert.deepEqual(idsOf(tree.before('b')), ['a']);
  });

  it('does not show a turn that comes from another window, unless there is no other version', () => {
    const tree = treeOf('a', 'b<a');
    tree.put(turnIn({ id: 'b2', parent: 'a' }), false);
    tree.put(turnIn({ id: 'c', parent: 'b' }), false);
    assert.deepEqual(idsOf(tree.branch()), ['a', 'b', 'c']);
    assert.deepEqual(tree.versions('b2'), { ids: ['b', 'b2'], index: 1 });
  });

  it('has a place for a turn whose parent is unknown', () => {
    const tree = treeOf('b<lost', 'c<b');
    assert.deepEqual(idsOf(tree.branch()), ['b', 'c']);
    assert.equal(tree.parent('b'), undefined);
  });

  it('knows nothing of what is not in it', () => {
    const tree = treeOf('a');
    assert.deepEqual([tree.get('x'), tree.show('x'), tree.before('x')], [undefined, false, []]);
    assert.deepEqual(tree.versions('x'), { ids: [], index: -1 });
    assert.deepEqual(tree.versions(''), { ids: [], index: -1 });
  });

  it('never goes in a circle, and hides no turn for good', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const put = fc.record({ id, parent: fc.option(id, { nil: undefined }), isShown: fc.boolean() });
    const show = fc.record({ shown: id });
    fc.assert(
      fc.property(fc.array(fc.oneof(put, show), { maxLength: 30 }), (steps) => {
        const tree = new ConversationTree();
        const added: string[] = [];
        for (const step of steps) {
          if ('shown' in step) assert.equal(tree.show(step.shown), added.includes(step.shown));
          else {
            if (!added.includes(step.id)) added.push(step.id);
            tree.put(turnIn(step), step.isShown);
          }
        }
        assert.deepEqual(idsOf(tree.turns), added);
        assert.equal(tree.branch().length > 0, added.length > 0);
        for (const each of added) {
          const before = idsOf(tree.before(each));
          assert.equal(new Set([...before, each]).size, before.length + 1);
          const { ids, index } = tree.versions(each);
          assert.equal(ids[index], each);
          tree.show(each);
          assert.deepEqual(idsOf(tree.branch()).slice(0, before.length + 1), [...before, each]);
        }
      }),
    );
  });
});
