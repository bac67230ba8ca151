// The host side that all pages share: receiving and posting messages, and the text that replaces a page that can't be
// loaded.
import type { Webview } from 'vscode';
import { textPage } from './webviewPage';
import { type ReportError, type RunReporting, loadErrorText } from './errors';

/** Reports an error in a page; `what` names the place in its code, and never contains text of a reply. */
interface Broken {
  readonly type: 'broken';
  readonly what: string;
}

export interface MessageHandler<M extends { readonly type: string }> {
  /** The name of the page in the log. */
  readonly page: string;
  readonly log: { warn(message: string): void };
  readonly attempt: RunReporting;
  /** The user's name for the action of a message; error messages use it. */
  readonly nameOf: (message: M) => string;
  readonly handle: (message: M) => unknown;
}

/** Handles the messages of a page until its webview is disposed. Errors of `handle` are shown. */
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

/** Posts a message to a page. Does nothing if the page is gone. */
export function postTo(webview: Webview | undefined, message: unknown): void {
  webview?.postMessage(message).then(undefined, () => undefined);
}

/**
 * Runs `run`, which fills a webview. If it fails, shows the error in the webview and reports it. `what` is the user's
 * name for the webview. Never rejects.
 */
export async function fillOrShowError(
  webview: Webview,
  what: string,
  report: ReportError,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    showLoadError(webview, what);
    report(what, error);
  }
}

/** Shows in a webview that its part of the extension could not be loaded. */
export function showLoadError(webview: Webview, what: string): void {
  webview.options = {};
  webview.html = textPage(loadErrorText(what));
}
