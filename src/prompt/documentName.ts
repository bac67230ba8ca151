// What a document is called in a prompt. A name, never a path of this machine: those of home directories are
// people's names, and a model has no use for them.
import { type NotebookCell, type NotebookDocument, type TextDocument, type Uri, workspace } from 'vscode';

/** The cell that `document` is; undefined for a document of its own. */
export function cellOf(
  document: TextDocument,
  notebooks = workspace.notebookDocuments,
): NotebookCell | undefined {
  return cellsOf(notebooks).find((cell) => cell.document === document);
}

function cellsOf(notebooks: readonly NotebookDocument[]): readonly NotebookCell[] {
  return notebooks.flatMap((notebook) => notebook.getCells());
}

/** "src/main.ts", "analysis.ipynb"; the file of a cell is its notebook's. */
export function fileNameOf(document: TextDocument): string {
  return nameOf(cellOf(document)?.notebook.uri ?? document.uri);
}

/** The same with the cell, counted from 1 as people count: "analysis.ipynb, cell 3". */
export function documentNameOf(document: TextDocument): string {
  const cell = cellOf(document);
  return cell ? `${nameOf(cell.notebook.uri)}, cell ${cell.index + 1}` : nameOf(document.uri);
}

/** Schemes of documents whose name alone says what they are. */
const plain: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote']);

/**
 * Relative to the folder that is open, with the folder's name where several are. What lies in none is told by
 * its last part; and where it comes from when that is no file: what `git:` calls main.ts is an older main.ts.
 */
function nameOf(uri: Uri): string {
  if (workspace.getWorkspaceFolder(uri))
    return workspace.asRelativePath(uri, (workspace.workspaceFolders ?? []).length > 1);
  const name = uri.path.split('/').at(-1) ?? '';
  return plain.has(uri.scheme) ? name : `${name} (${uri.scheme})`.trimStart();
}
