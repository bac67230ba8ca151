// Where the reader is in a conversation. A reply is followed while the reader is at its end; everything else leaves what
// is being read where it is.
import type { ReadingPlace } from '../../protocol/reply';

/** px; this near to the end counts as being at the end. */
const nearPx = 32;
/** px of the page above the composer that the status line of a running reply covers. */
const statusPx = 44;

export interface ReadingPositionDeps {
  /** Called whenever the reader may have moved; see `place`. */
  readonly onMove: () => void;
}

/** What is in sight, and where: px below the upper edge of the window. */
interface Anchor {
  readonly element: Element;
  readonly top: number;
}

export class ReadingPosition {
  #following = false;
  /** The last scroll position, px. */
  #top = 0;
  #anchor: Anchor | undefined;
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
    this.#jump.hidden = true;
    this.#jump.onclick = () => this.#toEnd();
    document.body.append(this.#jump);
    addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Another font, another width, a text that is coloured: what is read stays where it is.
    new ResizeObserver(() => this.settle()).observe(page);
    addEventListener('resize', () => this.settle());
    // After expanding something, the user wants to read it from its beginning. Keys cause a click, too.
    addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('summary, .fold')) this.#following = false;
    });
  }

  set label(jumpToEnd: string) {
    this.#jump.textContent = jumpToEnd;
  }

  /** Shows a conversation where it was left; else its last turn, from the beginning. */
  open(
    place: ReadingPlace | undefined,
    last: { readonly element: Element; readonly isRunning: boolean } | undefined,
  ) {
    this.#isRunning = last?.isRunning ?? false;
    this.#following = this.#isRunning;
    const left = place && document.getElementById(turnElementId(place.turn));
    if (left) this.#scrollTo(offsetOf(left) - place.offset);
    else this.#scrollTo(last ? offsetOf(last.element) - this.#inset : 0);
    this.#remember();
  }

  /** The user has sent a prompt: it is shown, and its reply is followed once it fills the window. */
  sent(turn: Element): void {
    this.#following = true;
    this.#isRunning = true;
    this.#scrollTo(offsetOf(turn) - this.#inset);
    this.#remember();
  }

  /** Another version takes the place of a turn: it begins where that one began, if that was in sight. */
  replaced(turn: Element, top: number, isRunning: boolean): void {
    this.#isRunning = isRunning;
    this.#following = isRunning;
    const isInSight = top >= 0 && top < this.#visibleHeight;
    this.#scrollTo(offsetOf(turn) - (isInSight ? top : this.#inset));
    this.#remember();
  }

  /** A reply that comes whole is read from its beginning. */
  stopFollowing(): void {
    this.#following = false;
    this.#remember();
  }

  /** A prompt that waited in a queue was sent: nothing moves. */
  added(): void {
    this.#isRunning = true;
  }

  /** Call it when the page has been drawn. `isRunning`: whether the last reply is running. */
  drawn(isRunning: boolean): void {
    const hasEnded = this.#isRunning && !isRunning;
    this.#isRunning = isRunning;
    if (this.#following) this.#follow();
    else this.settle();
    // What then appears below the text, such as what the reply cost, must not move it.
    if (hasEnded) this.stopFollowing();
    this.#showJump();
  }

  /** Puts what is being read back to where it was. */
  settle(): void {
    if (this.#following) {
      this.#follow();
      return;
    }
    const { element, top = 0 } = this.#anchor ?? {};
    if (element?.isConnected) {
      const moved = element.getBoundingClientRect().top - top;
      if (Math.abs(moved) >= 0.5) scrollBy(0, moved);
      this.#top = document.documentElement.scrollTop;
    }
    this.#showJump();
  }

  /** Shows the previous (-1) or next (+1) prompt. */
  step(by: -1 | 1): void {
    const turns = [...this.#page.querySelectorAll('article')];
    const tops = turns.map((turn) => turn.getBoundingClientRect().top);
    const target =
      by < 0
        ? turns[tops.findLastIndex((top) => top < this.#inset - 1)]
        : turns[tops.findIndex((top) => top > this.#inset + 1)];
    if (!target) return;
    this.#following = false;
    this.#scrollTo(offsetOf(target) - this.#inset);
    this.#remember();
    target.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  /** Where the reader is; undefined in an empty conversation. */
  get place(): ReadingPlace | undefined {
    const turn = this.#turnAtTop();
    return turn && { turn: turnOfElement(turn), offset: Math.round(-turn.getBoundingClientRect().top) };
  }

  /** What the bar at the top covers of the window, px. */
  get #inset(): number {
    return this.#page.querySelector<HTMLElement>('nav')?.offsetHeight ?? 0;
  }

  get #visibleHeight(): number {
    return innerHeight - composerHeight();
  }

  /** Scrolls down, never up, as far as the end of the text is out of sight. */
  #follow(): void {
    const missing = this.#endOfText() - this.#visibleHeight;
    if (missing > 0.5) this.#scrollTo(document.documentElement.scrollTop + missing);
  }

  /** px below the upper edge of the window. */
  #endOfText(): number {
    const article = this.#page.querySelector('article:last-of-type');
    const text = article?.querySelector('.markdown')?.getBoundingClientRect();
    return text ? text.bottom + statusPx : 0;
  }

  #toEnd(): void {
    this.#following = this.#isRunning;
    scrollBy(0, this.#endOfContents() - this.#visibleHeight);
    this.#top = document.documentElement.scrollTop;
    this.#remember();
    this.#showJump();
  }

  /** The end of what is on the page, without the empty space below; px below the upper edge of the window. */
  #endOfContents(): number {
    const last = this.#page.querySelector('article:last-of-type')?.lastElementChild;
    return last ? last.getBoundingClientRect().bottom : 0;
  }

  #scrolled(): void {
    const { scrollTop } = document.documentElement;
    // Only the user scrolls up. The event of our own scrolling may arrive after a click that ended the following.
    if (this.#isRunning && this.#isAtEnd() && scrollTop > this.#top) this.#following = true;
    else if (scrollTop < this.#top) this.#following = false;
    this.#top = scrollTop;
    this.#remember();
    this.#showJump();
  }

  #scrollTo(top: number): void {
    scrollTo(0, Math.max(0, top));
    this.#top = document.documentElement.scrollTop;
  }

  /** Remembers what is at the upper edge of the window. */
  #remember(): void {
    const turn = this.#turnAtTop();
    this.#anchor = turn && !this.#following ? anchorIn(turn) : undefined;
    this.#onMove();
  }

  /** The turn at the upper edge of the window, or the first. */
  #turnAtTop(): Element | undefined {
    const turns = this.#page.getElementsByTagName('article');
    const edge = this.#inset + 1;
    return turns[Math.max(0, firstWhere(turns, (turn) => turn.getBoundingClientRect().top > edge) - 1)];
  }

  #isAtEnd(): boolean {
    return this.#endOfText() - this.#visibleHeight <= nearPx;
  }

  #showJump(): void {
    this.#jump.hidden = this.#following || this.#endOfContents() - this.#visibleHeight <= nearPx;
  }
}

const turnPrefix = 'turn-';

/** The ID of the element that shows a turn. */
export function turnElementId(turn: string): string {
  return turnPrefix + turn;
}

function turnOfElement({ id }: Element): string {
  return id.slice(turnPrefix.length);
}

/** px below the upper edge of the page. */
function offsetOf(element: Element): number {
  return element.getBoundingClientRect().top + document.documentElement.scrollTop;
}

/** The height of the composer, which covers the lower part of the window; px. */
function composerHeight(): number {
  return document.getElementById('composer')?.offsetHeight ?? 0;
}

/** The block of a turn's text that is at the upper edge of the window; the turn itself if there is none. */
function anchorIn(turn: Element): Anchor {
  const text = turn.querySelector('.markdown');
  let element = turn;
  for (
    let parent: Element | null | undefined = text;
    parent;
    parent = element.matches('.stretch') ? element : null
  ) {
    const blocks = parent.children;
    const block = blocks[firstWhere(blocks, (candidate) => candidate.getBoundingClientRect().bottom > 0)];
    if (!block || block.getBoundingClientRect().top > innerHeight) break;
    element = block;
  }
  return { element, top: element.getBoundingClientRect().top };
}

/** The index of the first element that `holds`, if it holds for all that follow; the number of elements if for none. */
function firstWhere(elements: HTMLCollectionOf<Element>, holds: (element: Element) => boolean): number {
  let from = 0;
  let to = elements.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const element = elements[middle];
    if (element && holds(element)) to = middle;
    else from = middle + 1;
  }
  return from;
}
