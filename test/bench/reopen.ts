// A conversation of 200 turns, 1 MB, from the click that opens it until it is drawn where it was left, against drawing
// the turn that is then in sight, alone.
import type { Browser } from 'playwright-core';
import type { ReplyToWebview } from '../../src/protocol/reply';
import { openBrowser, openPage, tellPage } from '../vscode/pageInBrowser';
import { longConversation, snapshot } from './conversationPage';
import { type Finding, type Say, interleaved, summed } from './figure';
import { size } from './replyPage';

export async function reopen(say: Say, how = { turns: 200, rounds: 15, warmUp: 2 }): Promise<Finding> {
  const browser = await openBrowser();
  try {
    const turns = longConversation(how.turns);
    const middle = turns.slice(Math.floor(how.turns / 2), Math.floor(how.turns / 2) + 1);
    const sight = middle[0]?.text.slice(0, 18) ?? '';
    const place = { turn: middle[0]?.id ?? '', block: 0, offset: -60 };
    const sides = {
      ours: () => timeToDraw(browser, snapshot('long', turns, place), sight),
      baseline: () => timeToDraw(browser, snapshot('short', middle, place), sight),
    };
    return { figure: summed('reopen', 'ms', await interleaved(sides, how), say) };
  } finally {
    await browser.close();
  }
}

/** ms from the message to the end of the frame in which `sight` is where it was left. */
async function timeToDraw(browser: Browser, shown: ReplyToWebview, sight: string): Promise<number> {
  const page = await openPage(browser, { script: 'webview', size, onMessage: () => undefined });
  // The page has shown something before, as it has when a conversation is chosen in it.
  await tellPage(page, snapshot('before', longConversation(2)));
  const took = await page.evaluate(
    async ({ message, text }) => {
      const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
      for (let times = 0; times < 5; times++) await idle();
      // As VS Code hands a message over: parsed from JSON, in a task of its own.
      const json = JSON.stringify(message);
      const began = performance.now();
      dispatchEvent(new MessageEvent('message', { data: JSON.parse(json) as unknown }));
      const afterFrame = new MessageChannel();
      for (;;) {
        await new Promise<void>((resolve) => {
          afterFrame.port1.onmessage = () => resolve();
          requestAnimationFrame(() => afterFrame.port2.postMessage(undefined));
        });
        const seen = document.elementFromPoint(innerWidth / 2, 70)?.textContent ?? '';
        if (seen.startsWith(text)) return performance.now() - began;
        if (performance.now() - began > 60_000) throw new Error(`${text} never came in sight: ${seen}`);
      }
    },
    { message: shown, text: sight },
  );
  await page.close();
  return took;
}
