// A notebook as an attachment: the texts of its cells, of an open one with what is not saved, and without their outputs.
import { type Uri, workspace } from 'vscode';
import { isRecord } from '../core/model/json';
import type { AttachedText } from './attachedText';
import type { Excerpt } from './codeBlock';
import { cellName, documentNameOf, nameOfUri } from './documentName';

/** undefined if no such notebook is open. */
export function openNotebook(uri: Uri): AttachedText | undefined {
  const notebook = workspace.notebookDocuments.find((each) => each.uri.toString() === uri.toString());
  if (!notebook) return undefined;
  const documents = notebook.getCells().map(({ document }) => document);
  const cells = documents.map((document) => ({
    ...{ name: documentNameOf(document), language: document.languageId },
    text: document.getText(),
  }));
  return textOfCells(nameOfUri(uri), cells);
}

/**
 * A file in Jupyter's format 4, by its name and its text; undefined if it is none.
 * https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function notebookInFile(name: string, text: string): AttachedText | undefined {
  if (!/\.ipynb$/i.test(name)) return undefined;
  const notebook = parsed(text);
  if (!isRecord(notebook) || !Array.isArray(notebook['cells'])) return undefined;
  const language = languageIn(notebook['metadata']);
  const cells = (notebook['cells'] as unknown[]).map((cell, index): Excerpt => {
    const { cell_type: type, source } = isRecord(cell) ? cell : {};
    return {
      name: cellName(name, index),
      language: type === 'code' ? language : type === 'markdown' ? 'markdown' : '',
      text: textOfSource(source),
    };
  });
  return textOfCells(name, cells);
}

function textOfCells(name: string, all: readonly Excerpt[]): AttachedText {
  const cells = all.filter(({ text }) => text.trim());
  return { name, text: cells.map(({ text }) => text).join('\n'), cells };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One text, or a list of lines with their ends. */
function textOfSource(source: unknown): string {
  const lines: readonly unknown[] = Array.isArray(source) ? source : [source];
  return lines.filter((line) => typeof line === 'string').join('');
}

function languageIn(metadata: unknown): string {
  const { language_info: info, kernelspec: kernel } = isRecord(metadata) ? metadata : {};
  const name: unknown = isRecord(info) ? info['name'] : isRecord(kernel) ? kernel['language'] : undefined;
  return typeof name === 'string' && /^[\w+#.-]{1,30}$/.test(name) ? name : 'python';
}
