// An open notebook as an attachment: the texts of its cells, with what is not saved, and without their outputs.
import { type Uri, workspace } from 'vscode';
import type { AttachedText } from './attachedText';
import { documentNameOf, nameOfUri } from './documentName';

/** undefined if no such notebook is open. */
export function openNotebook(uri: Uri): AttachedText | undefined {
  const notebook = workspace.notebookDocuments.find((each) => each.uri.toString() === uri.toString());
  if (!notebook) return undefined;
  const documents = notebook.getCells().map(({ document }) => document);
  const cells = documents
    .map((document) => ({
      ...{ name: documentNameOf(document), language: document.languageId },
      text: document.getText(),
    }))
    .filter(({ text }) => text.trim());
  return { name: nameOfUri(uri), text: cells.map(({ text }) => text).join('\n'), cells };
}
