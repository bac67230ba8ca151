// The row from which keys go on, while others come in, sink and leave.
import assert from 'node:assert/strict';
import type { RowView } from '../../../../src/protocol/activity';
import { CurrentRow } from '../../../../src/webview/activity/currentRow';
import { RowCache } from '../../../../src/webview/activity/rowCache';

const row = (id: string): RowView => ({ id, state: 'done', hit: false, cells: [] });

describe('the current row', () => {
  let known: RowCache;
  let current: CurrentRow;
  let version: number;
  /** The host tells rows by their IDs, from the first. */
  const tell = (ids: string, from = 0, count = 100) => {
    const rows = Array.from(ids, row);
    version += 1;
    current.follow(known.set({ version, from, rows }, from, 0), count);
  };
  beforeEach(() => {
    known = new RowCache();
    current = new CurrentRow(known);
    version = 0;
    known.invalidate(1);
    tell('abcde');
  });

  it('moves with its request, not with those in sight', () => {
    current.set(2);
    tell('axybcde');
    assert.equal(current.index, 4);
    tell('cabde');
    assert.equal(current.index, 0);
    assert.ok(current.isAt(0) && !current.isAt(4));
    assert.equal(current.id, 'c');
  });

  it('is where its request is told last, when that was known in two places', () => {
    current.set(0);
    tell('exya', 4);
    assert.equal(current.index, 7);
    assert.equal(known.find('a'), 7);
  });

  it('is nowhere when its request has left, and the next key goes to what has taken its place', () => {
    current.set(2);
    tell('abde');
    assert.ok(![0, 1, 2, 3].some((index) => current.isAt(index)));
    assert.equal(current.keyOrigin('ArrowDown'), 1);
    assert.equal(current.keyOrigin('PageDown'), 1);
    assert.equal(current.keyOrigin('ArrowUp'), 2);
    tell('abcde');
    assert.ok(current.isAt(2), 'it is back');
    assert.equal(current.keyOrigin('ArrowDown'), 2);
  });

  it('moves as those in sight do while nobody knows where its request is', () => {
    current.set(50, 'z');
    current.follow(3, 100);
    assert.equal(current.index, 53);
    current.follow(90, 100);
    assert.equal(current.index, 99, 'there are no more');
    current.follow(0, 0);
    assert.equal(current.index, 0);
  });

  it('learns which request it is when the host tells', () => {
    current.set(41);
    assert.equal(current.id, '');
    assert.ok(current.isAt(41));
    tell('xyz', 40);
    assert.equal(current.id, 'y');
  });

  it('is left', () => {
    current.set(2);
    current.clear();
    assert.deepEqual([current.index, current.id, current.keyOrigin('ArrowDown')], [undefined, '', undefined]);
  });
});
