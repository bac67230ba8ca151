import { Uri } from 'vscode';

/** Where the record lies, in the storage that VS Code gives the extension for all windows. */
export function recordDirectory(storage: Uri): Uri {
  return Uri.joinPath(storage, 'activity');
}
