// npm as a program: the one that runs us, else the one beside our Node, else the one on the PATH.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

function npmCommand(): { command: string; prefix: string[]; shell: boolean } {
  const beside = ['../lib/node_modules', './node_modules'].map((modules) =>
    path.resolve(path.dirname(process.execPath), modules, 'npm/bin/npm-cli.js'),
  );
  const cli = [process.env['npm_execpath'], ...beside].find(
    (file) => file && path.basename(file) === 'npm-cli.js' && existsSync(file),
  );
  return cli
    ? { command: process.execPath, prefix: [cli], shell: false }
    : { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}

/** Runs npm. @returns what it said */
export async function npm(directory: string, ...parameters: string[]): Promise<string> {
  const { command, prefix, shell } = npmCommand();
  // What `npm run` tells its scripts about our project is not about this directory.
  const outer = /^npm_(package|lifecycle|config_(local_prefix|prefix|global_prefix)|command$)/;
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));

  let output = '';
  const child = spawn(command, [...prefix, ...parameters], { cwd: directory, env: environment, shell });
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (exit, signal) => resolve(exit ?? signal ?? 'unknown'));
  });
  if (code !== 0)
    throw new Error(`npm ${parameters.join(' ')} failed (${String(code)}). It said:\n${output.trim()}`);
  return output;
}

/** Installs into a directory of its own; no install script of any package runs. */
export async function npmInstall(directory: string, ...packages: string[]): Promise<void> {
  const manifest = path.join(directory, 'package.json');
  // Without one npm walks up, and would install into our project.
  if (!existsSync(manifest)) await writeFile(manifest, '{"private":true}');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false', '--ignore-scripts'];
  try {
    await npm(directory, 'install', '--omit=dev', ...quiet, ...packages);
  } catch (error) {
    const what = packages.join(' ') || `the dependencies of ${path.basename(directory)}`;
    throw new Error(
      `Could not install ${what}. Is the npm registry reachable from here?\n${(error as Error).message}`,
    );
  }
}
