// Extensions as a person has them: installed, though from where they lie and without a package. VS Code in
// its test mode refuses to show dialogs, and with the driver that code-server's test mode needs it shows no
// notifications either; so what a person sees has to be tested without that mode.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

/** Adds extensions to the list that VS Code keeps of what is installed in `extensionsDirectory`. */
export async function installUnpacked(
  extensionsDirectory: string,
  extensions: readonly string[],
): Promise<void> {
  const entries = await Promise.all(
    extensions.map(async (extension) => {
      const location = path.resolve(extension);
      const text = await readFile(path.join(location, 'package.json'), 'utf8');
      const { name, publisher, version } = JSON.parse(text) as Manifest;
      return {
        identifier: { id: `${publisher}.${name}` },
        version,
        location: { $mid: 1, path: location, scheme: 'file' },
        metadata: { source: 'vsix', installedTimestamp: 0 },
      };
    }),
  );
  await mkdir(extensionsDirectory, { recursive: true });
  const list = path.join(extensionsDirectory, 'extensions.json');
  const before = JSON.parse(await readFile(list, 'utf8').catch(() => '[]')) as unknown[];
  await writeFile(list, JSON.stringify([...before, ...entries]));
}

/** Makes an extension of a test module: it calls `run()` when VS Code has started. */
export async function wrapTests(tests: string, directory: string): Promise<string> {
  const manifest: Manifest & Record<string, unknown> = {
    name: 'test-module',
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['onStartupFinished'],
    extensionKind: ['workspace'],
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    path.join(directory, 'main.js'),
    "exports.activate = () => void require('./tests.js').run();\n",
  );
  // A copy: VS Code gives `vscode` only to modules below an extension.
  await copyFile(tests, path.join(directory, 'tests.js'));
  return directory;
}
