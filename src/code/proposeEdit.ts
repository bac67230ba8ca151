// The way for other rooms to propose an edit of a document.
import { Range, type TextDocument, type TextEdit, type Uri, workspace } from 'vscode';
import type { TextChange } from './editDocument';
import type { EditProposals } from './editProposals';
import { findText } from './findText';

/**
 * Shows a diff of a document against its new text, with Apply and Discard; one undo step.
 * @param change the whole new text, or edits of the document as it is now. If the document changes while the diff is
 * open, edits follow the text that they replace; a whole text replaces whatever is there.
 * @param title of the diff
 * @throws if the document can't be opened
 */
export async function proposeEdit(
  proposals: EditProposals,
  uri: Uri,
  change: string | readonly TextEdit[],
  title: string,
): Promise<void> {
  if (typeof change === 'string') {
    await proposals.propose({ uri, title, changesFor: (document) => [wholeText(document, change)] });
    return;
  }
  const document = await workspace.openTextDocument(uri);
  const before = linesIn(document.getText());
  const edits = change.map(({ range, newText }) => ({ range, newText, original: document.getText(range) }));
  await proposals.propose({
    uri,
    title,
    changesFor: (current) => {
      const changes = edits.flatMap(({ range, newText: text, original }): TextChange[] => {
        const moved = movedRange(range, before, linesIn(current.getText()));
        if (moved) return [{ range: moved, text }];
        const { found, isOnly } = findText(current, original, current.validatePosition(range.start));
        return found && isOnly ? [{ range: found, text }] : [];
      });
      return changes.length === edits.length ? changes : undefined;
    },
  });
}

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

/** Where a range is by now; undefined if its lines may have changed themselves. */
function movedRange(range: Range, before: readonly string[], after: readonly string[]): Range | undefined {
  const { start, end } = range;
  const { first, last } = commonLines(before, after);
  if (end.line < first) return range;
  if (start.line < before.length - last) return undefined;
  const lines = after.length - before.length;
  return new Range(start.translate(lines), end.translate(lines));
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
