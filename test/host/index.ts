// What VS Code loads as `extensionTestsPath`: mocha over this folder, inside the extension host.
import { markConsole } from '../vscode/consoleMark';
import { reportResult, runMocha, testFiles } from '../vscode/mochaRun';

export async function run(): Promise<void> {
  markConsole();
  const { passed, failed, failures } = await runMocha(testFiles(__dirname), 20_000);
  await reportResult({ passed, failed, failures });
  if (failed > 0) throw new Error(`${failed} of ${passed + failed} tests failed in VS Code`);
  if (passed === 0 && !process.env['TEST_GREP']) throw new Error('No test ran in VS Code');
}
