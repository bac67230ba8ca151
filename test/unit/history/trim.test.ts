// What is deleted when the history is full.
import assert from 'node:assert/strict';
import type { Summary } from '../../../src/history/summary';
import { conversationsToTrim, storedSize } from '../../../src/history/trim';

const summary = (id: string, at: number, isPinned = false): Summary => ({
  ...{ id, at, isPinned, size: 100 },
  ...{ title: id, model: 'm', turns: 1, unpriced: 1 },
});
/** In no order: 'a' is the oldest. */
const summaries = [summary('d', 4), summary('a', 1), summary('c', 3, true), summary('b', 2), summary('e', 5)];
const trimmed = (maxSize: number, ...used: readonly string[]) =>
  conversationsToTrim(summaries, maxSize, (id) => used.includes(id));

describe('a full history', () => {
  it('loses its oldest conversations, and some more than must be', () => {
    assert.deepEqual(trimmed(500), []);
    assert.deepEqual(trimmed(499), ['a']);
    assert.deepEqual(trimmed(400), ['a', 'b']);
    assert.deepEqual(trimmed(0), ['a', 'b', 'd', 'e']);
    assert.deepEqual(trimmed(Infinity), []);
  });

  it('counts pictures and documents, each once, and only as gone with the last conversation that uses it', () => {
    const [shared, own] = ['a', 'b'].map((letter) => ({ sha256: letter.repeat(64), size: 1000 }));
    const withBlobs = [
      { ...summary('a', 1), blobs: [shared!] },
      { ...summary('b', 2), blobs: [shared!, own!] },
      summary('c', 3),
    ];
    assert.equal(storedSize(withBlobs), 2300);
    const idsFor = (maxSize: number) => conversationsToTrim(withBlobs, maxSize, () => false);
    assert.deepEqual(idsFor(2300), []);
    assert.deepEqual(idsFor(2299), ['a', 'b']);
    assert.deepEqual(idsFor(100), ['a', 'b', 'c']);
  });

  it('keeps pinned ones, and those in use', () => {
    assert.deepEqual(trimmed(250, 'a'), ['b', 'd', 'e']);
    assert.deepEqual(trimmed(0, 'a', 'b', 'd', 'e'), []);
  });
});
