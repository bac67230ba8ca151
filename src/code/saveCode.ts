// Saves code as a file of the workspace: asks for its name, judges it while it is typed and again when the file is
// written, and overwrites nothing: an existing file gets a diff.
import {
  InputBoxValidationSeverity,
  type InputBoxValidationMessage,
  Uri,
  type WorkspaceFolder,
  l10n,
  window,
  workspace,
} from 'vscode';
import type { CodeBlock } from '../markdown/codeBlocks';
import { confirmLoss } from '../ui/messages';
import { askChoice } from '../ui/quickInput';
import { labelText, plainText, unlinked } from '../util/plainText';
import { namedFile } from './blockName';
import { columnOf } from './columns';
import type { EditProposals } from './editProposals';
import { judgePath } from './pathRules';
import { createInWorkspace, placeInWorkspace } from './placeInWorkspace';
import { type Place, placeOnDisk, writeNewFile } from './placeOnDisk';
import { problemText } from './placeProblems';
import { wholeText } from './wholeText';

/**
 * Saves a block under a name that the user enters. Call it only if a folder is open.
 * @returns a sentence that says why it was not saved; undefined if it was, or if the user cancelled
 */
export async function saveCode(
  block: CodeBlock,
  proposals: EditProposals,
  near?: Uri,
): Promise<string | undefined> {
  const folder = await chooseFolder(near);
  const name = folder && (await askName(block, folder));
  if (!folder || name === undefined) return undefined;
  return saveAs(block, { name, folder, agrees }, proposals);
}

interface SaveTarget {
  /** What the user entered. */
  readonly name: string;
  readonly folder: WorkspaceFolder;
  /** Asks whether a file is to be saved that tools may run or obey. */
  readonly agrees: (name: string) => Promise<boolean>;
}

/** Saves a block under a name, which is judged now. Returns as saveCode does. */
export async function saveAs(
  { code }: CodeBlock,
  target: SaveTarget,
  proposals: EditProposals,
): Promise<string | undefined> {
  const { name } = target;
  const judgement = judgePath(name);
  if ('problem' in judgement) return refusal(name, { ...judgement, name });
  // A file ends with a line end; the last one of a block belongs to its fence.
  const text = code === '' || code.endsWith('\n') ? code : `${code}\n`;
  try {
    return await saveText(text, judgement.segments, target, proposals);
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    // The message of such an error contains the whole path, which has no place in a log.
    if (typeof reason !== 'string') throw error;
    return l10n.t('“{0}” was not saved. {1}', plainText(name), reason);
  }
}

async function saveText(
  text: string,
  segments: readonly string[],
  { name, folder, agrees: ask }: SaveTarget,
  proposals: EditProposals,
): Promise<string | undefined> {
  let place = await placeOf(folder, segments);
  if ('problem' in place) return refusal(name, place);
  const isAgreed = place.isSensitive && (await ask(name));
  if (place.isSensitive && !isAgreed) return undefined;
  if (place.state === 'new') {
    const result = await write(folder, segments, text, isAgreed);
    if ('written' in result) {
      await show(result.written);
      return undefined;
    }
    place = result;
  }
  if ('problem' in place || place.state === 'new' || place.isSensitive !== isAgreed)
    return refusal(name, place);
  return proposeOverwriting(folder, segments, text, proposals);
}

/** The folder of the workspace; with several of them, one that the user picks, that of `near` first. */
async function chooseFolder(near: Uri | undefined): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0];
  const current = near && workspace.getWorkspaceFolder(near);
  const answer = await askChoice<WorkspaceFolder>(
    { title: saveTitle() },
    {
      placeHolder: l10n.t('Choose the folder to save in'),
      choices: folders.map((value) => ({ label: labelText(value.name), value })),
      active: folders.find(({ index }) => index === current?.index),
    },
  );
  return typeof answer === 'object' ? answer.value : undefined;
}

async function askName(block: CodeBlock, folder: WorkspaceFolder): Promise<string | undefined> {
  const value = suggestedName(block, folder);
  const name = value.split(/[\\/]/).at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return window.showInputBox({
    title: saveTitle(),
    prompt: unlinked(l10n.t('The file’s path in the folder “{0}”', plainText(folder.name))),
    value,
    // As when VS Code renames a file: without the extension.
    valueSelection: [value.length - name.length, dot > 0 ? value.length - name.length + dot : value.length],
    ignoreFocusOut: true,
    validateInput: (text) => validation(text, folder),
  });
}

/** The name that the block gives, relative to the folder; it may be one that is then refused, and says why. */
function suggestedName(block: CodeBlock, { uri }: WorkspaceFolder): string {
  const name = namedFile(block) ?? '';
  const root = `${uri.fsPath.replaceAll('\\', '/')}/`;
  const path = name.replaceAll('\\', '/');
  return path.startsWith(root) ? path.slice(root.length) : name;
}

async function validation(
  text: string,
  folder: WorkspaceFolder,
): Promise<string | InputBoxValidationMessage | undefined> {
  const judgement = judgePath(text);
  if ('problem' in judgement) return unlinked(problemText({ ...judgement, name: text }));
  try {
    const place = await placeOf(folder, judgement.segments);
    if ('problem' in place) return unlinked(problemText(place));
    return place.state === 'existing'
      ? {
          message: l10n.t('The file exists. You see a diff before anything changes.'),
          severity: InputBoxValidationSeverity.Info,
        }
      : undefined;
  } catch {
    // Whoever saves hears of it.
    return undefined;
  }
}

function placeOf({ uri }: WorkspaceFolder, segments: readonly string[]): Promise<Place> {
  return uri.scheme === 'file' ? placeOnDisk(uri.fsPath, segments) : placeInWorkspace(uri, segments);
}

async function write(
  { uri }: WorkspaceFolder,
  segments: readonly string[],
  text: string,
  isAgreed: boolean,
): Promise<Place | { readonly written: Uri }> {
  if (uri.scheme !== 'file') return createInWorkspace(uri, segments, text, isAgreed);
  const result = await writeNewFile(uri.fsPath, segments, text, isAgreed);
  return 'written' in result ? { written: Uri.joinPath(uri, ...segments) } : result;
}

function agrees(name: string): Promise<boolean> {
  return confirmLoss(
    l10n.t('Save “{0}”?', plainText(name)),
    l10n.t(
      'Tools may run or obey a file with this name without asking you. Save it only if you have read the code.',
    ),
    l10n.t('Save'),
  );
}

function refusal(name: string, place: Place): string {
  const reason =
    'problem' in place ? problemText(place) : l10n.t('The folder has changed at the same moment. Try again.');
  return l10n.t('“{0}” was not saved. {1}', plainText(name), reason);
}

async function show(uri: Uri): Promise<void> {
  await window.showTextDocument(uri, { viewColumn: columnOf(uri), preview: false });
}

async function proposeOverwriting(
  folder: WorkspaceFolder,
  segments: readonly string[],
  text: string,
  proposals: EditProposals,
): Promise<string | undefined> {
  const uri = Uri.joinPath(folder.uri, ...segments);
  const path = segments.join('/');
  const document = await workspace.openTextDocument(uri);
  if (document.getText().replaceAll('\r\n', '\n') === text) {
    await show(uri);
    return l10n.t('“{0}” already has this content.', plainText(path));
  }
  const objection = async () => {
    const place = await placeOf(folder, segments);
    return 'problem' in place || place.state === 'new' ? refusal(path, place) : undefined;
  };
  await proposals.propose({
    uri,
    title: l10n.t('{0}: code from the reply', plainText(segments.at(-1) ?? '')),
    changesFor: (current) => [wholeText(current, text)],
    objection,
    applied: async (current) => {
      const reason = await objection();
      if (reason === undefined) await current.save();
      return reason;
    },
  });
  return undefined;
}

function saveTitle(): string {
  return l10n.t('Save Code from Reply');
}
