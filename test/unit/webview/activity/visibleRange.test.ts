// Which of very many rows are on the page, and where they are when others come in above them.
import assert from 'node:assert/strict';
import {
  isAtTop,
  rowAfter,
  rowHeight,
  visibleRange,
  scrollTopFor,
  shiftBetween,
} from '../../../../src/webview/activity/visibleRange';

const height = 10 * rowHeight;
const count = 100_000;

describe('rows in sight', () => {
  it('are those that fit, the parts of rows at both ends among them', () => {
    assert.deepEqual(visibleRange({ top: 0, height, count }), { from: 0, count: 10 });
    assert.deepEqual(visibleRange({ top: 1, height, count }), { from: 0, count: 11 });
    assert.deepEqual(visibleRange({ top: 50_000 * rowHeight, height, count }), { from: 50_000, count: 10 });
  });

  it('are as many more as are asked for, and none that do not exist', () => {
    assert.deepEqual(visibleRange({ top: 100 * rowHeight, height, count }, 5), { from: 95, count: 20 });
    assert.deepEqual(visibleRange({ top: 2 * rowHeight, height, count }, 5), { from: 0, count: 17 });
    const end = (count - 10) * rowHeight;
    assert.deepEqual(visibleRange({ top: end, height, count }, 5), { from: count - 15, count: 15 });
    assert.deepEqual(visibleRange({ top: 0, height, count: 3 }, 5), { from: 0, count: 3 });
  });

  it('are none while nothing is in sight, or there is none', () => {
    assert.equal(visibleRange({ top: 400, height: 0, count }, 40).count, 0);
    assert.equal(visibleRange({ top: 0, height, count: 0 }, 40).count, 0);
  });

  it('are the last when they have become fewer than the page is scrolled down', () => {
    assert.deepEqual(visibleRange({ top: 5000 * rowHeight, height, count: 3 }), { from: 2, count: 1 });
  });
});

describe('scrolling to a row', () => {
  const top = 100 * rowHeight;

  it('leaves the page where it is when the row is in sight', () => {
    for (const row of [100, 105, 109]) assert.equal(scrollTopFor(row, { top, height }), top);
  });

  it('goes no farther than it must', () => {
    assert.equal(scrollTopFor(99, { top, height }), 99 * rowHeight);
    assert.equal(scrollTopFor(110, { top, height }), 101 * rowHeight);
    assert.equal(scrollTopFor(0, { top, height }), 0);
  });

  it('shows the beginning of a row that is higher than the page', () =>
    assert.equal(scrollTopFor(7, { top, height: 10 }), 7 * rowHeight));
});

describe('rows that come in', () => {
  const ids = (...rows: readonly [number, string][]) => new Map(rows);

  it('move those below them by as many', () => {
    assert.equal(shiftBetween(ids([5, 'a'], [6, 'b']), ids([8, 'a'], [9, 'b'])), 3);
    assert.equal(shiftBetween(ids([5, 'a']), ids([5, 'a'])), 0);
  });

  it('are told from those that went by the first that is still there', () =>
    assert.equal(shiftBetween(ids([5, 'gone'], [6, 'b'], [7, 'c']), ids([6, 'b'], [9, 'c'])), 0));

  it('tell nothing when no row is known any more', () =>
    assert.equal(shiftBetween(ids([5, 'a']), ids([5, 'b'])), undefined));

  it('are followed only at the very top', () => {
    assert.ok(isAtTop(0) && isAtTop(3));
    assert.ok(!isAtTop(rowHeight));
  });
});

describe('a key in the live log', () => {
  const scrolled = { top: 100 * rowHeight, height, count };

  const goes: readonly (readonly [string, number | undefined, number])[] = [
    ['ArrowDown', 104, 105],
    ['ArrowUp', 104, 103],
    ['PageDown', 104, 113],
    ['PageUp', 104, 95],
    ['Home', 104, 0],
    ['End', 104, count - 1],
    ['ArrowUp', 0, 0],
    ['PageUp', 3, 0],
    ['ArrowDown', count - 1, count - 1],
    ['PageDown', count - 3, count - 1],
    ['ArrowDown', undefined, 100],
    ['ArrowUp', undefined, 100],
    ['End', undefined, count - 1],
  ];
  for (const [key, from, to] of goes)
    it(`${key} goes from ${from ?? 'none'} to ${to}`, () => assert.equal(rowAfter(key, from, scrolled), to));

  it('goes nowhere when there is no row, or it is another key', () => {
    assert.equal(rowAfter('ArrowDown', undefined, { ...scrolled, count: 0 }), undefined);
    for (const key of ['a', 'Tab', 'toString', 'constructor', 'Escape'])
      assert.equal(rowAfter(key, 3, scrolled), undefined);
  });

  it('moves on where hardly one row is in sight', () =>
    assert.equal(rowAfter('PageDown', 3, { ...scrolled, height: rowHeight }), 4));
});
