// Where the windows of a workspace find what they have in common.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The directory that all windows of a workspace share. `storage`: the extension's directory for the workspace, as VS Code
 * gives it. While one window has the workspace's storage, VS Code gives further ones a storage each, with a number behind
 * its name, which only such a further window would find again
 * (https://github.com/microsoft/vscode/blob/main/src/vs/workbench/api/node/extHostStoragePaths.ts).
 */
export function sharedStorage(storage: string): string {
  const workspace = dirname(storage);
  const [, first] = /^(.+)-[1-9]$/.exec(workspace) ?? [];
  // VS Code has made that of the first before that of another.
  return first !== undefined && existsSync(first) ? join(first, basename(storage)) : storage;
}
