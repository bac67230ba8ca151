// Where turns are on the page.

const turnPrefix = 'turn-';

/** The ID of the element that shows a turn. */
export function turnElementId(turn: string): string {
  return turnPrefix + turn;
}

/** The ID of the turn that an element shows. */
export function turnOfElement({ id }: Element): string {
  return id.slice(turnPrefix.length);
}

/** The ID of the turn that an element is part of; undefined if it is of none. */
export function turnAround(element: Element): string | undefined {
  const turn = element.closest('article');
  return turn ? turnOfElement(turn) : undefined;
}

/** px below the upper edge of the page. */
export function offsetOf(element: Element): number {
  return element.getBoundingClientRect().top + document.documentElement.scrollTop;
}

/** The height of the composer, which covers the lower part of the window; px. */
export function composerHeight(): number {
  return document.getElementById('composer')?.offsetHeight ?? 0;
}
