// What the three pages have in common on the host's side: their messages, and what is shown where there is no page.
import type { Webview } from 'vscode';
import { textPage } from './webviewPage';
import { type ReportError, type RunReporting, notLoadedSentence } from './errors';

/** A page that could not do something; `what` names the place in its code, never words of a reply. */
interface Broken {
  readonly type: 'broken';
  readonly what: string;
}

export interface MessageHandler<M extends { readonly type: string }> {
  /** What the page is called in the log. */
  readonly page: string;
  readonly log: { warn(message: string): void };
  readonly attempt: RunReporting;
  /** What a message asks for, as the user calls it. */
  readonly nameOf: (message: M) => string;
  readonly handle: (message: M) => unknown;
}

/** Handles what a page says, as long as its webview is there. What cannot be done is shown. */
export function onMessage<M extends { readonly type: string }>(
  webview: Webview,
  { page, log, attempt, nameOf, handle }: MessageHandler<M>,
): void {
  webview.onDidReceiveMessage((message: M | Broken) => {
    if (isBroken(message)) log.warn(`${page}: ${message.what}`);
    else void attempt(nameOf(message), () => handle(message));
  });
}

function isBroken(message: { readonly type: string }): message is Broken {
  return message.type === 'broken';
}

/** Tells a page something. One that is gone meanwhile is told nothing. */
export function postTo(webview: Webview | undefined, message: unknown): void {
  webview?.postMessage(message).then(undefined, () => undefined);
}

/**
 * Runs what fills `webview`, which the user calls `what`. Where the part of the extension that does cannot be loaded,
 * both the webview and a message say so. Never rejects.
 */
export async function fill(
  webview: Webview,
  what: string,
  report: ReportError,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    showNotLoaded(webview, what);
    report(what, error);
  }
}

/** Where a page would stand whose part of the extension could not be loaded. */
export function showNotLoaded(webview: Webview, what: string): void {
  webview.options = {};
  webview.html = textPage(notLoadedSentence(what));
}
