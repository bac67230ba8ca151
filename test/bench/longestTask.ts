// The longest that the page of a reply is busy at a stretch while 500 deltas a second arrive, against the same page
// while nothing does: as long as that, no key and no scrolling is answered.
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../vscode/pageInBrowser';
import { type Finding, type Say, interleaved, quantile, rounded, summed } from './figure';
import { markdownDeltas } from './replyMarkdown';
import { type Take, openReply } from './replyPage';

const perSecond = 500;

export interface TraceEvent {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly ph: string;
  /** µs by the clock. */
  readonly dur?: number;
  /** µs by the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** ms of each task of the main thread that worked most: the page's own. */
export function mainThreadTasks(
  events: readonly TraceEvent[],
): readonly { readonly wall: number; readonly processor: number }[] {
  const threads = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid && isTask(event)));
  const [busiest = []] = threads.sort((one, other) => other.length - one.length);
  return busiest.map(({ dur = 0, tdur = dur }) => ({ wall: dur / 1000, processor: tdur / 1000 }));
}

function isTask({ name, ph }: TraceEvent): boolean {
  return ph === 'X' && name === 'RunTask';
}

export async function longestTask(say: Say, how = { seconds: 10, rounds: 3, warmUp: 0 }): Promise<Finding> {
  const browser = await openBrowser();
  try {
    const measured = (deltas: readonly string[]) => async () => {
      const page = await openReply(browser);
      const tasks = await traced(browser, page, () => stream(page, deltas, how.seconds));
      await page.close();
      if (tasks.length === 0) throw new Error('The trace shows no task of the page');
      return tasks;
    };
    const pairs = await interleaved(
      { ours: measured(markdownDeltas(perSecond * how.seconds)), baseline: measured([]) },
      how,
    );
    const longest = (time: 'wall' | 'processor') =>
      pairs.map(({ ours, baseline }) => ({
        ours: Math.max(...ours.map((task) => task[time])),
        baseline: Math.max(...baseline.map((task) => task[time])),
      }));
    const figure = summed('longest-task', 'ms', longest('wall'), say);
    // A task of a busy machine may be long because another program ran meanwhile.
    say('the same in processor time:');
    const { ours: processor } = summed('longest-task', 'ms', longest('processor'), say);
    const all = pairs.flatMap(({ ours }) => ours.map(({ wall }) => wall));
    return { figure: { ...figure, processor, p999: rounded(quantile(all, 0.999)) } };
  } finally {
    await browser.close();
  }
}

async function traced(browser: Browser, page: Page, work: () => Promise<void>) {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  return mainThreadTasks(trace.traceEvents);
}

/** In messages of what has come within 25 ms, as the host sends them. */
async function stream(page: Page, deltas: readonly string[], seconds: number): Promise<void> {
  await page.evaluate(
    async ({ parts, time, rate }) => {
      const { take } = window as unknown as { readonly take: Take };
      const began = performance.now();
      for (let at = 0, elapsed = 0; elapsed < time; elapsed = performance.now() - began) {
        const due = Math.min(parts.length, Math.floor((elapsed / 1000) * rate));
        if (due > at) take(parts.slice(at, due).join(''));
        at = due;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    { parts: deltas, time: seconds * 1000, rate: perSecond },
  );
}
