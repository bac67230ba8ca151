// One run of mocha over a compiled folder of tests: in the extension host and in plain Node alike.
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as mochaModule from 'mocha';

export interface RunResult {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

// Mocha is an ES module: what `require` gives differs between bundlers, and between its versions.
const Mocha =
  (mochaModule as unknown as { default?: typeof mochaModule.default }).default ?? mochaModule.default;

/** All compiled tests under `directory`, in an order that is always the same. */
export function testFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => path.join(directory, file));
}

/**
 * @param timeout of each test, in ms
 * @param afterAll runs once, after all tests
 */
export async function runMocha(
  files: readonly string[],
  timeout: number,
  afterAll?: () => Promise<void>,
): Promise<RunResult> {
  // Mocha keeps the console it was loaded with; the extension host's is exchanged later.
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => console.log(...values);
  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout,
    ...(grep && { grep }),
    ...(afterAll && { rootHooks: { afterAll } }),
  });
  for (const file of files) mocha.addFile(file);
  const failures: { title: string; message: string }[] = [];
  let passed = 0;
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => (passed += 1));
    runner.on('fail', (test: { fullTitle(): string }, error: Error) => {
      failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
    });
  });
  return { passed, failed: failures.length, failures };
}

/** Leaves the result where `TEST_RESULT` says, for the process that counts. */
export async function reportResult(result: RunResult): Promise<void> {
  const file = process.env['TEST_RESULT'];
  if (file) await writeFile(file, JSON.stringify(result));
}
