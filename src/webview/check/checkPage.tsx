// The page of Check Connection: draws the view that the host posts, and reports which button was pressed.
import { render } from 'preact';
import type { CheckToHost, CheckToWebview } from '../../protocol/check';
import type { Announce } from '../kit/announcer';
import type { PageHost } from '../kit/host';
import { showCopied } from '../kit/showCopied';
import { type ButtonHandlers, CheckContents, announcement } from './contents';

export class CheckPage {
  readonly #page: HTMLElement;
  readonly #host: Pick<PageHost<CheckToHost>, 'post'>;
  readonly #announce: Announce;
  #running = false;
  #offer = 0;
  #announced = '';

  constructor(page: HTMLElement, host: Pick<PageHost<CheckToHost>, 'post'>, announce: Announce) {
    this.#page = page;
    this.#host = host;
    this.#announce = announce;
    page.className = 'check';
  }

  show({ view }: CheckToWebview): void {
    const { post } = this.#host;
    this.#running = view.phase === 'running';
    this.#offer = view.offer;
    const focused = document.activeElement;
    const handlers: ButtonHandlers = {
      panel: (action, from) => {
        post({ type: 'do', action, offer: this.#offer });
        if (action === 'copyReport') showCopied(from, view.copied, this.#announce);
      },
      remedy: (action) => post({ type: 'act', action }),
    };
    render(<CheckContents view={view} handlers={handlers} />, this.#page);
    const lostFocus = focused instanceof HTMLButtonElement && (focused.hidden || !focused.isConnected);
    // Not if the focus is elsewhere in VS Code.
    if (lostFocus && document.hasFocus()) this.#focusAfter(this.#running);
    const now = announcement(view);
    if (now !== this.#announced && view.phase !== 'before') this.#announce(now);
    this.#announced = now;
  }

  /** Stops the check, if one runs. */
  stop(): void {
    if (this.#running) this.#host.post({ type: 'do', action: 'stop', offer: this.#offer });
  }

  /** After Begin, focuses Stop. After Stop, or a button that is gone, focuses the summary, which no key can press. */
  #focusAfter(began: boolean): void {
    const next = this.#page.querySelector(began ? '.actions > button:not([hidden])' : '.summary');
    if (next instanceof HTMLElement) next.focus();
  }
}
