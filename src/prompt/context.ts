// The context of a question: the selected text with its files, languages and problems. Everything is captured when the
// command runs, since the documents may change while the user types.
import {
  type Diagnostic,
  DiagnosticSeverity,
  Range,
  type TextDocument,
  type TextEditor,
  languages,
  window,
  workspace,
} from 'vscode';
import { homedir } from 'node:os';
import { type Source, linesOf } from '../core/model/request';
import { type Excerpt, formatExcerpts, excerptPlace } from './codeBlock';
import { shortened } from '../util/plainText';
import { cellOf, documentNameOf, fileNameOf, folderNameOf } from './documentName';
import { type DiagnosticLine, diagnosticList, withoutPaths } from './diagnostics';
import { rangesIn, sourceOf } from './selection';
import { type Values, nameList } from './variables';

export interface SelectionContext {
  /** Where the selected pieces are, such as "src/main.ts:12-40". */
  readonly places: readonly string[];
  readonly values: Omit<Values, 'inputs'>;
  readonly sources: readonly Source[];
}

interface Piece {
  readonly document: TextDocument;
  readonly range: Range;
}

/** The selected text in `editor`, else the selected notebook cells; undefined if all of it is blank. */
export function captureContext(editor: TextEditor | undefined): SelectionContext | undefined {
  const selected = editor ? rangesIn(editor).map((range) => ({ document: editor.document, range })) : [];
  return contextOf(selected.length > 0 ? selected : cellsSelected(editor));
}

/** The context of pieces of documents; undefined if all of them are blank. `isMeant`: which of their problems to name. */
export function contextOf(
  pieces: readonly Piece[],
  isMeant: (diagnostic: Diagnostic) => boolean = () => true,
): SelectionContext | undefined {
  const excerpts = pieces.map(excerptOf);
  if (!excerpts.some(({ text }) => text.trim())) return undefined;
  const files = pieces.map(({ document }) => fileNameOf(document));
  const baseNames = files.map((file) => file.slice(file.lastIndexOf('/') + 1));
  return {
    places: excerpts.map(excerptPlace),
    values: {
      selection: formatExcerpts(excerpts),
      language: nameList(excerpts.map(({ language }) => language)),
      file: nameList(files),
      fileBasename: nameList(baseNames),
      fileBasenameNoExtension: nameList(baseNames.map((name) => name.replace(/(?<=.)\.[^.]*$/, ''))),
      fileDirname: nameList(files.map((file) => file.slice(0, Math.max(0, file.lastIndexOf('/'))) || '.')),
      workspaceFolderBasename: nameList(pieces.flatMap(({ document }) => folderNameOf(document) ?? [])),
      diagnostics: diagnosticList(pieces.flatMap((piece) => problemsIn(piece, isMeant))),
    },
    sources: pieces.map(({ document, range }) => sourceOf(document, range)),
  };
}

/** The selected cells of the active notebook, or of the one that `editor` belongs to if the panel is active. */
function cellsSelected(editor: TextEditor | undefined): readonly Piece[] {
  const shown = window.visibleNotebookEditors.find(
    ({ notebook }) => editor && cellOf(editor.document, [notebook]),
  );
  const { notebook, selections } = shown ?? window.activeNotebookEditor ?? {};
  if (!notebook || !selections) return [];
  const cells = new Set(selections.flatMap((range) => notebook.getCells(range)));
  return [...cells]
    .sort((one, other) => one.index - other.index)
    .filter(({ document }) => document.getText().trim())
    .map(({ document }) => ({ document, range: wholeOf(document) }));
}

function wholeOf(document: TextDocument): Range {
  return new Range(document.positionAt(0), document.lineAt(document.lineCount - 1).range.end);
}

function excerptOf({ document, range }: Piece): Excerpt {
  return {
    name: documentNameOf(document),
    lines: linesOf(range),
    language: document.languageId,
    text: document.getText(range),
  };
}

const severities: { readonly [S in DiagnosticSeverity]: string } = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'information',
  [DiagnosticSeverity.Hint]: 'hint',
};

/** The problems that VS Code reports in a piece, from top to bottom. */
function problemsIn(
  { document, range }: Piece,
  isMeant: (diagnostic: Diagnostic) => boolean,
): DiagnosticLine[] {
  const name = documentNameOf(document);
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => touches(diagnostic, range) && isMeant(diagnostic))
    .sort((one, other) => one.range.start.compareTo(other.range.start))
    .map(({ range: { start }, severity, source = '', code, message }) => ({
      name,
      line: start.line + 1,
      severity: severities[severity],
      source,
      code: String(typeof code === 'object' ? code.value : (code ?? '')),
      message: withoutPaths(shortened(message, 4000), folders, homedir()),
    }));
}

/** Whether a part of the problem is selected. A problem that only begins where the selection ends is not. */
function touches({ range }: Diagnostic, selected: Range): boolean {
  const common = selected.intersection(range);
  return common !== undefined && (!common.isEmpty || range.isEmpty);
}
