// Where the reader is in a conversation. A reply is followed while the reader is at its end; everything else leaves what
// is being read where it is.
import type { ReadingPlace } from '../../protocol/reply';
import { composerHeight, offsetOf, turnElementId, turnOfElement } from './turnElements';
import { type Anchor, anchorAt, blockNumber, blockOf, firstWhere, movedBy } from './readingAnchor';

/** px; this near to the end counts as being at the end. */
const nearPx = 32;
/** px of the page above the composer that the status line of a running reply covers. */
const statusPx = 44;
/** The most of the window that is left free below a text that is followed. */
const maxRoomShare = 0.3;

export interface ReadingPositionDeps {
  /** Called whenever the reader may have moved; see `place`. */
  readonly onMove: () => void;
}

export class ReadingPosition {
  #following = false;
  /** The last scroll position, px. */
  #top = 0;
  #anchor: Anchor | undefined;
  /** Where the conversation was left, while it is not drawn that far. */
  #goal: ReadingPlace | undefined;
  /** The height of the page when it was last looked at, px. */
  #height = 0;
  #isRunning = false;
  readonly #page: HTMLElement;
  readonly #onMove: () => void;
  readonly #jump: HTMLButtonElement;

  constructor(page: HTMLElement, { onMove }: ReadingPositionDeps) {
    this.#page = page;
    this.#onMove = onMove;
    this.#jump = document.createElement('button');
    this.#jump.type = 'button';
    this.#jump.className = 'jump';
    this.#jump.textContent = '↓';
    this.#jump.hidden = true;
    this.#jump.onclick = () => this.#toEnd();
    document.body.append(this.#jump);
    addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Another font, another width, a text that is coloured: what is read stays where it is.
    new ResizeObserver(() => this.settle()).observe(page);
    addEventListener('resize', () => this.settle());
    addEventListener('click', ({ target }) => this.#pressed(target), { capture: true });
    // The user goes elsewhere. A scroll event would not do: the browser scrolls, too, when what is above grows.
    for (const type of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
      addEventListener(type, () => (this.#goal = undefined), { passive: true });
  }

  set label(jumpToEnd: string) {
    this.#jump.ariaLabel = jumpToEnd;
    this.#jump.title = jumpToEnd;
  }

  /**
   * A conversation is about to be drawn, which will be shown where it was left; else its last turn from the beginning.
   * Until it is drawn that far, `turnInSight` is the turn that must be drawn first.
   */
  aim(
    place: ReadingPlace | undefined,
    last: { readonly id: string; readonly isRunning: boolean } | undefined,
  ) {
    this.#isRunning = last?.isRunning ?? false;
    this.#following = this.#isRunning && (place?.isFollowing ?? !place);
    this.#anchor = undefined;
    this.#goal = place ?? (last && { turn: last.id, offset: -this.#inset });
  }

  /** Scrolls to where the conversation was left, or as near to it as it is drawn. */
  open(): void {
    const { turn, block, offset = 0 } = this.#goal ?? {};
    const element = document.getElementById(turnElementId(turn ?? '')) ?? undefined;
    const text = block === undefined ? undefined : element?.querySelector('.markdown');
    const found = text ? blockOf(text, block ?? 0) : element;
    const target = found ?? text?.lastElementChild ?? element;
    this.#scrollTo(target ? offsetOf(target) + offset : 0);
    // Not what is at the edge now: what was never in sight is not laid out yet.
    const top = target?.getBoundingClientRect().top ?? 0;
    // While too little is below it, the place can't be reached.
    const isReached = found !== undefined && Math.abs(top + offset) < 1;
    this.#anchor = target ? { element: target, top: isReached ? -offset : top } : undefined;
    if (isReached) this.#goal = undefined;
    this.#onMove();
  }

  /** The user has sent a prompt: it is shown, and its reply is followed once it fills the window. */
  sent(turn: Element): void {
    this.#following = true;
    this.#isRunning = true;
    this.#scrollTo(offsetOf(turn) - this.#inset);
    this.#remember();
  }

  /** Where a turn begins whose heading is in sight, px below the upper edge of the window; else undefined. */
  topInSight(turn: Element): number | undefined {
    const { top } = turn.getBoundingClientRect();
    const { bottom = top } = turn.querySelector('.heading')?.getBoundingClientRect() ?? {};
    return bottom > this.#inset && top < this.#visibleHeight ? top : undefined;
  }

  /** Another version takes the place of a turn: it begins where that one began, if that was in sight. */
  replaced(turn: Element, top = this.#inset, isRunning: boolean): void {
    this.#isRunning = isRunning;
    this.#following = isRunning;
    this.#scrollTo(offsetOf(turn) - top);
    this.#remember();
  }

  /** A reply that comes whole is read from its beginning. */
  stopFollowing(): void {
    this.#following = false;
  }

  /** A prompt that waited in a queue was sent: nothing moves. */
  added(): void {
    this.#isRunning = true;
    this.#following = false;
    this.settle();
  }

  /** Call it when the page has been drawn. `isRunning`: whether the last reply is running; `isComplete`: all is drawn. */
  drawn(isRunning: boolean, isComplete: boolean): void {
    const hasEnded = this.#isRunning && !isRunning;
    this.#isRunning = isRunning;
    this.settle();
    if (isComplete) this.#goal = undefined;
    // What then appears below the text, such as what the reply cost, must not move it.
    if (!hasEnded) return;
    this.stopFollowing();
    this.#showJump();
  }

  /** Puts what is being read back to where it was. */
  settle(): void {
    const missing = this.#following ? this.#missing : 0;
    if (missing > 0.5) {
      this.#scrollTo(document.documentElement.scrollTop + missing);
      this.#remember();
    } else if (this.#goal) this.open();
    else if (this.#anchor) this.#putBack(this.#anchor);
    // The event of this scrolling comes later, and is not the user's.
    this.#top = document.documentElement.scrollTop;
    this.#height = document.documentElement.scrollHeight;
    this.#showJump();
  }

  #putBack(anchor: Anchor): void {
    const moved = movedBy(anchor);
    if (Math.abs(moved) < 0.5) return;
    scrollBy(0, moved);
    // Where the page ends too early for it, it stays where that puts it.
    if (Math.abs(movedBy(anchor)) >= 1) this.#remember();
  }

  /** Shows the previous (-1) or next (+1) prompt; the first or last one if there is no other. */
  step(by: -1 | 1): void {
    const turns = [...this.#page.querySelectorAll('article')];
    const tops = turns.map((turn) => turn.getBoundingClientRect().top);
    const before = turns[tops.findLastIndex((top) => top < this.#inset - 1)] ?? turns[0];
    const after = turns[tops.findIndex((top) => top > this.#inset + 1)] ?? turns.at(-1);
    const target = by < 0 ? before : after;
    if (!target) return;
    this.#following = false;
    this.#scrollTo(offsetOf(target) - this.#inset);
    this.#remember();
    target.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  /** Where the reader is; undefined in an empty conversation. */
  get place(): ReadingPlace | undefined {
    if (this.#goal) return this.#goal;
    const turn = this.#turnAtTop();
    if (!turn) return undefined;
    const { element } = anchorAt(turn, this.#inset);
    return {
      turn: turnOfElement(turn),
      ...blockNumber(element),
      // In hundredths: a block may begin between two pixels.
      offset: Math.round(-element.getBoundingClientRect().top * 100) / 100,
      ...(this.#following && { isFollowing: true }),
    };
  }

  /** The ID of the turn that the reader is at, or will be. */
  get turnInSight(): string | undefined {
    if (this.#goal) return this.#goal.turn;
    const turn = this.#turnAtTop();
    return turn && turnOfElement(turn);
  }

  /** What the user expands stays where it is, to be read from its beginning. Keys cause a click, too. */
  #pressed(target: EventTarget | null): void {
    const pressed = target instanceof Element ? target.closest('summary, .fold') : null;
    if (!pressed) return;
    this.#following = false;
    const prompt = pressed.closest('.prompt');
    const isExpanding = pressed.ariaExpanded === 'false';
    // At the end of a long prompt, the button to collapse it stays under the mouse.
    const staysAtPrompt = prompt && (isExpanding || prompt.getBoundingClientRect().top >= this.#inset);
    const element = staysAtPrompt ? prompt : pressed;
    this.#anchor = { element, top: element.getBoundingClientRect().top };
  }

  /** What the bar at the top covers of the window, px. */
  get #inset(): number {
    return this.#page.querySelector<HTMLElement>('nav')?.offsetHeight ?? 0;
  }

  get #visibleHeight(): number {
    return innerHeight - composerHeight();
  }

  /** How far the end of the text is out of sight, px; negative if it is in sight. */
  get #missing(): number {
    return this.#endOfText() - this.#visibleHeight;
  }

  /**
   * px below the upper edge of the window; with room for the facts and buttons, which are in sight without a move when the
   * reply has ended.
   */
  #endOfText(): number {
    const article = this.#page.querySelector('article:last-of-type');
    const text = article?.querySelector('.markdown')?.getBoundingClientRect();
    return text
      ? text.bottom + Math.max(statusPx, Math.min(this.#room, this.#visibleHeight * maxRoomShare))
      : 0;
  }

  /** The height of the status line, and of what panel.css leaves free above it, px. */
  get #room(): number {
    const status = this.#page.querySelector<HTMLElement>('article:last-of-type > .status');
    return status ? status.offsetHeight + Number.parseFloat(getComputedStyle(status).marginTop) : 0;
  }

  #toEnd(): void {
    this.#following = this.#isRunning;
    scrollBy(0, this.#endOfContents() - this.#visibleHeight);
    this.#top = document.documentElement.scrollTop;
    this.#remember();
    this.#showJump();
  }

  /**
   * The end of what is on the page, without the empty space below; px below the upper edge of the window. Not that of the
   * status line, which stays in sight.
   */
  #endOfContents(): number {
    const parts = this.#page.querySelectorAll('article:last-of-type > :not(.status)');
    return Math.max(0, ...[...parts].map((part) => part.getBoundingClientRect().bottom)) + statusPx;
  }

  #scrolled(): void {
    const { scrollTop } = document.documentElement;
    // Our own scrolling, after which the anchor is the same.
    if (scrollTop === this.#top) return;
    if (this.#hasShrunkTo(scrollTop)) {
      this.settle();
      return;
    }
    // Only the user scrolls up. The event of our own scrolling may arrive after a click that ended the following.
    if (this.#isRunning && this.#isAtEnd() && scrollTop > this.#top) this.#following = true;
    else if (scrollTop < this.#top) this.#following = false;
    this.#top = scrollTop;
    this.#remember();
    this.#showJump();
  }

  /** Whether the browser has scrolled, not the user: the page has become too short for where it stood. */
  #hasShrunkTo(scrollTop: number): boolean {
    const { scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight < this.#height && scrollTop >= scrollHeight - clientHeight - 1;
  }

  #scrollTo(top: number): void {
    scrollTo(0, Math.max(0, top));
    this.#top = document.documentElement.scrollTop;
  }

  /** Remembers what is at the upper edge of the window. */
  #remember(): void {
    const turn = this.#turnAtTop();
    this.#anchor = turn && anchorAt(turn, this.#inset);
    this.#onMove();
  }

  /** The turn at the upper edge of the window, or the first. */
  #turnAtTop(): Element | undefined {
    const turns = this.#page.getElementsByTagName('article');
    const edge = this.#inset + 1;
    return turns[Math.max(0, firstWhere(turns, (turn) => turn.getBoundingClientRect().top > edge) - 1)];
  }

  #isAtEnd(): boolean {
    return this.#missing <= nearPx;
  }

  #showJump(): void {
    this.#jump.hidden = this.#following || this.#endOfContents() - this.#visibleHeight <= nearPx;
  }
}
