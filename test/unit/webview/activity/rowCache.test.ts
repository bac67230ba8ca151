// What the page knows of the rows, while the host tells more of them and they move.
import assert from 'node:assert/strict';
import type { RowView } from '../../../../src/protocol/activity';
import { RowCache } from '../../../../src/webview/activity/rowCache';

const row = (id: number, text = ''): RowView => ({ id: `r${id}`, state: 'done', hit: false, cells: [text] });
/** Rows of a log whose newest is `newest`: the newest is at 0. */
const rows = (newest: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => row(newest - from - index));

describe('the rows that are known', () => {
  let known: RowCache;
  beforeEach(() => {
    known = new RowCache();
    known.invalidate(1);
    known.set({ version: 1, from: 100, rows: rows(5000, 100, 50) }, 120, 0);
  });

  it('are known as of a version', () => {
    assert.ok(known.has({ from: 100, count: 50 }, 1));
    assert.ok(!known.has({ from: 100, count: 50 }, 2));
    assert.ok(!known.has({ from: 99, count: 2 }, 1));
    assert.ok(known.has({ from: 0, count: 0 }, 9));
    assert.equal(known.at(100)?.id, 'r4900');
    assert.equal(known.find('r4890'), 110);
    assert.equal(known.find('r1'), undefined);
  });

  it('move with what comes in above them, and stay to be seen until they are told anew', () => {
    assert.equal(known.set({ version: 2, from: 123, rows: rows(5003, 123, 10) }, 120, 99), 3);
    assert.equal(known.at(103)?.id, 'r4900');
    assert.ok(known.has({ from: 123, count: 10 }, 2));
    assert.ok(!known.has({ from: 103, count: 50 }, 2));
  });

  it('move as far as is guessed when none of them is told again', () => {
    assert.equal(known.set({ version: 2, from: 0, rows: rows(9000, 0, 5) }, 120, 7), 7);
    assert.equal(known.at(107)?.id, 'r4900');
  });

  it('do not move when more of the same version is told', () => {
    assert.equal(known.set({ version: 1, from: 150, rows: rows(5000, 150, 50) }, 120, 5), 0);
    assert.ok(known.has({ from: 100, count: 100 }, 1));
  });

  it('are those of the latest version, whatever comes late', () => {
    known.set({ version: 3, from: 100, rows: rows(5000, 100, 50) }, 120, 0);
    assert.equal(known.set({ version: 2, from: 100, rows: [row(1), row(2)] }, 120, 4), 0);
    assert.equal(known.at(100)?.id, 'r4900');
  });

  it('of another filter stay until the first answer, and move nothing', () => {
    known.invalidate(2);
    assert.equal(known.at(100)?.id, 'r4900');
    assert.ok(!known.has({ from: 100, count: 1 }, 0));
    assert.equal(known.set({ version: 1, from: 0, rows: [row(3)] }, 0, 0), 0);
    assert.equal(known.at(0), undefined, 'an answer to the question of before');
    assert.equal(known.set({ version: 2, from: 0, rows: [row(4890)] }, 0, 5), 0);
    assert.equal(known.at(0)?.id, 'r4890');
    assert.equal(known.at(100), undefined);
  });

  it('are forgotten far from where somebody looks', () => {
    for (let from = 0; from < 5000; from += 50)
      known.set({ version: 1, from, rows: rows(5000, from, 50) }, from, 0);
    assert.equal(known.at(0), undefined);
    assert.ok(known.has({ from: 4950, count: 50 }, 1));
  });
});
