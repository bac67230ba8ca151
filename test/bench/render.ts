// What the page of a reply takes of its main thread to draw a long one as it arrives, against parsing all that has
// come anew for each frame, with the same library.
import { openBrowser } from '../vscode/pageInBrowser';
import { type Finding, type Say, interleaved, summed } from './figure';
import { markdownDeltas } from './replyMarkdown';
import { drawInFrames, openReparsing, openReply } from './replyPage';

const perFrame = 20;

export async function render(say: Say, how = { deltas: 20_000, rounds: 2, warmUp: 0 }): Promise<Finding> {
  const browser = await openBrowser();
  try {
    const deltas = markdownDeltas(how.deltas);
    const drawing = (open: typeof openReply) => async () => {
      const page = await open(browser);
      const took = await drawInFrames(page, deltas, perFrame);
      await page.close();
      return took;
    };
    const sides = { ours: drawing(openReply), baseline: drawing(openReparsing) };
    return { figure: summed('render', 'ms', await interleaved(sides, how), say) };
  } finally {
    await browser.close();
  }
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
