import { testLimit } from '../limits';
import { markConsole } from './consoleMark';
import { reportResult, runMocha, testFiles } from './mochaRun';

/** Runs the compiled tests under `directory` inside the extension host. */
export async function runInHost(directory: string): Promise<void> {
  markConsole();
  const { passed, failed, failures } = await runMocha(testFiles(directory), testLimit);
  await reportResult({ passed, failed, failures });
  if (failed > 0) throw new Error(`${failed} of ${passed + failed} tests failed in VS Code`);
  if (passed === 0 && !process.env['TEST_GREP']) throw new Error('No test ran in VS Code');
}
