// What goes with a question: the selected text, and what is known of it. All of it is taken when the command is
// called, since the documents may change while the question is typed.
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
import { type Excerpt, blocksOf, excerptPlace } from './codeBlock';
import { shortened } from '../util/plainText';
import { cellOf, documentNameOf, fileNameOf } from './documentName';
import { type DiagnosticLine, diagnosticList, withoutPaths } from './diagnostics';
import { rangesIn, sourceOf } from './selection';
import { type Values, nameList } from './variables';

export interface SelectionContext {
  /** What it is, in a few words, for who asks about it. */
  readonly places: readonly string[];
  readonly values: Omit<Values, 'inputs'>;
  readonly sources: readonly Source[];
}

interface Piece {
  readonly document: TextDocument;
  readonly range: Range;
}

/** What is selected: text in `editor`, else whole cells of the notebook; undefined when all of it is blank. */
export function captureContext(editor: TextEditor | undefined): SelectionContext | undefined {
  const selected = editor ? rangesIn(editor).map((range) => ({ document: editor.document, range })) : [];
  const pieces = selected.length > 0 ? selected : cellsSelected(editor);
  const excerpts = pieces.map(excerptOf);
  if (!excerpts.some(({ text }) => text.trim())) return undefined;
  return {
    places: excerpts.map(excerptPlace),
    values: {
      selection: blocksOf(excerpts),
      language: nameList(excerpts.map(({ language }) => language)),
      file: nameList(pieces.map(({ document }) => fileNameOf(document))),
      diagnostics: diagnosticList(pieces.flatMap(problemsIn)),
    },
    sources: pieces.map(({ document, range }) => sourceOf(document, range)),
  };
}

/** The cells selected in the notebook in front, or in the one that `editor` belongs to when the panel is in front. */
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

/** The problems that VS Code shows within a piece, from top to bottom. */
function problemsIn({ document, range }: Piece): DiagnosticLine[] {
  const name = documentNameOf(document);
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => touches(diagnostic, range))
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

/** Whether a part of the problem is selected; to begin where the selection ends is not enough. */
function touches({ range }: Diagnostic, selected: Range): boolean {
  const common = selected.intersection(range);
  return common !== undefined && (!common.isEmpty || range.isEmpty);
}
