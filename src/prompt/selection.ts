// The selected text, which is the prompt, and where it came from.
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
  /** The selected texts in document order, verbatim, joined by line ends when there are several. */
  readonly text: string;
  readonly sources: readonly Source[];
}

/** The editor that was last in use: with the panel focused, VS Code names none as active. */
export class LastEditor implements Disposable {
  private last = window.activeTextEditor;
  private readonly listening = [
    window.onDidChangeActiveTextEditor((editor) => (this.last = editor ?? this.last)),
    window.onDidChangeVisibleTextEditors((editors) => {
      if (this.last && !editors.includes(this.last)) this.last = window.activeTextEditor;
    }),
  ];

  get editor(): TextEditor | undefined {
    // In front of a notebook none of whose cells is edited, an editor elsewhere is not what is meant.
    return window.activeTextEditor ?? (window.activeNotebookEditor ? undefined : this.last);
  }

  dispose(): void {
    this.listening.forEach((listener) => void listener.dispose());
  }
}

/** What is selected in `editor`; undefined when nothing is, or nothing but blanks, which no model takes. */
export function selectedIn(editor: TextEditor): Selected | undefined {
  const { document } = editor;
  const ranges = rangesIn(editor);
  const text = ranges.map((range) => document.getText(range)).join('\n');
  if (!text.trim()) return undefined;
  return { text, sources: ranges.map((range) => sourceOf(document, range)) };
}

/** What is selected, in document order; empty selections are none. */
export function rangesIn({ selections }: TextEditor): readonly Range[] {
  return selections
    .filter((selection) => !selection.isEmpty)
    .sort((one, other) => one.start.compareTo(other.start));
}

export function sourceOf({ uri, version }: TextDocument, { start, end }: Range): Source {
  const place = ({ line, character }: Position) => ({ line, character });
  return { uri: uri.toString(), version, range: { start: place(start), end: place(end) } };
}
