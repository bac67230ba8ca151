// What is at the upper edge of the window, so that it can be found again after the page has changed.
import type { ReadingPlace } from '../../protocol/reply';

/** px below the edge: of a line of which less is in sight, the next one is being read. */
const lineInSightPx = 8;

/** What is in sight, and where: px below the upper edge of the window. */
export interface Anchor {
  readonly element: Element;
  readonly top: number;
  /** The line of the element's text at the edge: a tall block may wrap at other words. */
  readonly line?: { readonly node: Text; readonly offset: number; readonly top: number };
}

/** The block of a turn's text at `edge` px below the upper edge of the window; the turn itself if there is none. */
export function anchorAt(turn: Element, edge: number): Anchor {
  let element = turn;
  let parent = turn.querySelector('.markdown');
  while (parent) {
    const blocks = parent.children;
    const block = blocks[firstWhere(blocks, (each) => each.getBoundingClientRect().bottom > edge)];
    if (!block || block.getBoundingClientRect().top > innerHeight) break;
    element = block;
    parent = block.matches('.stretch') ? block : null;
  }
  const { top } = element.getBoundingClientRect();
  const line = element === turn ? undefined : lineAt(element, Math.max(edge, top) + lineInSightPx);
  return { element, top, ...(line && { line }) };
}

/** How far the anchor has moved down since, px; 0 if it is no longer on the page. */
export function movedBy({ element, top, line }: Anchor): number {
  const lineTop = line?.node.isConnected ? topOfCharacter(line) : undefined;
  if (line && lineTop !== undefined) return lineTop - line.top;
  return element.isConnected ? element.getBoundingClientRect().top - top : 0;
}

function lineAt(block: Element, y: number): Anchor['line'] {
  const { left, right } = block.getBoundingClientRect();
  const x = getComputedStyle(block).direction === 'rtl' ? right - 1 : left + 1;
  // Browsers differ in whether they have it.
  const at = (document as Partial<Document>).caretPositionFromPoint?.(x, y);
  if (!at || !(at.offsetNode instanceof Text) || !block.contains(at.offsetNode)) return undefined;
  const place = { node: at.offsetNode, offset: at.offset };
  const top = topOfCharacter(place);
  return top === undefined ? undefined : { ...place, top };
}

function topOfCharacter({ node, offset }: { readonly node: Text; readonly offset: number }) {
  if (offset >= node.length) return undefined;
  const range = document.createRange();
  range.setStart(node, offset);
  range.setEnd(node, offset + 1);
  return range.getClientRects()[0]?.top;
}

/**
 * The number of a block in its reply's text. How the blocks are grouped depends on how the text arrived, so the groups do
 * not count. Empty for what is no such block.
 */
export function blockNumber(element: Element): Pick<ReadingPlace, 'block'> {
  const text = element.closest('.markdown');
  if (!text) return {};
  let number = 0;
  for (const child of text.children) {
    if (child === element) return { block: number };
    if (!child.matches('.stretch')) number++;
    else if (!child.contains(element)) number += child.childElementCount;
    else return { block: number + [...child.children].indexOf(element) };
  }
  return {};
}

/** The block of a reply's text with this number; undefined if it is not drawn yet. */
export function blockOf(text: Element, number: number): Element | undefined {
  let rest = number;
  for (const child of text.children) {
    const count = child.matches('.stretch') ? child.childElementCount : 1;
    if (rest < count) return child.matches('.stretch') ? child.children[rest] : child;
    rest -= count;
  }
  return undefined;
}

/** The index of the first element that `holds`, if it holds for all that follow; the number of elements if for none. */
export function firstWhere(
  elements: HTMLCollectionOf<Element>,
  holds: (element: Element) => boolean,
): number {
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
