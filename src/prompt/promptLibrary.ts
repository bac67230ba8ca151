// All saved prompts, in the order in which they are offered.
import type { Uri } from 'vscode';
import type { SavedPrompt } from '../settings';
import { type UnusableFile, readPromptFiles } from './promptFiles';
import { promptFolders } from './promptFolders';
import type { LastUsedPrompts } from './promptStates';
import { type OfferedPrompt, promptOfFile, settingsPrompts } from './savedPrompts';

export interface PromptLibrary {
  readonly prompts: readonly OfferedPrompt[];
  readonly unusable: readonly UnusableFile[];
}

/**
 * The prompts of the settings and of files: the user's and the built-in ones, the last used first; then the workspace's,
 * so that pressing Enter without looking does not send one of those. `storage`: this extension's globalStorageUri.
 */
export async function offeredPrompts(storage: Uri, lastUsed: LastUsedPrompts): Promise<PromptLibrary> {
  const files = await readPromptFiles(promptFolders(storage));
  const prompts = [
    ...settingsPrompts(),
    ...files.flatMap((file) => ('body' in file ? [promptOfFile(file)] : [])),
  ];
  const from = (...owners: readonly SavedPrompt['from'][]) =>
    owners.flatMap((owner) => prompts.filter((prompt) => prompt.from === owner));
  return {
    prompts: [...lastUsed.sorted(from('user', 'builtIn')), ...lastUsed.sorted(from('workspace'))],
    unusable: files.flatMap((file) => ('problem' in file ? [file] : [])),
  };
}
