// Reads the selected text and its source.
import {
  type Disposable,
  type Position,
  type Range,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';
import type { Source } from '../core/model/request';

export interface Selected {
  /** The selected text, unchanged; several selections in document order, joined by line breaks. */
  readonly text: string;
  readonly sources: readonly Source[];
}

/** The editor that was last active: while the panel has the focus, VS Code reports no active editor. */
export class LastEditor implements Disposable {
  private last = window.activeTextEditor;
  private readonly subscriptions = [
    window.onDidChangeActiveTextEditor((editor) => (this.last = editor ?? this.last)),
    window.onDidChangeVisibleTextEditors((editors) => {
      if (this.last && !editors.includes(this.last)) this.last = window.activeTextEditor;
    }),
  ];

  get editor(): TextEditor | undefined {
    // If a notebook is active but none of its cells, the last editor is not the one the user means.
    return window.activeTextEditor ?? (window.activeNotebookEditor ? undefined : this.last);
  }

  dispose(): void {
    this.subscriptions.forEach((listener) => void listener.dispose());
  }
}

/** The selection in `editor`; undefined if it is empty or blank, which no model accepts. */
export function selectedIn(editor: TextEditor): Selected | undefined {
  const { document } = editor;
  const ranges = rangesIn(editor);
  const text = ranges.map((range) => document.getText(range)).join('\n');
  if (!text.trim()) return undefined;
  return { text, sources: ranges.map((range) => sourceOf(document, range)) };
}

/** The non-empty selections, in document order. */
export function rangesIn({ selections }: TextEditor): readonly Range[] {
  return selections
    .filter((selection) => !selection.isEmpty)
    .sort((one, other) => one.start.compareTo(other.start));
}

export function sourceOf({ uri, version }: TextDocument, { start, end }: Range): Source {
  const plain = ({ line, character }: Position) => ({ line, character });
  return { uri: uri.toString(), version, range: { start: plain(start), end: plain(end) } };
}
