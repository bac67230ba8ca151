// From a delta that is handed to the page until it is on the screen, against a page that appends the same bytes as
// plain text. What comes before is in first-text and drain: the host hands on what has come within 25 ms.
import type { Page } from 'playwright-core';
import { openBrowser } from '../vscode/pageInBrowser';
import { type Finding, type Say, interleaved, quantile, rounded, summed } from './figure';
import { type Take, openPlain, openReply } from './replyPage';

export async function paint(say: Say, how = { deltas: 400, rounds: 4, warmUp: 1 }): Promise<Finding> {
  const browser = await openBrowser();
  try {
    const deltas = Array.from(
      { length: how.deltas },
      (_, at) => `w${String(at).padStart(5, '0')} ${at % 40 === 39 ? '\n\n' : ''}`,
    );
    const measured = (open: typeof openReply) => async () => {
      const page = await open(browser);
      const waits = await paintDelays(page, deltas);
      await page.close();
      return waits;
    };
    const sides = { ours: measured(openReply), baseline: measured(openPlain) };
    const pairs = await interleaved(sides, how);
    const at = (share: number) =>
      pairs.map(({ ours, baseline }) => ({
        ours: quantile(ours, share),
        baseline: quantile(baseline, share),
      }));
    const figure = summed('paint', 'ms', at(0.5), say);
    say('the delta of which 95 of 100 are earlier:');
    const { ours: p95, ratio: p95Ratio } = summed('paint', 'ms', at(0.95), say);
    return { figure: { ...figure, p95: rounded(p95), p95Ratio } };
  } finally {
    await browser.close();
  }
}

/** For each delta the time until the end of the frame in which its word is on the page, ms. */
function paintDelays(page: Page, deltas: readonly string[]): Promise<readonly number[]> {
  return page.evaluate(async (parts) => {
    const { take } = window as unknown as { readonly take: Take };
    const delays: number[] = [];
    const waiting: { readonly word: string; readonly began: number }[] = [];
    const afterFrame = new MessageChannel();
    let frames = true;
    afterFrame.port1.onmessage = () => {
      const shown = lastText(400);
      for (let first = waiting[0]; first && shown.includes(first.word); first = waiting[0]) {
        delays.push(performance.now() - first.began);
        waiting.shift();
      }
    };
    const onFrame = () => {
      // Comes after the frame has been drawn.
      if (waiting.length > 0) afterFrame.port2.postMessage(undefined);
      if (frames) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    let random = 1;
    for (const part of parts) {
      waiting.push({ word: part.trim(), began: performance.now() });
      take(part);
      // At any moment of a frame, about fifty a second.
      random = (random * 48_271) % 0x7fffffff;
      await new Promise((resolve) => setTimeout(resolve, 8 + (random % 25)));
    }
    for (let frame = 0; waiting.length > 0 && frame < 600; frame++) await new Promise(requestAnimationFrame);
    frames = false;
    if (waiting.length > 0) throw new Error(`${waiting[0]?.word} never came to the page`);
    return delays;

    /** The end of the text on the page, without walking over all of it. */
    function lastText(length: number): string {
      const root = document.querySelector('.markdown') ?? document.querySelector('main') ?? document.body;
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let last: Node = root;
      while (last.lastChild) last = last.lastChild;
      walker.currentNode = last;
      let text = '';
      for (let node: Node | null = last; node && text.length < length; node = walker.previousNode())
        text = (node.textContent ?? '') + text;
      return text;
    }
  }, deltas);
}
