import assert from 'node:assert/strict';
import { type Source, documentLine } from '../../../src/core/model/request';

/** A selection, by lines from 0 and characters. */
const source = (start: [number, number], end: [number, number]): Source => {
  const place = ([line, character]: [number, number]) => ({ line, character });
  return { uri: 'file:///main.ts', version: 1, range: { start: place(start), end: place(end) } };
};

describe('a line of a prompt', () => {
  it('is that of the document, wherever the selection begins', () => {
    const sources = [source([99, 4], [120, 0])];
    assert.deepEqual(
      [1, 6, 22].map((line) => documentLine(sources, line)),
      [100, 105, 121],
    );
  });

  it('is found in the selection that it belongs to, when there are several', () => {
    // "b\n" ends before a line of its own, which stands in the prompt as an empty one.
    const sources = [source([1, 0], [1, 3]), source([4, 0], [6, 0]), source([9, 2], [10, 1])];
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6].map((line) => documentLine(sources, line)),
      [2, 5, 6, 7, 10, 11],
    );
  });

  it('is its own where it came from nowhere', () => {
    assert.equal(documentLine([], 3), 3);
  });
});
