// Replaces the selection that a prompt was about by code from the reply.
import { Range, type TextDocument, Uri, l10n, workspace } from 'vscode';
import { type Source, linesOf } from '../core/model/request';
import type { CodeBlock } from '../markdown/codeBlocks';
import { documentNameOf } from '../prompt/documentName';
import { askChoice } from '../ui/quickInput';
import { oneLine, plainText, labelText } from '../util/plainText';
import { type TextChange, editShown } from './editDocument';
import type { EditProposals } from './editProposals';
import { findText } from './findText';
import { indentedLike } from './reindent';

/**
 * Replaces a source. Returns a sentence that says why that is not possible; undefined if it was done, or cancelled.
 * `asksFirst`: shows a diff also where the selected text has not changed.
 */
export async function replaceSource(
  { code }: CodeBlock,
  sources: readonly Source[],
  proposals: EditProposals,
  asksFirst = false,
): Promise<string | undefined> {
  if (sources.length === 0)
    return l10n.t('The prompt was not about a selection, so there is nothing to replace.');
  const source = sources.length === 1 ? sources[0] : await chooseSource(sources);
  if (!source) return undefined;
  const uri = Uri.parse(source.uri, true);
  const name = plainText(fileName(uri));
  const document = await openedDocument(uri);
  if (!document) return l10n.t('“{0}” no longer exists, so nothing was replaced.', name);
  const change = replacement(document, source, code);
  if (isAlreadyThere(document, change))
    return l10n.t('“{0}” already has this code there.', plainText(documentNameOf(document)));
  if (change.isSure && !asksFirst) {
    const result = await editShown(document, [change]);
    if (result === 'edited') return undefined;
    if (result === 'readOnly')
      return l10n.t('“{0}” is read-only, so nothing was replaced.', plainText(documentNameOf(document)));
  }
  await proposals.propose({
    uri,
    title: l10n.t('{0}: code from the reply', name),
    changesFor: (current) => [replacement(current, source, code)],
  });
  return undefined;
}

/** Where the code goes by now. `isSure`: the selected text is still there, and cannot be another text like it. */
function replacement(
  document: TextDocument,
  { range, text: original, version }: Source,
  code: string,
): TextChange & { readonly isSure: boolean } {
  const old = document.validateRange(
    new Range(range.start.line, range.start.character, range.end.line, range.end.character),
  );
  const { found, isOnly } = original === undefined ? {} : findText(document, original, old.start);
  const target = found ?? old;
  const before = document.lineAt(target.start.line).text.slice(0, target.start.character);
  return {
    range: target,
    text: indentedLike(inLineFeeds(original ?? document.getText(target)), before, code),
    isSure: found?.isEqual(old) === true && (isOnly === true || version === document.version),
  };
}

/** Whether the document has the new text there, as when the code is replaced twice. */
function isAlreadyThere(document: TextDocument, { range, text }: TextChange): boolean {
  const rest = document.getText(new Range(range.start, document.lineAt(document.lineCount - 1).range.end));
  return text !== '' && inLineFeeds(rest).startsWith(text);
}

/** One block can't be in several places, so the user says which. */
async function chooseSource(sources: readonly Source[]): Promise<Source | undefined> {
  const answer = await askChoice(
    { title: l10n.t('Replace Selection with Code') },
    {
      placeHolder: l10n.t('The prompt was about several selections. Choose the one to replace.'),
      choices: sources.map((value) => ({
        label: labelText(placeName(value)),
        description: labelText((value.text ?? '').trimStart().slice(0, 200), 80),
        value,
      })),
    },
  );
  return typeof answer === 'object' ? answer.value : undefined;
}

/** "main.ts:12–40" */
function placeName({ uri, range }: Source): string {
  const { first, last } = linesOf(range);
  return `${fileName(Uri.parse(uri, true))}:${first === last ? first : `${first}–${last}`}`;
}

function fileName({ path }: Uri): string {
  return oneLine(path.split('/').at(-1) ?? '');
}

/** The document, opened if it was closed since; undefined if it is gone. */
async function openedDocument(uri: Uri): Promise<TextDocument | undefined> {
  const address = uri.toString();
  const open = workspace.textDocuments.find((document) => document.uri.toString() === address);
  if (open) return open;
  // To open a closed untitled document would make an empty one.
  if (uri.scheme === 'untitled') return undefined;
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function inLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
