// Where things are. Compiled tests run from out/, at a depth that depends on the test, so the project's
// top level is found by its manifest and not by counting dots.
import { existsSync } from 'node:fs';
import path from 'node:path';

function topLevel(directory: string): string {
  const parent = path.dirname(directory);
  if (existsSync(path.join(directory, 'package.json'))) return directory;
  if (parent === directory) throw new Error(`No package.json above ${__dirname}`);
  return topLevel(parent);
}

export const project = topLevel(__dirname);

/** Git-ignored; @vscode/test-electron keeps its own download of VS Code there too. */
export const cache = path.join(project, '.vscode-test');

/** The executable that stands in for desktop VS Code's. */
export const launch = path.join(project, 'test', 'vscode', 'launch');
