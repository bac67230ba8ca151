// Creates, edits and deletes saved prompts. New ones are files; a prompt in a setting is edited in its settings.json.
import { FileType, Selection, TextEditorRevealType, Uri, commands, l10n, window, workspace } from 'vscode';
import { section, storePrompt } from '../settings';
import { confirmLoss } from '../ui/messages';
import { type StepResult, askChoice, askText } from '../ui/quickInput';
import { labelText, plainText } from '../util/plainText';
import { promptFileEnding } from './promptFiles';
import { userPromptsFolder, workspacePromptsFolder } from './promptFolders';
import type { OfferedPrompt } from './savedPrompts';

const newPromptTitle = () => l10n.t('New Prompt');

/** Asks where and how the new prompt is called, creates its file, and opens it. */
export async function createPrompt(storage: Uri): Promise<void> {
  const canBeInWorkspace = workspace.isTrusted && (workspace.workspaceFolders ?? []).length > 0;
  for (;;) {
    const folder = canBeInWorkspace ? await askFolder(storage) : { value: userPromptsFolder(storage) };
    if (typeof folder !== 'object') return;
    const name = await askName(await fileNamesIn(folder.value), canBeInWorkspace);
    if (name === 'back') continue;
    if (name === 'cancelled') return;
    const file = Uri.joinPath(folder.value, fileNameFor(name.value));
    await workspace.fs.createDirectory(folder.value);
    await workspace.fs.writeFile(file, new TextEncoder().encode(templateFor(name.value)));
    await window.showTextDocument(file, { preview: false });
    return;
  }
}

function askFolder(storage: Uri): Promise<StepResult<Uri>> {
  const folders = workspace.workspaceFolders ?? [];
  return askChoice(
    { title: newPromptTitle(), step: 1, steps: 2 },
    {
      placeHolder: l10n.t('Where to save it'),
      choices: [
        {
          label: l10n.t('My Prompts'),
          detail: l10n.t('For you, in every workspace'),
          value: userPromptsFolder(storage),
        },
        ...folders.map(({ uri, name }) => ({
          label: folders.length > 1 ? labelText(name) : l10n.t('This Workspace'),
          detail: l10n.t('In {0}, for everybody who opens it', '.github/prompts'),
          value: workspacePromptsFolder(uri),
        })),
      ],
    },
  );
}

function askName(taken: ReadonlySet<string>, canGoBack: boolean): Promise<StepResult<string>> {
  return askText(
    { title: newPromptTitle(), ...(canGoBack && { step: 2, steps: 2, canGoBack }) },
    {
      prompt: l10n.t('The name of the prompt'),
      problem: (text) => {
        if (!text.trim()) return l10n.t('The prompt needs a name.');
        return taken.has(fileNameFor(text).toLowerCase())
          ? l10n.t('There is already a file {0}.', plainText(fileNameFor(text)))
          : undefined;
      },
    },
  );
}

/** In small letters, since some file systems do not tell them from capitals. */
async function fileNamesIn(folder: Uri): Promise<ReadonlySet<string>> {
  try {
    return new Set((await workspace.fs.readDirectory(folder)).map(([name]) => name.toLowerCase()));
  } catch {
    // The folder is created with the first prompt.
    return new Set();
  }
}

/** `name` without what a file system does not take, or what Git and shells make difficult. */
function fileNameFor(name: string): string {
  const plain = name
    .trim()
    .slice(0, 80)
    .toWellFormed()
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return `${plain || 'prompt'}${promptFileEnding}`;
}

function templateFor(name: string): string {
  const lines = [
    '---',
    `name: ${JSON.stringify(name.trim())}`,
    `description: ${JSON.stringify(l10n.t('What the prompt does'))}`,
    '---',
    l10n.t('Write the prompt here. The next line stands for the selected text.'),
    '',
    '${selection}',
    '',
  ];
  return lines.join('\n');
}

/** Opens the prompt where it is. A built-in one is first copied into the user's settings. */
export async function editPrompt({ name, text, from, file }: OfferedPrompt): Promise<void> {
  if (file) {
    await window.showTextDocument(file, { preview: false });
    return;
  }
  if (from === 'builtIn') await storePrompt(name, text, 'user');
  const command = from === 'workspace' ? 'openWorkspaceSettingsFile' : 'openSettingsJson';
  const key = `${section}.prompts`;
  await commands.executeCommand(`workbench.action.${command}`, { revealSetting: { key } });
  const editor = window.activeTextEditor;
  if (!editor?.document.uri.path.endsWith('.json') && !editor?.document.uri.path.endsWith('.code-workspace'))
    return;
  // VS Code shows the setting; this selects the prompt in it.
  const json = editor.document.getText();
  const start = json.indexOf(JSON.stringify(name), Math.max(0, json.indexOf(JSON.stringify(key))));
  if (start === -1) return;
  const [anchor, active] = [start, start + JSON.stringify(name).length].map((at) =>
    editor.document.positionAt(at),
  );
  if (!anchor || !active) return;
  editor.selection = new Selection(anchor, active);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Asks, then deletes the prompt where it is. Hides a built-in one. Resolves to whether it is gone. */
export async function removePrompt({ name, label, from, file }: OfferedPrompt): Promise<boolean> {
  const shown = plainText(label);
  const setting = `${section}.prompts`;
  if (file) return deleteFile(file, shown);
  if (from === 'builtIn') {
    const detail = l10n.t(
      'Your setting {0} then maps its name to false. To get the prompt back, remove that entry from the setting.',
      setting,
    );
    if (!(await confirmLoss(l10n.t('Hide the built-in prompt “{0}”?', shown), detail, l10n.t('Hide'))))
      return false;
    await storePrompt(name, false, 'user');
    return true;
  }
  const detail =
    from === 'user'
      ? l10n.t(
          'It is removed from your setting {0}. A built-in prompt of the same name is then offered again.',
          setting,
        )
      : l10n.t('It is removed from the setting {0} of this workspace.', setting);
  if (!(await confirmLoss(deleteQuestion(shown), detail, l10n.t('Delete')))) return false;
  await storePrompt(name, undefined, from);
  return true;
}

const deleteQuestion = (shown: string) => l10n.t('Delete the prompt “{0}”?', shown);

async function deleteFile(file: Uri, shown: string): Promise<boolean> {
  const place = plainText(workspace.asRelativePath(file), 300);
  const button = l10n.t('Delete');
  if (
    !(await confirmLoss(deleteQuestion(shown), l10n.t('Its file is moved to the trash: {0}', place), button))
  )
    return false;
  try {
    await workspace.fs.delete(file, { useTrash: true });
  } catch {
    // Not every file system has a trash. VS Code's Explorer asks the same.
    const { type } = await workspace.fs.stat(file);
    if (type === FileType.Directory) return false;
    const detail = l10n.t('There is no trash for {0}. A deleted file can’t be restored.', place);
    if (!(await confirmLoss(l10n.t('Delete the file permanently?'), detail, button))) return false;
    await workspace.fs.delete(file, { useTrash: false });
  }
  return true;
}
