// Finds a text again in a document that may have changed.
import { EndOfLine, Range, type TextDocument } from 'vscode';
import type { Source } from '../core/model/request';

export interface FoundText {
  readonly range: Range;
  /** Whether the document has the text there alone. */
  readonly isOnly: boolean;
}

/**
 * The text of a source in a document: at its old place, else where it is alone. undefined if it is not there, or in
 * several other places, of which nobody can say which one is meant. Line ends may be others than they were.
 */
export function findSource(document: TextDocument, { text, range }: Source): FoundText | undefined {
  // A file of the history may have anything in this field.
  if (typeof text !== 'string' || !text) return undefined;
  const eol = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const wanted = inLineFeeds(text).replaceAll('\n', eol);
  const content = document.getText();
  const first = content.indexOf(wanted);
  if (first < 0) return undefined;
  const isOnly = !content.includes(wanted, first + 1);
  const { start, end } = range;
  const old = document.validateRange(new Range(start.line, start.character, end.line, end.character));
  if (document.getText(old) === wanted) return { range: old, isOnly };
  if (!isOnly) return undefined;
  return {
    range: new Range(document.positionAt(first), document.positionAt(first + wanted.length)),
    isOnly,
  };
}

export function inLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
