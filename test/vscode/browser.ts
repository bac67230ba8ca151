// The browser in which code-server's workbench is shown: an installed one, else Chromium from npm.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { npmInstall } from './npm';
import { once } from './once';

const run = promisify(execFile);

export interface Browser {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The last release whose own code runs on Node 20. It has no build for other processors than x64. */
const chromiumPackage = '@sparticuz/chromium@147.0.0';

const names = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function installed(): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which does not exist.`);
  }
  const windows = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const root = process.env[variable];
    return root
      ? ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
          path.join(root, file),
        )
      : [];
  });
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((directory) => names.map((name) => path.join(directory, name)));
  return [...onPath, ...applications, ...windows].find((file) => existsSync(file));
}

/** The package unpacks itself into the temporary directory, libraries too when it believes to be in a Lambda. */
async function unpackChromium(directory: string): Promise<void> {
  await npmInstall(directory, chromiumPackage);
  const environment = { ...process.env, TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const script = "require('@sparticuz/chromium').executablePath()";
  await run(process.execPath, ['--eval', script], { cwd: directory, env: environment });
}

async function fromRegistry(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Edge or Chromium found. Install one, or let CHROME_PATH name it.');
  }
  const directory = await once('chromium-147', unpackChromium);
  const executable = path.join(directory, 'chromium');
  const fonts: Record<string, string> = {};
  if (!existsSync('/etc/fonts/fonts.conf')) {
    // The package's own configuration names places of AWS's machines.
    fonts['FONTCONFIG_FILE'] = path.join(directory, 'fonts.conf');
    const folder = path.join(directory, 'fonts', 'fonts');
    await writeFile(fonts['FONTCONFIG_FILE'], `<fontconfig><dir>${folder}</dir></fontconfig>\n`);
  }
  // The machine's libraries fit the machine; the package's are for a machine that has none.
  const own = { LD_LIBRARY_PATH: path.join(directory, 'al2023', 'lib') };
  for (const environment of [fonts, { ...fonts, ...own }]) {
    const works = await run(executable, ['--version'], { env: { ...process.env, ...environment } }).catch(
      () => undefined,
    );
    if (works) return { executable, environment };
  }
  throw new Error(
    'Chromium from npm does not start here. Install Chrome or Chromium, or let CHROME_PATH name it.',
  );
}

export async function findBrowser(): Promise<Browser> {
  const executable = installed();
  return executable ? { executable, environment: {} } : fromRegistry();
}
