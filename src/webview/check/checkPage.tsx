// The page of Check Connection: draws the view that the host tells, and hands back which button was pressed.
import { render } from 'preact';
import type { CheckToHost, CheckToWebview } from '../../protocol/check';
import type { Announce } from '../kit/announcer';
import type { PageHost } from '../kit/host';
import { showCopied } from '../kit/showCopied';
import { CheckContents, news } from './contents';

export class CheckPage {
  readonly #page: HTMLElement;
  readonly #host: Pick<PageHost<CheckToHost>, 'post'>;
  readonly #announce: Announce;
  #running = false;
  #offer = 0;
  #said = '';

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
    const pressing = {
      own: (action: string, from: HTMLElement) => {
        post({ type: 'do', action, offer: this.#offer });
        if (action === 'copyReport') showCopied(from, view.copied, this.#announce);
      },
      act: (action: string) => post({ type: 'act', action }),
    };
    render(<CheckContents view={view} pressing={pressing} />, this.#page);
    const gone = focused instanceof HTMLButtonElement && (focused.hidden || !focused.isConnected);
    // Only where it was lost: from elsewhere in VS Code it is not taken.
    if (gone && document.hasFocus()) this.#focusAfter(this.#running);
    const now = news(view);
    if (now !== this.#said && view.phase !== 'before') this.#announce(now);
    this.#said = now;
  }

  /** Stops the check, if one runs. */
  stop(): void {
    if (this.#running) this.#host.post({ type: 'do', action: 'stop', offer: this.#offer });
  }

  /** Where Begin was pressed, Stop is at hand; where Stop was, or what is gone with its stage, nothing that a key would press. */
  #focusAfter(began: boolean): void {
    const next = this.#page.querySelector(began ? '.actions > button:not([hidden])' : '.summary');
    if (next instanceof HTMLElement) next.focus();
  }
}
