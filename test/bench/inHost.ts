// Both ends of a measurement inside the extension host of a real VS Code: what it is told, and what it found.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { project } from '../vscode/project';
import { type SessionOptions, startSession } from '../vscode/session';

const resultFile = 'bench.json';

/** Runs the module `name` of this folder in an extension host of its own. @returns what it found, as JSON carries it */
export async function inHost<Found>(
  name: string,
  told: unknown,
  options: Pick<SessionOptions, 'extension' | 'installed' | 'settings'> = {},
): Promise<Found> {
  const session = await startSession({
    ...options,
    tests: path.join(project, 'out', 'test', 'bench', `${name}.js`),
    environment: { BENCH_TOLD: JSON.stringify(told), VSCODE_LAUNCH_SECONDS: '3600' },
  });
  try {
    await session.ended;
    return JSON.parse(await readFile(path.join(session.dataDirectory, resultFile), 'utf8')) as Found;
  } finally {
    await session.dispose();
  }
}

/** The `run()` of such a module. */
export function answering(measure: (told: never) => Promise<unknown>): () => Promise<void> {
  return async () => {
    const found = await measure(JSON.parse(process.env['BENCH_TOLD'] ?? '{}') as never);
    await writeFile(path.join(process.env['SESSION_DIRECTORY'] ?? '', resultFile), JSON.stringify(found));
  };
}
