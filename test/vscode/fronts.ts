// The two ways in which `npm start` shows VS Code: the desktop's, or code-server's own front in a browser.
// (Not the server that tests use: secrets do not outlast a reload there.)
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installServer } from './install';
import { endGroup, freePort } from './processes';

export interface Place {
  /** Removed at the end; holds `data/User/settings.json`. */
  readonly directory: string;
  readonly folder: string;
  readonly packages: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Front {
  /** What to tell the person. */
  readonly message: string;
  close(): Promise<void>;
}

function profile({ directory }: Place): string[] {
  return [
    `--user-data-dir=${path.join(directory, 'data')}`,
    `--extensions-dir=${path.join(directory, 'extensions')}`,
  ];
}

function installs({ packages }: Place): string[] {
  return packages.flatMap((file) => ['--install-extension', file]);
}

async function finished(child: ChildProcess, what: string): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  if (code !== 0) throw new Error(`${what} failed (${String(code)}):\n${output.trim()}`);
}

export function findDesktop(): string | undefined {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((directory) => names.map((name) => path.join(directory, name)))
    .find((file) => existsSync(file));
}

export async function openDesktop(code: string, place: Place): Promise<Front> {
  const shell = process.platform === 'win32';
  const quoted = (text: string): string => (shell ? `"${text}"` : text);
  const run = (parameters: readonly string[]): ChildProcess =>
    spawn(quoted(code), parameters.map(quoted), { shell, env: { ...process.env, ...place.environment } });
  await finished(
    run([...profile(place), ...installs(place), '--force']),
    'Installing the extension into VS Code',
  );
  await finished(
    run([...profile(place), '--new-window', '--disable-workspace-trust', place.folder]),
    'VS Code',
  );
  // The companion ends VS Code, when the port closes that start.ts holds open.
  return { message: 'VS Code is open.', close: () => wait(1000) };
}

export async function openCodeServer(place: Place): Promise<Front> {
  const { node, codeServer } = await installServer();
  const port = await freePort();
  const configuration = path.join(place.directory, 'config.yaml');
  await writeFile(configuration, 'cert: false\n');
  const base = [
    path.join(codeServer, 'out', 'node', 'entry.js'),
    `--config=${configuration}`,
    ...profile(place),
  ];
  // It keeps a heartbeat file in the home directory otherwise, whatever its data directory is.
  const env = {
    ...process.env,
    ...place.environment,
    XDG_DATA_HOME: place.directory,
    // Caches and sockets go with the rest.
    HOME: place.directory,
    TMPDIR: place.directory,
    EXTENSIONS_GALLERY: '{}',
  };
  await finished(spawn(node, [...base, ...installs(place), '--force'], { env }), 'Installing the extension');

  const quiet = ['--auth=none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const server = spawn(node, [...base, ...quiet, `--bind-addr=127.0.0.1:${port}`, place.folder], {
    env,
    detached: true,
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}/`;
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error(`code-server ended with code ${server.exitCode}`);
    const answer = await fetch(`${address}healthz`).catch(() => undefined);
    if (answer?.ok) break;
    await wait(100);
  }
  const page = `${address}?folder=${encodeURIComponent(place.folder)}`;
  return { message: `Open ${page} in your browser.`, close: () => endGroup(server) };
}
