// The VS Codes that the suites run in, each as the npm package that carries it.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface Edition {
  /** The version of VS Code. */
  readonly version: string;
  readonly codeServer: string;
  /** code-server supports exactly one major version of Node each. */
  readonly nodeMajor: number;
  /** Changes the unpacked VS Code before its own dependencies are installed. */
  readonly mend?: (visualStudioCode: string) => Promise<void>;
}

export const editions = {
  current: { version: '1.139.1', codeServer: '4.139.1', nodeMajor: 24 },
  /** What `engines.vscode` promises to run on. */
  floor: { version: '1.105.1', codeServer: '4.105.1', nodeMajor: 22, mend: takeWatcherFromRegistry },
} as const satisfies Record<string, Edition>;

/** `VSCODE_EDITION` is how a whole run of the suites is moved to another VS Code. */
export function chosenEdition(): Edition {
  const name = process.env['VSCODE_EDITION'] ?? 'current';
  if (name === 'current' || name === 'floor') return editions[name];
  throw new Error(`VSCODE_EDITION is "${name}"; it can be: ${Object.keys(editions).join(', ')}`);
}

interface Shrinkwrap {
  packages: Record<
    string,
    { dependencies?: Record<string, string>; version?: string; resolved?: string; integrity?: string }
  >;
}

/**
 * VS Code 1.105 names @parcel/watcher by a git address, which needs git, GitHub and a compiler. The release
 * on the registry is the same code. Nothing else is changed: without its shrinkwrap it would be a VS Code
 * that nobody ships.
 */
async function takeWatcherFromRegistry(visualStudioCode: string): Promise<void> {
  const name = '@parcel/watcher';
  const version = '2.5.6';
  const manifest = path.join(visualStudioCode, 'package.json');
  const shrinkwrap = path.join(visualStudioCode, 'npm-shrinkwrap.json');

  const { dependencies, ...rest } = JSON.parse(await readFile(manifest, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  await writeFile(manifest, JSON.stringify({ ...rest, dependencies: { ...dependencies, [name]: version } }));

  const lock = JSON.parse(await readFile(shrinkwrap, 'utf8')) as Shrinkwrap;
  const root = lock.packages[''];
  const entry = lock.packages[`node_modules/${name}`];
  if (!root?.dependencies || !entry) throw new Error(`${shrinkwrap} does not look as expected`);
  root.dependencies[name] = version;
  entry.version = version;
  delete entry.resolved;
  delete entry.integrity;
  await writeFile(shrinkwrap, JSON.stringify(lock));
}
