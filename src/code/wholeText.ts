// The change that gives a document another text.
import { Range, type TextDocument } from 'vscode';
import type { TextChange } from './editDocument';

/** The change that makes `newText` of a document: without the lines that are the same, so that the cursor stays. */
export function wholeText(document: TextDocument, newText: string): TextChange {
  const before = linesIn(document.getText());
  const after = linesIn(newText);
  const { first, last } = commonLines(before, after);
  // At least one line on each side, so that both have the same line ends around them.
  const tail = Math.min(last, before.length - first - 1, after.length - first - 1);
  const start = tail < 0 ? first - 1 : first;
  const end = before.length - 1 - Math.max(0, tail);
  return {
    range: new Range(start, 0, end, before[end]?.length ?? 0),
    text: after.slice(start, after.length - Math.max(0, tail)).join('\n'),
  };
}

/** How many lines two texts have in common at their starts and ends; none counts twice. */
function commonLines(
  one: readonly string[],
  other: readonly string[],
): { readonly first: number; readonly last: number } {
  const shorter = Math.min(one.length, other.length);
  let first = 0;
  while (first < shorter && one[first] === other[first]) first++;
  let last = 0;
  while (last < shorter - first && one.at(-1 - last) === other.at(-1 - last)) last++;
  return { first, last };
}

function linesIn(text: string): readonly string[] {
  return text.split(/\r?\n/);
}
