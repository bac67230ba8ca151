// The range of a selection after edits, against marks in the text that no edit touches.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rangeAfterEdit } from '../../../src/code/rangeAfterEdit';

/** The place of an offset in a text. */
const positionAt = (text: string, offset: number) => {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
};
const rangeIn = (text: string, start: number, end: number) => ({
  start: positionAt(text, start),
  end: positionAt(text, end),
});

describe('the range of a selection', () => {
  const text = 'ab\ncdef\ngh\n';
  const selected = rangeIn(text, 3, 8); // "cdef\n"
  const after = (start: number, end: number, inserted: string) =>
    rangeAfterEdit(selected, { range: rangeIn(text, start, end), text: inserted });
  const cases: Record<string, readonly [number, number, string, string | undefined]> = {
    'moves with lines above': [0, 0, 'x\ny\n', 'cdef\n'],
    'moves with lines right above': [3, 3, 'x\n', 'cdef\n'],
    'moves up when lines above go': [0, 3, '', 'cdef\n'],
    'stays with edits below': [8, 9, 'x\ny', 'cdef\n'],
    'does not get what is typed right behind it': [8, 8, 'x', 'cdef\n'],
    'grows by what is typed in it': [4, 4, 'x\ny', 'cx\nydef\n'],
    'shrinks by what is deleted in it': [4, 6, '', 'cf\n'],
    'is what it was replaced by': [3, 8, 'x', 'x'],
    'is lost with text before it': [2, 4, 'x', undefined],
    'is lost with text behind it': [7, 9, 'x', undefined],
    'is lost in a larger text': [0, 11, 'x', undefined],
  };
  for (const [name, [start, end, inserted, expected]] of Object.entries(cases))
    it(name, () => {
      const edited = text.slice(0, start) + inserted + text.slice(end);
      const range = after(start, end, inserted);
      const at = expected === undefined ? -1 : edited.indexOf(expected);
      assert.deepEqual(range, expected === undefined ? undefined : rangeIn(edited, at, at + expected.length));
    });

  it('is what is typed where all of it was deleted', () => {
    const gone = rangeAfterEdit(selected, { range: selected, text: '' });
    const empty = rangeIn('ab\ngh\n', 3, 3);
    assert.deepEqual(gone, empty);
    assert.deepEqual(rangeAfterEdit(empty, { range: empty, text: 'x\n' }), rangeIn('ab\nx\ngh\n', 3, 5));
  });

  it('counts each kind of line end as one', () => {
    const edit = { range: rangeIn(text, 0, 0), text: 'x\r\ny\rz\n' };
    assert.deepEqual(rangeAfterEdit(selected, edit)?.start, { line: 4, character: 0 });
  });

  it('has the same text after whatever edits around it', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 8 });
    const edits = fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat(), part), { maxLength: 6 });
    fc.assert(
      fc.property(part, part, edits, (before, behind, steps) => {
        const selection = '<\n>';
        let whole = before + selection + behind;
        let range = rangeIn(whole, before.length, before.length + selection.length);
        for (const [isBefore, from, length, inserted] of steps) {
          const at = whole.indexOf(selection);
          const [low, high] = isBefore ? [0, at] : [at + selection.length, whole.length];
          const start = low + (from % (high - low + 1));
          const end = Math.min(high, start + length);
          const moved = rangeAfterEdit(range, { range: rangeIn(whole, start, end), text: inserted });
          whole = whole.slice(0, start) + inserted + whole.slice(end);
          assert.ok(moved);
          range = moved;
        }
        const at = whole.indexOf(selection);
        assert.deepEqual(range, rangeIn(whole, at, at + selection.length));
      }),
    );
  });
});
