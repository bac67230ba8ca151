// Edits a document as typing would: in one undo step, and not if it is read-only.
import {
  EndOfLine,
  type NotebookDocument,
  NotebookRange,
  type Range,
  type TextDocument,
  type TextEditor,
  WorkspaceEdit,
  commands,
  window,
  workspace,
} from 'vscode';
import { cellOf } from '../prompt/documentName';
import { columnOf } from './columns';

export interface TextChange {
  readonly range: Range;
  readonly text: string;
}

/** `readOnly`: VS Code does not let anybody edit the document. `changed`: it was edited at the same moment. */
export type EditResult = 'edited' | 'readOnly' | 'changed';

/** Changes a document that is in an editor. Its other editors and the focus stay as they are. */
export async function editIn(editor: TextEditor, changes: readonly TextChange[]): Promise<EditResult> {
  const { document } = editor;
  if (workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return 'readOnly';
  const { version } = document;
  const isDone = await editor.edit((builder) => {
    for (const { range, text } of changes)
      if (range.isEmpty) builder.insert(range.start, inLinesOf(document, text));
      else builder.replace(range, inLinesOf(document, text));
  });
  return resultOf(document, version, isDone);
}

/** Shows a document and changes it. The edited text is in view, and the editor has the focus. */
export async function editShown(document: TextDocument, changes: readonly TextChange[]): Promise<EditResult> {
  const [first] = changes;
  const cell = cellOf(document);
  if (cell) {
    const result = await editCell(document, changes);
    await editCellOf(cell.notebook, cell.index);
    return result;
  }
  const editor = await window.showTextDocument(document, {
    viewColumn: columnOf(document.uri),
    preview: false,
  });
  const result = await editIn(editor, changes);
  if (first && result === 'edited') editor.revealRange(first.range);
  return result;
}

/** A cell that is out of sight has no editor, so it is edited as VS Code's own refactorings do. */
async function editCell(document: TextDocument, changes: readonly TextChange[]): Promise<EditResult> {
  const { version } = document;
  const edit = new WorkspaceEdit();
  for (const { range, text } of changes) edit.replace(document.uri, range, inLinesOf(document, text));
  return resultOf(document, version, await workspace.applyEdit(edit));
}

/** Selects a cell and gives the notebook the focus. */
export async function showNotebook(notebook: NotebookDocument, cell: number): Promise<void> {
  await window.showNotebookDocument(notebook, { selections: [new NotebookRange(cell, cell + 1)] });
}

/** Puts the focus into the text of a cell, where Undo takes back the edit of that cell. */
export async function editCellOf(notebook: NotebookDocument, cell: number): Promise<void> {
  await showNotebook(notebook, cell);
  await commands.executeCommand('notebook.cell.edit');
}

/**
 * TextEditor has nothing that says whether it is read-only (https://github.com/microsoft/vscode/issues/91697), and
 * edit() resolves to true for a read-only one, without an edit. VS Code tells us of an edit before it resolves.
 */
function resultOf(document: TextDocument, version: number, isDone: boolean): EditResult {
  if (document.version !== version) return isDone ? 'edited' : 'changed';
  return 'readOnly';
}

/** The text with the line ends of the document. */
function inLinesOf({ eol }: TextDocument, text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return eol === EndOfLine.CRLF ? lines.replaceAll('\n', '\r\n') : lines;
}
