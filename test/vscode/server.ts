// VS Code's own server, as code-server packages it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { waitLimit } from '../limits';
import { withoutPrograms } from './builtIn';
import type { Installation } from './install';
import type { LaunchArguments } from './launchArguments';
import { freePort } from './processes';

export interface Server {
  readonly authority: string;
  readonly process: ChildProcess;
  /** Rejects when the server ends instead, or takes more than `waitLimit`. */
  readonly ready: Promise<void>;
  /** What it printed so far. */
  said(): string;
}

async function answers({ authority, process: child, said }: Omit<Server, 'ready'>): Promise<void> {
  const began = Date.now();
  while (Date.now() - began < waitLimit && child.exitCode === null) {
    const answer = await fetch(`http://${authority}/version`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`VS Code's server did not start. It said:\n${said().trim()}`);
}

/** Its environment is ours and becomes the extension host's; only what it writes is kept in its directory. */
export async function startServer(
  { node, codeServer }: Installation,
  options: LaunchArguments,
): Promise<Server> {
  const authority = `127.0.0.1:${await freePort()}`;
  const data = path.dirname(options.userData);
  const temporary = path.join(data, 'tmp');
  await mkdir(temporary, { recursive: true });
  const child = spawn(
    node,
    [
      path.join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'),
      '--without-connection-token',
      '--accept-server-license-terms',
      '--host=127.0.0.1',
      `--port=${authority.split(':')[1] ?? ''}`,
      `--server-data-dir=${data}`,
      `--extensions-dir=${options.extensionsDirectory}`,
      ...(options.withoutPrograms
        ? [`--builtin-extensions-dir=${await withoutPrograms(codeServer, path.join(data, 'built-in'))}`]
        : []),
      '--telemetry-level=off',
      // Without it the workbench does not heed the page's payload, which names our extension and tests.
      ...(options.asPerson ? [] : ['--enable-smoke-test-driver']),
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.locale ? ['--locale', options.locale] : []),
    ],
    // No gallery: it would ask the network for extensions that go with the open file.
    {
      env: { ...process.env, TMPDIR: temporary, EXTENSIONS_GALLERY: '{}' },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
  const server = { authority, process: child, said: () => output };
  return { ...server, ready: answers(server) };
}
