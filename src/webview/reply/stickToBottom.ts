// Follows the end of a growing reply for as long as the reader is there.
import type { ReplyMemory } from './memory';

/** As near to the end as this, in px, counts as being there. */
const near = 32;

export class StickToBottom {
  #following = true;
  #turn = '';
  /** Where the page was scrolled to when last looked at, px. */
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
    // Who unfolds something wants to read it from where it stands. By keys, too, that is a click.
    addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('summary, .fold')) this.#following = false;
    });
  }

  set label(jumpToEnd: string) {
    this.#jump.textContent = jumpToEnd;
  }

  /**
   * Another conversation, or one with another last turn, is on the page now. A reply that runs is followed;
   * one that is over is shown as it was left, or from its beginning.
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

  /** The page has changed its height. */
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
    // Only a reader scrolls up. That the end moved away by itself is no reason not to follow it.
    // What is told of a scroll of ours may come after a click that ended it.
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
  return scrollHeight - clientHeight - scrollTop <= near;
}
