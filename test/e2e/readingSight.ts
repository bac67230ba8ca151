// What a reader sees of the reply page, to the pixel, in each frame that the browser draws.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** A line of text in sight, and where its upper edge was: px below the upper edge of the window. */
export interface Sight {
  readonly text: string;
  readonly top: number;
}

/** The functions of this file that run in the page. */
interface SightInPage {
  readonly topOf: (text: string) => number;
  readonly stillFrames: () => Promise<void>;
}

/** Call it once for each page. */
export async function installSight(page: Page): Promise<void> {
  await page.evaluate(() => {
    const topOf = (text: string): number => {
      const walker = document.createTreeWalker(document.getElementById('panel')!, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = (node as Text).data.indexOf(text);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        return range.getClientRects()[0]?.top ?? NaN;
      }
      return NaN;
    };
    const stillFrames = async (): Promise<void> => {
      const now = () => {
        const { scrollTop, scrollHeight } = document.documentElement;
        const length = document.getElementById('panel')!.textContent.length;
        return `${scrollTop} ${scrollHeight} ${length} ${document.querySelectorAll('#panel *').length}`;
      };
      let before = '';
      for (let still = 0; still < 8; before = now()) {
        await new Promise(requestAnimationFrame);
        still = now() === before ? still + 1 : 0;
      }
    };
    Object.assign(window, { topOf, stillFrames });
  });
}

/** Resolves once several frames have changed nothing. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as SightInPage).stillFrames());
}

/** Where a text begins, px below the upper edge of the window; NaN if it is not on the page. */
export function topOf(page: Page, text: string): Promise<number> {
  return page.evaluate((wanted) => (window as unknown as SightInPage).topOf(wanted), text);
}

/** Scrolls as a user does, until a text is `top` px below the upper edge of the window. */
export async function readAt(page: Page, text: string, top: number): Promise<void> {
  // Stretches that come near are laid out, which moves what is below them.
  for (let attempt = 0; attempt < 20; attempt++) {
    const missing = (await topOf(page, text)) - top;
    if (Math.abs(missing) < 1) return;
    await page.evaluate((by) => scrollBy(0, by), missing);
    await still(page);
  }
  throw new Error(`${text} can't be scrolled to ${top}`);
}

/** Fails unless a text stands still in the frames that are drawn during `work` and until nothing changes. */
export async function assertStill(page: Page, text: string, work: () => Promise<unknown>): Promise<void> {
  await page.evaluate((wanted) => {
    const tops: number[] = [];
    const drawn = new MessageChannel();
    const sight = window as unknown as SightInPage & { watching: boolean; tops: number[] };
    Object.assign(window, { tops, watching: true });
    const setting = () => `${innerWidth} ${innerHeight} ${document.documentElement.style.cssText}`;
    const askForFrame = () => requestAnimationFrame(() => drawn.port2.postMessage(setting()));
    // Comes after the frame has been drawn: what is moved and put back within one is never seen.
    drawn.port1.onmessage = ({ data }: MessageEvent<string>) => {
      // A window that has another size or font by now will be seen with the next frame.
      if (data === setting()) tops.push(sight.topOf(wanted));
      if (sight.watching) askForFrame();
    };
    tops.push(sight.topOf(wanted));
    askForFrame();
  }, text);
  await work();
  await still(page);
  const tops = await page.evaluate(() => {
    const sight = window as unknown as { watching: boolean; tops: number[] };
    sight.watching = false;
    return sight.tops;
  });
  // It may not be drawn at first.
  const drawn = tops.slice(tops.findIndex((top) => !Number.isNaN(top)));
  const [first = NaN] = drawn;
  const isStill = drawn.every((top) => Math.abs(top - first) < 1);
  assert.ok(isStill, `${text} stood at ${[...new Set(tops)].join(', ')}`);
}
