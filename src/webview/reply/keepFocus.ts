// Keeps the focus in its place while the page is drawn. Otherwise somebody who uses the keyboard alone would be at the
// beginning of the page again whenever the button that was pressed is gone.

/** Where the focus is: in the header, or in one of the turns. */
interface Place {
  readonly element: Element;
  /** The number of the turn; -1 for the header. */
  readonly turn: number;
  readonly name: string;
  readonly isInGroup: boolean;
}

/**
 * Runs `draw`. If what had the focus is then gone or disabled, the focus goes to what has the same name in the same place,
 * else to what is beside it, else to the heading of the turn.
 */
export function keepFocus(page: Element, draw: () => void): void {
  const before = placeOfFocus(page);
  draw();
  if (!before || canHaveFocus(before.element)) return;
  const scope = before.turn < 0 ? page.querySelector('header') : turnsOf(page)[before.turn];
  const candidates = [...(scope?.querySelectorAll<HTMLElement>(pressable) ?? [])].filter(canHaveFocus);
  const target =
    candidates.find((each) => nameOf(each) === before.name) ??
    (before.isInGroup ? candidates.find((each) => each.closest(group)) : undefined) ??
    scope?.querySelector<HTMLElement>('h2');
  // The reading position is somebody else's matter.
  target?.focus({ preventScroll: true });
}

const pressable = 'button, summary';
/** Buttons that stand for one another: at the last version, ‹ is what is left of ‹ ›. */
const group = 'nav, [role="group"]';

function placeOfFocus(page: Element): Place | undefined {
  const element = document.activeElement;
  if (!element?.matches(pressable) || !page.contains(element)) return undefined;
  const turn = turnsOf(page).findIndex((each) => each.contains(element));
  return { element, turn, name: nameOf(element), isInGroup: element.closest(group) !== null };
}

function turnsOf(page: Element): readonly Element[] {
  return [...page.getElementsByTagName('article')];
}

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent;
}

function canHaveFocus(element: Element): boolean {
  return element.isConnected && !(element as Partial<HTMLButtonElement>).disabled;
}
