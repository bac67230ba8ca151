// One of our pages in a browser, without a VS Code around it, under the policy that it has there.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { type WebviewMarkup, webviewMarkup } from '../../src/ui/webviewMarkup';
import { waitLimit } from '../limits';
import { findBrowser } from './browser';
import { project } from './project';

/** Nobody's: whatever is asked for there is answered here. Secure, as a page in VS Code is. */
const origin = 'https://page.test';

export async function openBrowser(): Promise<Browser> {
  const { executable, environment } = await findBrowser();
  return chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, ...environment },
  });
}

export interface PageInBrowser {
  readonly script: WebviewMarkup['script'];
  readonly size: { readonly width: number; readonly height: number };
  /** What the page has kept of itself. */
  readonly state?: unknown;
  readonly onMessage: (message: never) => unknown;
  readonly onState?: (state: unknown) => unknown;
}

/** Opens a page; what it says before it is loaded is heard. */
export async function openPage(
  browser: Browser,
  { script, size, state, onMessage, onState }: PageInBrowser,
): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(waitLimit);
  await page.exposeFunction('tellHost', onMessage);
  await page.exposeFunction('keepState', (kept: unknown) => onState?.(kept));
  await page.addInitScript((kept) => {
    const { tellHost, keepState } = window as unknown as Record<string, (what: unknown) => unknown>;
    const code = { postMessage: tellHost, setState: keepState, getState: () => kept };
    Object.assign(window, { acquireVsCodeApi: () => code });
  }, state);
  const markup = webviewMarkup({
    ...{ script, title: 'A page', language: 'en', nonce: 'once', cspSource: origin },
    addressOf: (folder, file) => `${origin}/${folder}/${file}`,
  });
  await page.route(`${origin}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname;
    if (name === '/') return route.fulfill({ contentType: 'text/html', body: markup });
    const contentType = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    return route.fulfill({ contentType, body: await readFile(path.join(project, name)) });
  });
  await page.goto(`${origin}/`);
  return page;
}

/** Tells the page something, as VS Code does. */
export async function tellPage(page: Page, message: unknown): Promise<void> {
  await page.evaluate((data) => dispatchEvent(new MessageEvent('message', { data })) && undefined, message);
}
