// From a key that is pressed in the composer of a conversation of 200 turns until what it wrote is on the screen, against
// a bare textarea.
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, tellPage } from '../vscode/pageInBrowser';
import { longConversation, snapshot } from './conversationPage';
import { type Finding, type Say, interleaved, quantile, summed } from './figure';
import { size } from './replyPage';

export async function typing(
  say: Say,
  how = { turns: 200, keys: 30, rounds: 6, warmUp: 1 },
): Promise<Finding> {
  const browser = await openBrowser();
  try {
    // Each page is opened once: to draw a long conversation takes a while.
    const pages = {
      ours: await openConversation(browser, how.turns),
      baseline: await openTextarea(browser),
    };
    const measured = (page: Page) => async () => {
      await page.bringToFront();
      return quantile(await keyDelays(page, how.keys), 0.5);
    };
    const sides = { ours: measured(pages.ours), baseline: measured(pages.baseline) };
    return { figure: summed('typing', 'ms', await interleaved(sides, how), say) };
  } finally {
    await browser.close();
  }
}

async function openConversation(browser: Browser, turns: number): Promise<Page> {
  const page = await openPage(browser, { script: 'webview', size, onMessage: () => undefined });
  await tellPage(page, snapshot('long', longConversation(turns)));
  // All of it is drawn, and has its colours.
  await page.evaluate(async () => {
    for (let before = -1, still = 0; still < 20;) {
      await new Promise(requestAnimationFrame);
      const count = document.getElementsByTagName('*').length;
      still = count === before ? still + 1 : 0;
      before = count;
    }
  });
  return page;
}

async function openTextarea(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.setContent('<body><textarea style="width: 700px; height: 60px"></textarea></body>');
  return page;
}

/** For each of `count` keys the time from its event to the end of the frame that shows it, ms. */
async function keyDelays(page: Page, count: number): Promise<readonly number[]> {
  await page.locator('textarea').fill('');
  await page.evaluate(() => {
    const delays: number[] = [];
    const afterFrame = new MessageChannel();
    let began = 0;
    afterFrame.port1.onmessage = () => delays.push(performance.now() - began);
    // Takes the place of the listener of the round before.
    window.onkeydown = ({ timeStamp }) => {
      began = timeStamp;
      requestAnimationFrame(() => afterFrame.port2.postMessage(undefined));
    };
    Object.assign(window, { delays });
  });
  for (let key = 0; key < count; key++) {
    await page.keyboard.press(key % 7 === 6 ? 'Space' : 'a');
    await page.waitForFunction(
      (typed) => (window as unknown as { readonly delays: readonly number[] }).delays.length > typed,
      key,
    );
  }
  return page.evaluate(() => (window as unknown as { readonly delays: readonly number[] }).delays);
}
