// Runs a folder of tests in this Node: `node out/test/vscode/plainSuite.js unit`, or a share of it: `e2e 1/2`.
import path from 'node:path';
import { closeSharedWorkbench } from '../e2e/sharedWorkbench';
import { testLimit } from '../limits';
import { endOnInterrupt } from './interrupt';
import { reportResult, runMocha, testFiles } from './mochaRun';
import { project } from './project';

const folder = process.argv[2] ?? 'unit';
const [share = 1, shares = 1] = (process.argv[3] ?? '1/1').split('/').map(Number);

async function main(): Promise<void> {
  const files = testFiles(path.join(project, 'out', 'test', folder));
  const own = files.filter((_, index) => index % shares === share - 1);
  const result = await runMocha(own, testLimit, closeSharedWorkbench);
  await reportResult(result);
  process.exit(result.failed > 0 ? 1 : 0);
}

endOnInterrupt();
void main();
