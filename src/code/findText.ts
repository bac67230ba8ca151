// Finds a text again in a document that has changed.
import { EndOfLine, type Position, Range, type TextDocument } from 'vscode';

export interface FoundText {
  /** The occurrence nearest to the old place; absent if there is none. */
  readonly found?: Range;
  /** Whether it is the only one. */
  readonly isOnly?: boolean;
}

/** More occurrences are not compared; the nearest of them is good enough for a proposal. */
const maxOccurrences = 1000;

/** `text` may have other line ends than the document. */
export function findText(document: TextDocument, text: string, near: Position): FoundText {
  if (!text) return {};
  const eol = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const wanted = text.replaceAll('\r\n', '\n').replaceAll('\n', eol);
  const content = document.getText();
  const old = document.offsetAt(near);
  let nearest: number | undefined;
  let count = 0;
  for (
    let at = content.indexOf(wanted);
    at >= 0 && count < maxOccurrences;
    at = content.indexOf(wanted, at + 1)
  ) {
    count++;
    if (nearest === undefined || Math.abs(at - old) < Math.abs(nearest - old)) nearest = at;
  }
  if (nearest === undefined) return {};
  const found = new Range(document.positionAt(nearest), document.positionAt(nearest + wanted.length));
  return { found, isOnly: count === 1 };
}
