// Runs a folder of tests in this Node: `node out/test/vscode/plainSuite.js unit`.
import path from 'node:path';
import { endOnInterrupt } from './interrupt';
import { reportResult, runMocha } from './mochaRun';
import { project } from './project';

const folder = process.argv[2] ?? 'unit';
/** Tests through the workbench wait for a whole VS Code to start, those of the package for its making. */
const timeout = folder === 'unit' ? 10_000 : 60_000;

async function main(): Promise<void> {
  const result = await runMocha(path.join(project, 'out', 'test', folder), timeout);
  await reportResult(result);
  process.exit(result.failed > 0 ? 1 : 0);
}

endOnInterrupt();
void main();
