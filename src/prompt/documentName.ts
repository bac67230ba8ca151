// Names of documents for a prompt. Never an absolute path: home directories contain people's names, which a model does
// not need.
import { type NotebookCell, type NotebookDocument, type TextDocument, type Uri, workspace } from 'vscode';

/** The notebook cell of a document; undefined if it is not one. */
export function cellOf(
  document: TextDocument,
  notebooks = workspace.notebookDocuments,
): NotebookCell | undefined {
  return cellsOf(notebooks).find((cell) => cell.document === document);
}

export function cellsOf(notebooks: readonly NotebookDocument[]): readonly NotebookCell[] {
  return notebooks.flatMap((notebook) => notebook.getCells());
}

/** "src/main.ts", "analysis.ipynb"; for a cell, the file of its notebook. */
export function fileNameOf(document: TextDocument): string {
  return nameOfUri(cellOf(document)?.notebook.uri ?? document.uri);
}

/** The same, with the number of the cell from 1: "analysis.ipynb, cell 3". */
export function documentNameOf(document: TextDocument): string {
  const cell = cellOf(document);
  return cell ? cellName(nameOfUri(cell.notebook.uri), cell.index) : nameOfUri(document.uri);
}

/** `index`: from 0. */
export function cellName(notebook: string, index: number): string {
  return `${notebook}, cell ${index + 1}`;
}

/** The name of the workspace folder of a document, else of the first one; undefined if no folder is open. */
export function folderNameOf({ uri }: TextDocument): string | undefined {
  const folder = workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.[0];
  return folder?.uri.path.split('/').at(-1);
}

/** Schemes that the name need not mention. */
const schemesToOmit: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote']);

/**
 * The path relative to the workspace folder, with the folder's name if there are several. Outside of all folders, the
 * file name, with the scheme if it is not an ordinary file: `git:` has older versions of main.ts.
 */
export function nameOfUri(uri: Uri): string {
  if (workspace.getWorkspaceFolder(uri))
    return workspace.asRelativePath(uri, (workspace.workspaceFolders ?? []).length > 1);
  const name = uri.path.split('/').at(-1) ?? '';
  return schemesToOmit.has(uri.scheme) ? name : `${name} (${uri.scheme})`.trimStart();
}
