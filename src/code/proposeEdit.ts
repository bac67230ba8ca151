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
  const before = await workspace.openTextDocument(uri);
  const { version } = before;
  const edits = change.map(({ range, newText }) => ({
    range,
    text: newText,
    original: before.getText(range),
  }));
  await proposals.propose({
    uri,
    title,
    changesFor: (document) => {
      if (document.version === version) return edits;
      const moved = edits.flatMap(({ range, text, original }) => {
        const { found } = findText(document, original, document.validatePosition(range.start));
        return found ? { range: found, text } : [];
      });
      return moved.length === edits.length ? moved : undefined;
    },
  });
}

/** The change that makes `newText` of a document: without what is the same at both ends, so that the cursor stays. */
export function wholeText(document: TextDocument, newText: string): TextChange {
  const before = document.getText().replaceAll('\r\n', '\n');
  const text = newText.replaceAll('\r\n', '\n');
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  // Whole lines, since an offset in \r\n or in a surrogate pair is none in the document.
  start = start === 0 ? 0 : before.lastIndexOf('\n', start - 1) + 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  const tail = before.slice(before.length - end);
  end = tail.includes('\n') ? tail.length - tail.indexOf('\n') : 0;
  const line = before.slice(0, start).split('\n').length - 1;
  const replaced = before.slice(start, before.length - end).split('\n');
  const endLine = line + replaced.length - 1;
  return {
    range: new Range(line, 0, endLine, replaced.at(-1)?.length ?? 0),
    text: text.slice(start, text.length - end),
  };
}
