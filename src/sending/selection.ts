// The selected text, which is the prompt, and where it came from.
import { type Disposable, type TextEditor, window } from 'vscode';
import type { Source } from '../core/request';

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
    return window.activeTextEditor ?? this.last;
  }

  dispose(): void {
    this.listening.forEach((listener) => void listener.dispose());
  }
}

/** What is selected in `editor`; undefined when nothing is, or nothing but blanks, which no model takes. */
export function selectedIn({ document, selections }: TextEditor): Selected | undefined {
  const ranges = selections
    .filter((selection) => !selection.isEmpty)
    .sort((one, other) => one.start.compareTo(other.start));
  const text = ranges.map((range) => document.getText(range)).join('\n');
  if (!text.trim()) return undefined;
  const place = ({ line, character }: { line: number; character: number }) => ({ line, character });
  return {
    text,
    sources: ranges.map(({ start, end }) => ({
      uri: document.uri.toString(),
      version: document.version,
      range: { start: place(start), end: place(end) },
    })),
  };
}
