// Replaces the selection that a prompt was about by code from the reply.
import { Range, type TextDocument, Uri, l10n, workspace } from 'vscode';
import { type Source, linesOf } from '../core/model/request';
import type { CodeBlock } from '../markdown/codeBlocks';
import { cellsOf, documentNameOf } from '../prompt/documentName';
import { askChoice } from '../ui/quickInput';
import { oneLine, plainText, labelText } from '../util/plainText';
import { type TextChange, editShown } from './editDocument';
import type { EditProposals } from './editProposals';
import { findSource, inLineFeeds } from './findText';
import { indentedLike } from './reindent';
import type { SourceRanges } from './sourceRanges';

export interface ReplaceParts {
  readonly proposals: EditProposals;
  readonly ranges: SourceRanges;
}

/**
 * Replaces a source. Returns a sentence that says why that is not possible; undefined if it was done, or cancelled.
 * `asksFirst`: shows a diff also where the selected text has not changed.
 */
export async function replaceSource(
  { code }: CodeBlock,
  sources: readonly Source[],
  { proposals, ranges }: ReplaceParts,
  asksFirst = false,
): Promise<string | undefined> {
  if (sources.length === 0)
    return l10n.t('The prompt was not about a selection, so there is nothing to replace.');
  const source = sources.length === 1 ? sources[0] : await chooseSource(sources, ranges);
  if (!source) return undefined;
  const uri = Uri.parse(source.uri, true);
  const document = await documentOf(source, uri, ranges);
  if (!document) return l10n.t('“{0}” no longer exists, so nothing was replaced.', plainText(fileName(uri)));
  const name = plainText(documentNameOf(document));
  const change = replacement(document, source, code, ranges);
  if (!change) {
    if (isAtOldPlace(document, source, code)) return l10n.t('“{0}” already has this code there.', name);
    return l10n.t(
      'The selected text in “{0}” has changed and can’t be found, so nothing was replaced. Select the text to replace, then use “Insert”.',
      name,
    );
  }
  if (inLineFeeds(document.getText(change.range)) === change.text)
    return l10n.t('“{0}” already has this code there.', name);
  if (change.isSure && !asksFirst) {
    const result = await editShown(document, [change]);
    if (result === 'edited') return undefined;
    if (result === 'readOnly') return l10n.t('“{0}” is read-only, so nothing was replaced.', name);
  }
  await proposals.propose({
    uri: document.uri,
    title: l10n.t('{0}: code from the reply', plainText(fileName(document.uri))),
    changesFor: (current) => {
      const currentChange = replacement(current, source, code, ranges);
      return currentChange && [currentChange];
    },
  });
  return undefined;
}

/**
 * Where the code goes by now; undefined if the selection cannot be found. `isSure`: the text that was sent is there, and
 * no other text like it can be meant.
 */
function replacement(
  document: TextDocument,
  source: Source,
  code: string,
  ranges: SourceRanges,
): (TextChange & { readonly isSure: boolean }) | undefined {
  const current = ranges.rangeOf(source, document);
  if (!current) return undefined;
  const { range } = current;
  const text = inLineFeeds(document.getText(range));
  const isUnmoved = range.isEqual(oldRange(document, source));
  return {
    range,
    text: indentedLike(text, textBefore(document, range), code),
    isSure: current.isSure && isUnmoved && text === inLineFeeds(source.text ?? ''),
  };
}

/** Whether the code stands where the selection was, as when it was put there before this window was opened. */
function isAtOldPlace(document: TextDocument, source: Source, code: string): boolean {
  const { start } = oldRange(document, source);
  const rest = new Range(start, document.lineAt(document.lineCount - 1).range.end);
  const text = indentedLike(inLineFeeds(source.text ?? ''), textBefore(document, rest), code);
  return text !== '' && inLineFeeds(document.getText(rest)).startsWith(text);
}

function oldRange(document: TextDocument, { range: { start, end } }: Source): Range {
  return document.validateRange(new Range(start.line, start.character, end.line, end.character));
}

function textBefore(document: TextDocument, { start }: Range): string {
  return document.lineAt(start.line).text.slice(0, start.character);
}

/** One block can't be in several places, so the user says which. */
async function chooseSource(sources: readonly Source[], ranges: SourceRanges): Promise<Source | undefined> {
  const answer = await askChoice(
    { title: l10n.t('Replace Selection with Code') },
    {
      placeHolder: l10n.t('The prompt was about several selections. Choose the one to replace.'),
      choices: sources.map((value) => ({
        label: labelText(placeName(value, ranges)),
        description: labelText((value.text ?? '').trimStart().slice(0, 200), 80),
        value,
      })),
    },
  );
  return typeof answer === 'object' ? answer.value : undefined;
}

/** "main.ts:12–40", as the lines are numbered by now, as far as that is known. */
function placeName(source: Source, ranges: SourceRanges): string {
  const document = openDocument(source.uri);
  const { first, last } = linesOf((document && ranges.rangeOf(source, document)?.range) ?? source.range);
  return `${fileName(Uri.parse(source.uri, true))}:${first === last ? first : `${first}–${last}`}`;
}

function fileName({ path }: Uri): string {
  return oneLine(path.split('/').at(-1) ?? '');
}

/** The document of a source, opened if it was closed since; undefined if it is gone. */
async function documentOf(source: Source, uri: Uri, ranges: SourceRanges): Promise<TextDocument | undefined> {
  const document = openDocument(source.uri) ?? (await openedDocument(uri));
  if (uri.scheme !== cellScheme || (document && ranges.rangeOf(source, document))) return document;
  // Cells are numbered anew when a notebook is opened, so the address may be another cell's by now.
  const cells = cellsOf(workspace.notebookDocuments.filter((notebook) => notebook.uri.path === uri.path));
  const found = cells.filter((cell) => findSource(cell.document, source));
  return found.length === 1 ? found[0]?.document : document;
}

const cellScheme = 'vscode-notebook-cell';

function openDocument(address: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === address);
}

async function openedDocument(uri: Uri): Promise<TextDocument | undefined> {
  // To open a closed untitled document would make an empty one.
  if (uri.scheme === 'untitled') return undefined;
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
