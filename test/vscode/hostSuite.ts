// Runs the tests of test/host inside a real VS Code, once in each world; TEST_WORLD=… in those with that in their name.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type World, worlds } from './hostWorlds';
import { endOnInterrupt } from './interrupt';
import { type RunResult, reportResult } from './mochaRun';
import { project } from './project';
import { startSession } from './session';

const testsIn = (folder: string) => path.join(project, 'out', 'test', folder, 'index.js');

async function runIn(world: World): Promise<RunResult> {
  const { name, session: options, tests = 'host' } = world;
  console.log(`\n${name}:`);
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'host-'));
  const file = path.join(scratch, 'result.json');
  const session = await startSession({
    tests: testsIn(tests),
    ...options,
    environment: { ...options.environment, TEST_RESULT: file },
  });
  const trouble: string[] = [];
  await session.ended.catch((error: unknown) => trouble.push(String(error)));
  await session.dispose();
  let result: RunResult = { passed: 0, failed: 0, failures: [] };
  try {
    result = JSON.parse(readFileSync(file, 'utf8')) as RunResult;
    world.check();
  } catch (error) {
    trouble.push(String(error));
  }
  rmSync(scratch, { recursive: true, force: true });
  // A failed test also ends VS Code with an error: that is one failure, not two.
  if (trouble.length === 0 || result.failed > 0) return result;
  console.error(trouble.join('\n'));
  const failures = trouble.map((message) => ({ title: name, message }));
  return { passed: result.passed, failed: 1, failures };
}

async function main(): Promise<void> {
  const results: RunResult[] = [];
  for (const open of worlds) {
    const world = await open();
    if (world.name.includes(process.env['TEST_WORLD'] ?? '')) results.push(await runIn(world));
    await world.close();
  }
  const sum = (count: (result: RunResult) => number) => results.reduce((all, one) => all + count(one), 0);
  const failed = sum((result) => result.failed);
  await reportResult({
    passed: sum((result) => result.passed),
    failed,
    failures: results.flatMap(({ failures }) => failures),
  });
  process.exit(failed > 0 ? 1 : 0);
}

endOnInterrupt();
void main();
