// VS Code's built-in extensions without those that are programs (git, Copilot, language servers): they take as long to
// start as all the rest, and most tests have no use for them.
import { mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';

/** What opens a notebook is needed. */
const kept: ReadonlySet<string> = new Set(['ipynb']);

/** Fills `directory` with links to those of them that only bring themes, grammars and the like. @returns it */
export async function withoutPrograms(codeServer: string, directory: string): Promise<string> {
  const all = path.resolve(codeServer, 'lib', 'vscode', 'extensions');
  await mkdir(directory);
  for (const name of await readdir(all)) {
    const manifest = await readFile(path.join(all, name, 'package.json'), 'utf8').catch(() => undefined);
    if (manifest === undefined) continue;
    const { main, browser } = JSON.parse(manifest) as { readonly main?: string; readonly browser?: string };
    if (kept.has(name) || (main === undefined && browser === undefined))
      await symlink(path.join(all, name), path.join(directory, name));
  }
  return directory;
}
