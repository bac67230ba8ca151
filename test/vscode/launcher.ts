// Runs VS Code's test protocol on code-server, as the executable that @vscode/test-electron starts. Heeds
//   a folder, --folder-uri=, --extensionDevelopmentPath=, --extensionTestsPath=, --extensions-dir=,
//   --user-data-dir=    a directory called `data`, kept by the caller; any other is ignored for a fresh one
//   --locale=           with the language pack of languagePack.ts in the data directory
//   --remote-debugging-port=   where the browser can be driven
//   --workspace-trust   ours: undoes --disable-workspace-trust, which is always passed
//   --as-person         ours: the extension and the tests are installed instead (unpacked.ts); an extension
//                       that is a .vsix is installed by VS Code itself
//   --without-programs  ours: see builtIn.ts
// and from the environment, which the extension host inherits:
//   VSCODE_LAUNCH_SECONDS   after how long a run is given up (3600)
//   VSCODE_LAUNCH_DESKTOP   a desktop VS Code to start instead, with the arguments that this makes of them
import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ConsoleJournal } from './consoleJournal';
import { withFont } from './fonts';
import { install } from './install';
import { type LaunchArguments, parseLaunchArguments } from './launchArguments';
import { endGroup } from './processes';
import { type Server, startServer } from './server';
import { type Cli, desktopCli, installPackage, serverCli } from './installPackage';
import { installUnpacked, wrapTests } from './unpacked';
import { openPage } from './workbenchPage';

const parameters = process.argv.slice(2);
const journal = new ConsoleJournal();
let server: Server | undefined;

/** Everything that has to be undone, the last first. */
const undo: (() => Promise<unknown>)[] = [];
let ending: Promise<never> | undefined;

async function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const step of undo.reverse()) await step().catch((error: unknown) => console.error(error));
    process.exit(code);
  })();
  return ending;
}

/** code-server's VS Code writes no log files (it lacks spdlog): what there is, is on its consoles. */
function explain(): void {
  console.error(`The workbench's console ends:\n${journal.tail()}`);
  if (server) console.error(`VS Code's server ended saying:\n${server.said().slice(-2000)}`);
}

/** A pipe as standard input belongs to who started us: when it closes, they are gone. */
function endWithParent(): void {
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on('end', () => void end(1)).resume();
}

/** Does what `--as-person` asks for. `cli` is VS Code's command line. */
async function prepare(
  { asPerson, extensions, tests, userData, extensionsDirectory }: LaunchArguments,
  cli: Cli,
): Promise<void> {
  if (!asPerson) return;
  const isPackage = (extension: string) => extension.endsWith('.vsix');
  for (const file of extensions.filter(isPackage))
    await installPackage(file, cli, { userData, extensionsDirectory });
  const wrapped = tests ? [await wrapTests(tests, path.join(path.dirname(userData), 'tests'))] : [];
  await installUnpacked(extensionsDirectory, [
    ...extensions.filter((extension) => !isPackage(extension)),
    ...wrapped,
  ]);
}

async function runDesktop(executable: string): Promise<void> {
  const options = parseLaunchArguments(parameters);
  await prepare(options, desktopCli(executable));
  const kept = parameters.filter((text) => {
    if (text === '--disable-workspace-trust') return !options.workspaceTrust;
    if (text.startsWith('--extensionDevelopmentPath=') || text.startsWith('--extensionTestsPath='))
      return !options.asPerson;
    return !['--workspace-trust', '--as-person', '--without-programs'].includes(text);
  });
  const child = spawn(executable, kept, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function runCodeServer(): Promise<void> {
  const options = parseLaunchArguments(parameters);
  const data = path.dirname(options.userData);
  if (options.temporary) undo.push(() => rm(data, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(1));
  endWithParent();

  const seconds = Number(process.env['VSCODE_LAUNCH_SECONDS'] ?? 3600);
  const installation = await install();
  await prepare(options, serverCli(installation, data));
  const deadline = setTimeout(() => {
    console.error(`VS Code was given up after ${seconds} s (VSCODE_LAUNCH_SECONDS).`);
    explain();
    void end(1);
  }, seconds * 1000);
  deadline.unref();

  server = await startServer(installation, options);
  const { authority, ready, process: child } = server;
  undo.push(() => endGroup(child));
  await ready;
  const browser = await withFont(installation.browser, options.locale);
  const { context, exitCode } = await openPage(browser, authority, options, journal);
  undo.push(() => context.close());
  const code = await exitCode;
  if (code !== 0 && !ending) explain();
  await end(code);
}

const desktop = process.env['VSCODE_LAUNCH_DESKTOP'];
(desktop ? runDesktop(desktop) : runCodeServer()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  void end(1);
});
