// What @vscode/test-electron and its callers pass to VS Code's executable, as far as launcher.ts heeds it.
import { mkdtempSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface LaunchArguments {
  readonly folder: string | undefined;
  readonly extensions: readonly string[];
  readonly tests: string | undefined;
  /** Holds `User/settings.json` and is always called `data`: the server's data directory is its parent. */
  readonly userData: string;
  /** True when the launcher made the directory above `userData`, and has to remove it. */
  readonly temporary: boolean;
  readonly extensionsDirectory: string;
  readonly locale: string | undefined;
  readonly debuggingPort: number | undefined;
  /** Workspace trust is on: @vscode/test-electron always says `--disable-workspace-trust`. */
  readonly workspaceTrust: boolean;
  /** Without VS Code's test mode: see unpacked.ts. */
  readonly asPerson: boolean;
  /** Without VS Code's own programs: see builtIn.ts. */
  readonly withoutPrograms: boolean;
}

export function parseLaunchArguments(parameters: readonly string[]): LaunchArguments {
  const all = (name: string): string[] =>
    parameters.flatMap((text) => (text.startsWith(`--${name}=`) ? [text.slice(name.length + 3)] : []));
  const last = (name: string): string | undefined => all(name).at(-1);

  const given = last('user-data-dir');
  const keeps = given !== undefined && path.basename(given) === 'data';
  const userData = keeps ? path.resolve(given) : path.join(makeDataDirectory(), 'data');
  const folderUri = last('folder-uri');
  const port = last('remote-debugging-port');
  return {
    folder: folderUri ? new URL(folderUri).pathname : parameters.find((text) => !text.startsWith('-')),
    extensions: all('extensionDevelopmentPath'),
    tests: last('extensionTestsPath'),
    userData,
    temporary: !keeps,
    extensionsDirectory: last('extensions-dir') ?? path.join(path.dirname(userData), 'extensions'),
    locale: last('locale'),
    debuggingPort: port === undefined ? undefined : Number(port),
    workspaceTrust: parameters.includes('--workspace-trust'),
    asPerson: parameters.includes('--as-person'),
    withoutPrograms: parameters.includes('--without-programs'),
  };
}

/** A fresh directory, its name short because sockets' paths under it may have 104 characters at most. */
export function makeDataDirectory(): string {
  return mkdtempSync(path.join(realpathSync(os.tmpdir()), 'vs-'));
}
