// VS Code's own setting chat.allowAnonymousAccess: without it, Chat sends nothing before the user signs in to GitHub.
import {
  ConfigurationTarget,
  type Event,
  Range,
  type TextDocument,
  type TextEditor,
  commands,
  l10n,
  window,
  workspace,
} from 'vscode';
import { settingInsertion } from './settingsFile';
import { SettingNotWritten } from './writing';

export const anonymousAccess = 'chat.allowAnonymousAccess';

/** Whether nobody has decided about it, and Chat is not turned off as a whole. */
export function isAnonymousAccessOpen(): boolean {
  const chat = workspace.getConfiguration('chat');
  if (chat.get('disableAIFeatures') === true || chat.get('allowAnonymousAccess') === true) return false;
  return chat.inspect('allowAnonymousAccess')?.globalValue === undefined;
}

/** The ID of the authentication provider that Chat signs in with. */
export function chatAuthenticationProvider(): string {
  const provider = workspace.getConfiguration('github.copilot').get<unknown>('advanced.authProvider');
  return provider === 'github-enterprise' ? provider : 'github';
}

/** Adds it to the user's settings. @throws SettingNotWritten */
export async function allowAnonymousAccess(): Promise<void> {
  try {
    await workspace.getConfiguration().update(anonymousAccess, true, ConfigurationTarget.Global);
  } catch {
    // Later versions keep it out of the list of settings, and VS Code writes none that is not in there.
    await addToSettingsFile();
  }
}

async function addToSettingsFile(): Promise<void> {
  const editor = await openSettingsFile();
  const { document } = editor;
  if (document.isDirty)
    throw notWritten(l10n.t('settings.json has unsaved changes. Save it, then try again.'));
  const insertion = settingInsertion(document.getText(), anonymousAccess, true);
  if (!insertion) throw notWritten(l10n.t('settings.json does not hold settings.'));
  const place = document.positionAt(insertion.offset);
  const isInserted = await editor.edit((edit) => edit.insert(place, insertion.text));
  if (!isInserted) throw notWritten(l10n.t('settings.json could not be changed.'));
  editor.revealRange(new Range(place, place));
  await save(document);
}

/** Saves `document`. VS Code may be saving it by itself: `save` then resolves to false, before it is saved. */
async function save(document: TextDocument): Promise<void> {
  const saved = firstEvent(workspace.onDidSaveTextDocument, (each) => each === document);
  if (!(await document.save()) && !(await saved))
    throw notWritten(l10n.t('settings.json could not be saved.'));
}

/** Opens the user's settings.json, where the user sees what is added. */
async function openSettingsFile(): Promise<TextEditor> {
  // A folder's own may be open, too.
  const isSettings = (editor: TextEditor | undefined) =>
    editor !== undefined && /(?<!\/\.vscode)\/settings\.json$/.test(editor.document.uri.path);
  const shown = firstEvent(window.onDidChangeActiveTextEditor, isSettings);
  await commands.executeCommand('workbench.action.openSettingsJson');
  const editor = isSettings(window.activeTextEditor) ? window.activeTextEditor : await shown;
  if (!editor) throw notWritten(l10n.t('settings.json could not be opened.'));
  return editor;
}

function notWritten(reason: string): SettingNotWritten {
  return new SettingNotWritten('user', reason);
}

/** How long VS Code may take for what it was told to do, ms. */
const eventLimitMs = 5000;

/** The first event that `isMeant`; undefined if there is none in time. */
function firstEvent<T>(event: Event<T>, isMeant: (value: T) => boolean): Promise<T | undefined> {
  return new Promise((resolve) => {
    const finish = (value?: T) => {
      clearTimeout(timer);
      listener.dispose();
      resolve(value);
    };
    const timer = setTimeout(finish, eventLimitMs);
    const listener = event((value) => {
      if (isMeant(value)) finish(value);
    });
  });
}
