// A whole VS Code with the extension, for tests that do what a person does.
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, type Page, chromium } from 'playwright-core';
import { waitLimit } from '../limits';
import { freePort } from '../vscode/processes';
import { project } from '../vscode/project';
import { type Session, type SessionOptions, startSession } from '../vscode/session';
import { type Agent, agentFile, connectAgent } from './agentClient';

export type WorkbenchOptions = Omit<SessionOptions, 'tests' | 'debuggingPort' | 'asPerson'>;

export interface Workbench {
  readonly page: Page;
  readonly agent: Agent;
  /** Every address that the workbench, its webviews and workers asked the browser for since it opened. */
  requests(): readonly string[];
  /** Everything that VS Code writes is under here; scan it before `close`. */
  readonly dataDirectory: string;
  readonly folder: string;
  close(): Promise<void>;
}

async function connect(port: number, session: Session): Promise<Browser> {
  let over: Error | undefined;
  session.ended.then(
    () => (over = new Error('VS Code ended before it was open')),
    (error: unknown) => (over = new Error('VS Code failed to open', { cause: error })),
  );
  for (;;) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
    if (browser) return browser;
    if (over) throw over;
    await wait(200);
  }
}

async function workbenchPage(browser: Browser): Promise<Page> {
  const began = Date.now();
  while (Date.now() - began < waitLimit) {
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      if (
        await page
          .locator('.monaco-workbench .statusbar-item')
          .first()
          .isVisible()
          .catch(() => false)
      )
        return page;
    }
    await wait(200);
  }
  throw new Error('VS Code opened no window');
}

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const debuggingPort = await freePort();
  const session = await startSession({
    ...options,
    tests: path.join(project, 'out', 'test', 'e2e', 'agent.js'),
    debuggingPort,
    asPerson: true,
  });
  const agent = connectAgent(path.join(session.dataDirectory, agentFile));
  const browser = await connect(debuggingPort, session).catch(async (error: unknown) => {
    await session.dispose();
    throw error;
  });
  const close = async (): Promise<void> => {
    // A test may have ended the extension host.
    if (await agent.answers()) await agent.quit().catch(() => undefined);
    const devtools = await browser.newBrowserCDPSession().catch(() => undefined);
    await devtools?.send('Browser.close').catch(() => undefined);
    await session.dispose();
  };
  const asked: string[] = [];
  for (const context of browser.contexts()) context.on('request', (request) => asked.push(request.url()));
  try {
    const page = await workbenchPage(browser);
    page.setDefaultTimeout(waitLimit);
    await agent.isTrusted();
    const { dataDirectory, folder } = session;
    return { page, agent, requests: () => asked, dataDirectory, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
