// The packages that `npm start` installs: the extension as users get it, which `npm run package` has made, and the companion.
import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { project } from './project';

/** @returns the files of the two packages */
export async function packageExtensions(directory: string): Promise<string[]> {
  const source = path.join(directory, 'companion');
  await mkdir(source, { recursive: true });
  const compiled = path.join(project, 'out', 'test', 'vscode', 'companion', 'extension.js');
  await copyFile(
    path.join(project, 'test', 'vscode', 'companion', 'package.json'),
    path.join(source, 'package.json'),
  );
  await copyFile(compiled, path.join(source, 'extension.js'));
  const companion = path.join(directory, 'companion.vsix');
  const vsce = path.join(path.dirname(require.resolve('@vscode/vsce/package.json')), 'vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', companion];
  await promisify(execFile)(process.execPath, [vsce, 'package', ...options], { cwd: source });
  return [path.join(project, 'bedrock-gateway.vsix'), companion];
}
