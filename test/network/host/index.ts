// What VS Code loads as `extensionTestsPath`: mocha over this folder, inside the extension host.
import { runInHost } from '../../vscode/hostRun';

export const run = () => runInHost(__dirname);
