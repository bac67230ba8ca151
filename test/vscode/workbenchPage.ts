// A browser that shows the workbench, told by the page's address which extension and tests to load.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import type { Browser } from './browser';
import type { ConsoleJournal } from './consoleJournal';
import type { LaunchArguments } from './launchArguments';

/** The quiet of a test: no sandbox (it does not start as root), no updates, nothing but loopback. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export function pageAddress(authority: string, options: LaunchArguments): string {
  const remote = (file: string): string => `vscode-remote://${authority}${path.resolve(file)}`;
  const payload = [
    ...options.extensions.map((extension) => ['extensionDevelopmentPath', remote(extension)]),
    ...(options.tests ? [['extensionTestsPath', remote(options.tests)]] : []),
  ];
  const query = new URLSearchParams({
    ...(options.folder ? { folder: path.resolve(options.folder) } : { ew: 'true' }),
    ...(options.asPerson ? {} : { payload: JSON.stringify(payload) }),
  });
  return `http://${authority}/?${query.toString()}`;
}

/** @returns the exit code of the tests, and the browser for whoever ends it */
export async function openPage(
  browser: Browser,
  authority: string,
  options: LaunchArguments,
  journal: ConsoleJournal,
): Promise<{ context: BrowserContext; exitCode: Promise<number> }> {
  const profile = path.join(path.dirname(options.userData), 'browser');
  await mkdir(profile, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser.executable,
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: options.locale ?? 'en',
    // HOME: no file of the person who runs the tests is read or written.
    env: { ...process.env, ...browser.environment, HOME: profile },
    args: options.debuggingPort ? [...flags, `--remote-debugging-port=${options.debuggingPort}`] : flags,
    // launcher.ts ends the browser itself, after the server.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  let finish: (code: number) => void;
  const exitCode = new Promise<number>((resolve) => (finish = resolve));
  await page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
  await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) =>
    journal.add(type, values),
  );
  if (options.asPerson) page.on('console', (message) => journal.add(message.type(), [message.text()]));
  page.on('crash', () => {
    console.error('The page of the workbench crashed.');
    finish(1);
  });
  // Where no tests run inside, whoever drives the browser closes it at the end.
  context.on('close', () => finish(options.asPerson ? 0 : 1));
  await page.goto(pageAddress(authority, options));
  return { context, exitCode };
}
