// What a person sees of the workbench.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Locator } from 'playwright-core';
import { waitLimit } from '../limits';
import { cache } from '../vscode/project';
import type { Workbench } from './workbench';

/** What was copied, once it is there: a page says so as soon as it has asked for it. */
export async function copied({ agent }: Workbench, like: RegExp): Promise<string> {
  for (;;) {
    const text = await agent.readClipboard();
    if (like.test(text)) return text;
    await wait(50);
  }
}

/** A notification that is on screen, by a part of its text. */
export function notification({ page }: Workbench, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
}

export async function clickNotificationButton(
  workbench: Workbench,
  text: string | RegExp,
  button: string,
): Promise<void> {
  await notification(workbench, text).getByRole('button', { name: button, exact: true }).click();
}

/** A modal dialog, by a part of its text; its buttons are `.monaco-button`. */
export function dialog({ page }: Workbench, text: string | RegExp): Locator {
  return page.locator('.monaco-dialog-box').filter({ hasText: text });
}

/** An item of the status bar, by a part of its text or of its tooltip. */
export function statusBarItem({ page }: Workbench, text: string | RegExp): Locator {
  return page.locator('.statusbar-item').filter({ hasText: text });
}

/** The document inside a webview: the first that shows an element like `selector`. */
export async function webviewFrame({ page }: Workbench, selector = 'body'): Promise<Frame> {
  const began = Date.now();
  while (Date.now() - began < waitLimit) {
    for (const frame of page.frames().filter((candidate) => candidate.url().includes('/fake.html'))) {
      const found = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (found > 0 && !frame.isDetached()) return frame;
    }
    await wait(50);
  }
  throw new Error(`No webview shows ${selector}`);
}

/**
 * A picture in .vscode-test/screenshots, if TEST_SCREENSHOTS is set: for people who look at what tests went through.
 * Drawing all of them takes as long as several tests.
 */
export async function screenshot(workbench: Workbench, name: string): Promise<void> {
  if (process.env['TEST_SCREENSHOTS']) await takeScreenshot(workbench, name);
}

/** @returns the file, in .vscode-test/screenshots */
export async function takeScreenshot({ page }: Workbench, name: string): Promise<string> {
  const directory = path.join(cache, 'screenshots');
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}
