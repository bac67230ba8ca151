// The folders that prompt files are in: the user's and the workspace's.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Uri, workspace } from 'vscode';
import { readPromptLocations } from '../settings';

export interface PromptFolder {
  readonly uri: Uri;
  /** Whose prompts are in it. */
  readonly from: 'user' | 'workspace';
}

/** Where VS Code has them by default. */
const defaultFolder = '.github/prompts';

/**
 * The user's prompts folder of VS Code's default profile: "…/User/prompts". `storage` is this extension's
 * globalStorageUri, "…/User/globalStorage/<extension>". VS Code tells an extension nothing about other profiles.
 */
export function userPromptsFolder(storage: Uri): Uri {
  return Uri.joinPath(storage, '..', '..', 'prompts');
}

/** The folder in which a workspace folder's new prompts are created. */
export function workspacePromptsFolder(workspaceFolder: Uri): Uri {
  return Uri.joinPath(workspaceFolder, defaultFolder);
}

/** All folders, without duplicates. Those in a workspace that is not trusted are left out. */
export function promptFolders(storage: Uri): readonly PromptFolder[] {
  const { inWorkspace, ofUser } = readPromptLocations();
  const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
  const all: readonly PromptFolder[] = [
    { uri: userPromptsFolder(storage), from: 'user' },
    ...ofUser.map((location) => folderOfUser(location)),
    ...folders.flatMap(({ uri }) =>
      inWorkspace.map((location) => ({
        uri: Uri.joinPath(uri, location.replaceAll('\\', '/')),
        from: 'workspace' as const,
      })),
    ),
  ];
  return [
    ...new Map(all.toReversed().map((folder) => [folder.uri.toString(), folder])).values(),
  ].toReversed();
}

/** Files inside of the workspace are the workspace's, however the user's settings name their folder. */
function folderOfUser(location: string): PromptFolder {
  const uri = Uri.file(location.startsWith('~') ? join(homedir(), location.slice(1)) : location);
  return { uri, from: workspace.getWorkspaceFolder(uri) ? 'workspace' : 'user' };
}
