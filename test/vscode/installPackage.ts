// Installs a .vsix as a person does, by VS Code's own command line.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import type { Installation } from './install';

/** A command line of VS Code: a program and its first arguments. */
export interface Cli {
  readonly program: string;
  readonly prefix: readonly string[];
}

export function desktopCli(executable: string): Cli {
  return { program: resolveCliPathFromVSCodeExecutablePath(executable), prefix: [] };
}

/** @param data the server's data directory */
export function serverCli({ node, codeServer }: Installation, data: string): Cli {
  const main = path.join(codeServer, 'lib', 'vscode', 'out', 'server-main.js');
  return { program: node, prefix: [main, '--accept-server-license-terms', `--server-data-dir=${data}`] };
}

/** @throws with what VS Code said, when it does not take the package */
export async function installPackage(
  file: string,
  { program, prefix }: Cli,
  places: { readonly userData: string; readonly extensionsDirectory: string },
): Promise<void> {
  const parameters = [
    ...prefix,
    `--extensions-dir=${places.extensionsDirectory}`,
    ...(prefix.length > 0 ? [] : [`--user-data-dir=${places.userData}`]),
    `--install-extension=${file}`,
    '--force',
  ];
  const shell = process.platform === 'win32' && prefix.length === 0;
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}' };
  const { stdout } = await promisify(execFile)(program, parameters, { env, shell });
  if (!stdout.includes('successfully installed'))
    throw new Error(`VS Code did not install ${file}: ${stdout}`);
}
