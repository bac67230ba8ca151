// Keeps a growing reply scrolled to its end, until the user scrolls away.
import type { ReplyMemory } from './memory';

/** px; this near to the end counts as being at the end. */
const nearPx = 32;

export class StickToBottom {
  #following = true;
  #turn = '';
  /** The last scroll position, px. */
  #top = 0;
  readonly #jump: HTMLButtonElement;
  readonly #memory: Pick<ReplyMemory, 'view' | 'rememberView'>;

  constructor(memory: Pick<ReplyMemory, 'view' | 'rememberView'>) {
    this.#memory = memory;
    this.#jump = document.createElement('button');
    this.#jump.type = 'button';
    this.#jump.className = 'jump';
    this.#jump.hidden = true;
    this.#jump.onclick = () => this.#toEnd();
    document.body.append(this.#jump);
    addEventListener('scroll', () => this.#scrolled(), { passive: true });
    addEventListener('resize', () => this.grown());
    // After expanding something, the user wants to read it from its beginning. Keys cause a click, too.
    addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('summary, .fold')) this.#following = false;
    });
  }

  set label(jumpToEnd: string) {
    this.#jump.textContent = jumpToEnd;
  }

  /**
   * Call it when the last turn on the page changes. Follows a running reply; a finished one is shown at its saved
   * position, or from its beginning.
   */
  begin(turn: string, element: Element, isRunning: boolean): void {
    if (turn === this.#turn) return;
    const { view } = this.#memory;
    this.#turn = turn;
    this.#following = isRunning;
    if (!isRunning && view?.turn === turn) scrollTo(0, view.top);
    else if (!isRunning) element.scrollIntoView();
    this.grown();
  }

  /** Call it when the height of the page has changed. */
  grown(): void {
    if (this.#following) this.#toEnd();
    else this.#showJump();
  }

  #toEnd(): void {
    this.#following = true;
    scrollTo(0, document.documentElement.scrollHeight);
    this.#top = document.documentElement.scrollTop;
    this.#showJump();
  }

  #scrolled(): void {
    const { scrollTop } = document.documentElement;
    // Only the user scrolls up; if the end moves away by itself, keep following it. The event of our own scrolling may
    // arrive after a click that ended the following.
    if (isAtEnd() && scrollTop > this.#top) this.#following = true;
    else if (scrollTop < this.#top) this.#following = false;
    this.#top = scrollTop;
    this.#showJump();
    this.#memory.rememberView({ turn: this.#turn, top: scrollTop });
  }

  #showJump(): void {
    this.#jump.hidden = this.#following || isAtEnd();
  }
}

function isAtEnd(): boolean {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  return scrollHeight - clientHeight - scrollTop <= nearPx;
}
