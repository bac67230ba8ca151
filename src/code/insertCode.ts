// Inserts code at the cursors of the editor that was used last, or as a cell of the notebook.
import {
  type NotebookEditor,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  Position,
  Selection,
  type TextEditor,
  WorkspaceEdit,
  l10n,
  window,
  workspace,
} from 'vscode';
import type { CodeBlock } from '../markdown/codeBlocks';
import { cellOf, documentNameOf } from '../prompt/documentName';
import type { LastEditor } from '../prompt/selection';
import { plainText } from '../util/plainText';
import { type TextChange, editCellOf, editIn, showNotebook } from './editDocument';
import { languageIdOf } from './languageId';
import { indentedAt } from './reindent';

/** Inserts a block. Returns a sentence that says why nothing was inserted; undefined if it was. */
export async function insertCode(
  block: CodeBlock,
  { editor, notebook }: LastEditor,
): Promise<string | undefined> {
  if (notebook) return insertCell(block, notebook);
  if (!editor) return l10n.t('No editor is open to insert the code into.');
  return insertIn(editor, block.code);
}

/** At every cursor, in place of what is selected there: one undo step. */
async function insertIn(editor: TextEditor, code: string): Promise<string | undefined> {
  const { document } = editor;
  const name = plainText(documentNameOf(document));
  const changes = editor.selections
    .toSorted((one, other) => one.start.compareTo(other.start))
    .map((range): TextChange => {
      const before = document.lineAt(range.start.line).text.slice(0, range.start.character);
      return { range, text: indentedAt(before, code) };
    });
  switch (await editIn(editor, changes)) {
    case 'readOnly':
      return l10n.t('“{0}” is read-only, so the code was not inserted.', name);
    case 'changed':
      return l10n.t('“{0}” was edited at the same moment. Try again.', name);
    case 'edited':
      editor.selections = cursorsAfter(changes);
      await focus(editor);
      return undefined;
  }
}

/** A cursor behind each inserted text. `changes` are in document order. */
function cursorsAfter(changes: readonly TextChange[]): readonly Selection[] {
  const cursors: Selection[] = [];
  /** The end of the change before, in the old document and in the new one. */
  let oldEnd = new Position(0, 0);
  let newEnd = new Position(0, 0);
  const moved = ({ line, character }: Position) =>
    line === oldEnd.line
      ? new Position(newEnd.line, newEnd.character + character - oldEnd.character)
      : new Position(newEnd.line + line - oldEnd.line, character);
  for (const { range, text } of changes) {
    const start = moved(range.start);
    const lines = text.split('\n');
    const last = lines.at(-1)?.length ?? 0;
    newEnd =
      lines.length === 1 ? start.translate(0, last) : new Position(start.line + lines.length - 1, last);
    oldEnd = range.end;
    cursors.push(new Selection(newEnd, newEnd));
  }
  return cursors;
}

async function focus(editor: TextEditor): Promise<void> {
  const { document, selection, viewColumn } = editor;
  editor.revealRange(selection);
  const cell = cellOf(document);
  if (cell) {
    // A cell that is being edited would lose its place in the undo stack.
    if (window.activeTextEditor !== editor) await editCellOf(cell.notebook, cell.index);
    return;
  }
  // Also if VS Code calls the editor active: it tells so for a moment after a click into the panel.
  // Both sides of a diff have no column of their own, and showing the file would open another tab.
  if (viewColumn !== undefined) await window.showTextDocument(document, { viewColumn });
}

/** Below the selected cell, since none of them is edited. */
async function insertCell(
  block: CodeBlock,
  { notebook, selections }: NotebookEditor,
): Promise<string | undefined> {
  const selected = selections[0];
  const at = selected?.end ?? notebook.cellCount;
  const language = await languageIdOf(block.info);
  const isMarkdown = language === 'markdown';
  const before = notebook.getCells().findLast(({ kind }) => kind === NotebookCellKind.Code);
  const cell = isMarkdown
    ? new NotebookCellData(NotebookCellKind.Markup, block.code, 'markdown')
    : new NotebookCellData(
        NotebookCellKind.Code,
        block.code,
        language ?? before?.document.languageId ?? 'plaintext',
      );
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [NotebookEdit.insertCells(at, [cell])]);
  const { version } = notebook;
  const isDone = await workspace.applyEdit(edit);
  if (!isDone || notebook.version === version) {
    const name = plainText(workspace.asRelativePath(notebook.uri));
    return l10n.t('“{0}” is read-only, so the code was not inserted.', name);
  }
  await showNotebook(notebook, at);
  return undefined;
}
