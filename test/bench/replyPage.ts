// The page of the reply panel in a browser, to be measured, and a page that does the least in its place.
import { buildSync } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { State } from '../../src/protocol/reply';
import { composerView, strings } from '../unit/webview/strings';
import { openPage, tellPage } from '../vscode/pageInBrowser';
import { project } from '../vscode/project';

export const size = { width: 760, height: 900 };

/** Takes a piece of the reply, in the page: `window.take` of ours and of the least. */
export type Take = (text: string) => void;

/** Our page, with a reply that has not begun to arrive. */
export async function openReply(browser: Browser): Promise<Page> {
  const broken: unknown[] = [];
  const page = await openPage(browser, {
    script: 'webview',
    size,
    onMessage: (message: { readonly type: string }) => message.type === 'broken' && broken.push(message),
  });
  const state: State = { phase: 'streaming', elapsed: 0, note: '', stats: [], attempts: 0 };
  const turn = { id: 'turn', prompt: 'A prompt', notSent: '', source: '', text: '', reasoning: '', state };
  const conversation = { conversation: 'one', draft: '', composer: composerView };
  const position = { index: 1, count: 1 };
  await tellPage(page, { type: 'snapshot', strings, ...conversation, turns: [turn], position });
  await page.evaluate(() => {
    const take: Take = (text) => {
      const data = { type: 'append', turn: 'turn', text, reasoning: '' };
      dispatchEvent(new MessageEvent('message', { data }));
    };
    Object.assign(window, { take });
  });
  page.on('close', () => {
    if (broken.length > 0) throw new Error(`The page could not draw: ${JSON.stringify(broken[0])}`);
  });
  return page;
}

/** A page without a style that puts what comes into one element, as text. */
export async function openPlain(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.setContent('<body><main style="white-space: pre-wrap"></main></body>');
  await page.evaluate(() => {
    const main = document.querySelector('main');
    const take: Take = (text) => {
      main?.append(text);
      scrollTo(0, document.documentElement.scrollHeight);
    };
    Object.assign(window, { take });
  });
  return page;
}

/** A page that parses all that has come with markdown-it, whenever a frame is drawn, and shows the HTML it gives. */
export async function openReparsing(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.setContent('<body><main></main></body>');
  const library = buildSync({
    stdin: {
      contents: "import MarkdownIt from 'markdown-it'; window.markdown = new MarkdownIt({ linkify: true });",
      resolveDir: project,
    },
    ...{ bundle: true, format: 'iife', write: false, minify: true, target: 'es2022' },
  });
  await page.addScriptTag({ content: library.outputFiles[0]?.text ?? '' });
  await page.evaluate(() => {
    const main = document.querySelector('main');
    const { markdown } = window as unknown as { readonly markdown: { render(text: string): string } };
    let whole = '';
    let frame = 0;
    const take: Take = (text) => {
      whole += text;
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        if (main) main.innerHTML = markdown.render(whole);
        scrollTo(0, document.documentElement.scrollHeight);
      });
    };
    Object.assign(window, { take });
  });
  return page;
}

/** Hands `deltas` over to a page, `perFrame` of them before each frame. @returns ms of the page's main thread */
export async function drawInFrames(page: Page, deltas: readonly string[], perFrame: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await taskTime(session);
  await page.evaluate(
    async ({ parts, each }) => {
      const { take } = window as unknown as { readonly take: Take };
      for (let at = 0; at < parts.length; at += each) {
        for (const part of parts.slice(at, at + each)) take(part);
        await new Promise(requestAnimationFrame);
      }
      // What the last of them brought is drawn.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    },
    { parts: deltas, each: perFrame },
  );
  return (await taskTime(session)) - before;
}

/** What the page's main thread has worked, ms. */
async function taskTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find(({ name }) => name === 'TaskDuration');
  if (!found) throw new Error('The browser does not tell how long its tasks took');
  return found.value * 1000;
}
