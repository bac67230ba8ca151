// Reads the selected text and its source.
import {
  type Disposable,
  type NotebookEditor,
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
  private lastNotebook = window.activeTextEditor ? undefined : window.activeNotebookEditor;
  private readonly subscriptions = [
    window.onDidChangeActiveTextEditor((editor) => {
      this.last = editor ?? this.last;
      this.followNotebook();
    }),
    window.onDidChangeActiveNotebookEditor(() => this.followNotebook()),
    window.onDidChangeVisibleTextEditors((editors) => {
      if (this.last && !editors.includes(this.last)) this.last = window.activeTextEditor;
    }),
  ];

  get editor(): TextEditor | undefined {
    // If a notebook is active but none of its cells, the last editor is not the one the user means.
    return window.activeTextEditor ?? (window.activeNotebookEditor ? undefined : this.last);
  }

  /** The notebook that was last active, unless one of its cells was being edited, or another editor was active since. */
  get notebook(): NotebookEditor | undefined {
    this.followNotebook();
    return window.visibleNotebookEditors.find((editor) => editor === this.lastNotebook);
  }

  private followNotebook(): void {
    this.lastNotebook = window.activeTextEditor
      ? undefined
      : (window.activeNotebookEditor ?? this.lastNotebook);
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

export function sourceOf(document: TextDocument, range: Range): Source {
  const { uri, version } = document;
  const plain = ({ line, character }: Position) => ({ line, character });
  return {
    ...{ uri: uri.toString(), version, text: document.getText(range) },
    range: { start: plain(range.start), end: plain(range.end) },
  };
}
