// What the page of a reply takes of its main thread to draw a long one as it arrives, against parsing all that has
// come anew for each frame, with the same library. In the thread's own time: other programs do not count.
import type { Page } from 'playwright-core';
import { openBrowser } from '../vscode/pageInBrowser';
import { type Finding, type Say, interleaved, summed } from './figure';
import { markdownDeltas } from './replyMarkdown';
import { drawInFrames, openReparsing, openReply } from './replyPage';

const perFrame = 20;

/** The least is that slow: it is measured in as many of its frames, spread over all, and the sum is worked out. */
const sampledFrames = 40;

export async function render(say: Say, how = { deltas: 20_000, rounds: 3, warmUp: 0 }): Promise<Finding> {
  const browser = await openBrowser();
  try {
    const deltas = markdownDeltas(how.deltas);
    const drawing = (open: typeof openReply, draw: (page: Page) => Promise<number>) => async () => {
      const page = await open(browser);
      const took = await draw(page);
      await page.close();
      return took;
    };
    const sampled = everyNth(deltas, Math.max(1, Math.floor(deltas.length / perFrame / sampledFrames)));
    const sides = {
      ours: drawing(openReply, (page) => drawInFrames(page, deltas, perFrame)),
      baseline: drawing(openReparsing, async (page) => {
        const took = await drawInFrames(page, sampled, 1);
        return (took * deltas.length) / perFrame / sampled.length;
      }),
    };
    return { figure: summed('render', 'ms', await interleaved(sides, how), say) };
  } finally {
    await browser.close();
  }
}

/** The same text in one part for `frames` frames. */
function everyNth(deltas: readonly string[], frames: number): readonly string[] {
  const length = frames * perFrame;
  return Array.from({ length: Math.ceil(deltas.length / length) }, (_, at) =>
    deltas.slice(at * length, (at + 1) * length).join(''),
  );
}

/** Whether what is drawn already makes the rest dearer: a reply of twice as many deltas against one of `deltas`. */
export async function renderGrowth(
  say: Say,
  how = { deltas: 25_000, rounds: 1, warmUp: 0 },
): Promise<Finding> {
  const browser = await openBrowser();
  try {
    const drawing = (count: number) => async () => {
      const page = await openReply(browser);
      const took = await drawInFrames(page, markdownDeltas(count), perFrame);
      await page.close();
      return took;
    };
    const sides = { ours: drawing(2 * how.deltas), baseline: drawing(how.deltas) };
    return { figure: summed('render-growth', 'ms', await interleaved(sides, how), say) };
  } finally {
    await browser.close();
  }
}
