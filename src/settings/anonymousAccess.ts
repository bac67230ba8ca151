// VS Code's own setting chat.allowAnonymousAccess: without it, Chat sends nothing before the user signs in to GitHub.
import { ConfigurationTarget, type TextEditor, commands, l10n, window, workspace } from 'vscode';
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
    // Since 1.106 or so VS Code keeps it out of the list of settings, and writes none that is not in there.
    await addToSettingsFile();
  }
}

async function addToSettingsFile(): Promise<void> {
  const editor = await openSettingsFile();
  const { document } = editor;
  if (document.isDirty)
    throw new SettingNotWritten(
      'user',
      l10n.t('settings.json has unsaved changes. Save it, then try again.'),
    );
  const insertion = settingInsertion(document.getText(), anonymousAccess, true);
  if (!insertion) throw new SettingNotWritten('user', l10n.t('settings.json does not hold settings.'));
  const place = document.positionAt(insertion.offset);
  const isInserted = await editor.edit((edit) => edit.insert(place, insertion.text));
  if (!isInserted || !(await document.save()))
    throw new SettingNotWritten('user', l10n.t('settings.json could not be changed.'));
}

/** How long VS Code may take to open the file, ms. */
const openLimitMs = 5000;

/** Opens the user's settings.json, where the user sees what is added. */
async function openSettingsFile(): Promise<TextEditor> {
  await commands.executeCommand('workbench.action.openSettingsJson');
  const isOpen = (editor: TextEditor | undefined) => editor?.document.uri.path.endsWith('/settings.json');
  const opened = window.activeTextEditor;
  if (opened && isOpen(opened)) return opened;
  return new Promise((resolve, reject) => {
    const listener = window.onDidChangeActiveTextEditor((editor) => {
      if (editor && isOpen(editor)) finish(() => resolve(editor));
    });
    const timer = setTimeout(
      () => finish(() => reject(new SettingNotWritten('user', l10n.t('settings.json could not be opened.')))),
      openLimitMs,
    );
    const finish = (settle: () => void) => {
      listener.dispose();
      clearTimeout(timer);
      settle();
    };
  });
}
