// One run of VS Code with a test module inside: the one way in, for code-server's VS Code and for desktop's.
import { rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { chosenEdition } from './editions';
import { pretendLanguagePack } from './languagePack';
import { makeDataDirectory } from './launchArguments';
import { launch, project } from './project';
import { defaultSettings } from './settings';
import { installUnpacked } from './unpacked';

export interface SessionOptions {
  /** The compiled module whose `run()` is called inside the extension host. */
  readonly tests: string;
  /** Opened in VS Code; a fresh and empty one if not given. */
  readonly folder?: string | undefined;
  /** User settings, by their whole names. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** For the extension host; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** False: the folder is opened in Restricted Mode. Otherwise workspace trust is off as a whole. */
  readonly trusted?: boolean | undefined;
  /** The language of the extension, such as `ja`. */
  readonly locale?: string | undefined;
  readonly debuggingPort?: number | undefined;
  /** Without VS Code's test mode, in which it shows neither dialogs nor notifications; see unpacked.ts. */
  readonly asPerson?: boolean | undefined;
  /** The extension under development, or a .vsix (needs `asPerson`); the project itself if not given. */
  readonly extension?: string | undefined;
  /** Without VS Code's own programs; see builtIn.ts. Heeded by code-server's VS Code alone. */
  readonly withoutPrograms?: boolean | undefined;
  /** Further extensions, installed from where they lie. */
  readonly installed?: readonly string[] | undefined;
}

export interface Session {
  /** Everything that VS Code writes is under here: data, extensions, browser profile, home. */
  readonly dataDirectory: string;
  readonly folder: string;
  /** Resolves when VS Code ends with code 0, and rejects at any other. */
  readonly ended: Promise<void>;
  /** Waits for the end, and removes the data directory. */
  dispose(): Promise<void>;
}

/** `VSCODE_DESKTOP=1`: desktop VS Code, the one that VSCODE_PATH names or test-electron's own download. */
async function desktopExecutable(): Promise<string | undefined> {
  if (!process.env['VSCODE_DESKTOP']) return undefined;
  return process.env['VSCODE_PATH'] ?? downloadAndUnzipVSCode(chosenEdition().version);
}

/** All user settings of a VS Code that is given these. */
export function userSettings(
  settings: SessionOptions['settings'] = {},
  restricted = false,
): Record<string, unknown> {
  return { ...defaultSettings(restricted), ...settings };
}

export async function startSession(options: SessionOptions): Promise<Session> {
  const dataDirectory = makeDataDirectory();
  const userData = path.join(dataDirectory, 'data');
  const home = path.join(dataDirectory, 'home');
  const folder = options.folder ?? path.join(dataDirectory, 'folder');
  const desktop = await desktopExecutable();
  const restricted = options.trusted === false;

  for (const directory of [path.join(userData, 'User'), home, folder])
    await mkdir(directory, { recursive: true });
  const settings = userSettings(options.settings, restricted);
  await writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
  if (options.locale) await pretendLanguagePack(userData, options.locale);
  const extensions = path.join(dataDirectory, 'extensions');
  if (options.installed) await installUnpacked(extensions, options.installed);

  const environment: Record<string, string | undefined> = {
    // An empty home keeps the tester's ~/.aws out. The desktop needs the real one: keychain, display.
    ...(desktop ? { VSCODE_LAUNCH_DESKTOP: desktop } : { HOME: home }),
    // Set where an editor or an agent runs us inside VS Code; it would make Electron a plain Node.
    ELECTRON_RUN_AS_NODE: undefined,
    SESSION_DIRECTORY: dataDirectory,
    ...options.environment,
  };
  const run = runTests({
    // Windows cannot start a script as a program; there Restricted Mode is what cannot be had.
    vscodeExecutablePath: desktop && process.platform === 'win32' ? desktop : launch,
    extensionDevelopmentPath: options.extension ?? project,
    extensionTestsPath: options.tests,
    extensionTestsEnv: environment,
    launchArgs: [
      folder,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensions}`,
      ...(restricted ? ['--workspace-trust'] : []),
      ...(options.asPerson ? ['--as-person'] : []),
      ...(options.withoutPrograms ? ['--without-programs'] : []),
      ...(options.locale ? [`--locale=${options.locale}`] : []),
      ...(options.debuggingPort ? [`--remote-debugging-port=${options.debuggingPort}`] : []),
    ],
  });
  const ended = run.then(() => undefined);
  // Whoever awaits it hears of a failure; nobody has to.
  ended.catch(() => undefined);
  // An interrupted run disposes of nothing.
  const removeNow = (): void => {
    try {
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // VS Code is still ending, and writes there.
    }
  };
  process.once('exit', removeNow);
  const dispose = async (): Promise<void> => {
    await ended.catch(() => undefined);
    process.off('exit', removeNow);
    await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
  };
  return { dataDirectory, folder, ended, dispose };
}
