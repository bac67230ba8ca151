// Brings the page to the shapes given, touching only what differs: what a reader has selected, scrolled or
// unfolded inside an unchanged part stays so.
import type { Content, Shape } from './shape';

const drawn = new WeakMap<Node, Shape>();

/** Makes what lies between `after` and `before` in `parent` (null: its ends) look like `contents`. */
export function patch(
  parent: Node,
  contents: readonly Content[],
  after: ChildNode | null = null,
  before: ChildNode | null = null,
): void {
  let place = after ? after.nextSibling : parent.firstChild;
  for (const content of contents) {
    const old = place === before ? null : place;
    const node = fitted(old, content);
    if (node !== old) {
      if (old) old.replaceWith(node);
      else parent.insertBefore(node, before);
    }
    place = node.nextSibling;
  }
  while (place && place !== before) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function fitted(place: ChildNode | null, content: Content): ChildNode {
  if (typeof content === 'string') return fittedText(place, content);
  const before = place ? drawn.get(place) : undefined;
  if (place && before === content) return place;
  const fits = before?.tag === content.tag && before.class === content.class;
  const element = fits && place instanceof HTMLElement ? place : document.createElement(content.tag);
  const known = element === place ? before : undefined;
  if (!known && content.class) element.className = content.class;
  setAttributes(element, content, known);
  for (const [name, figure] of Object.entries(content.figures ?? {}))
    element.style.setProperty(name, String(figure));
  if (content.click !== known?.click) element.onclick = content.click ? () => content.click?.(element) : null;
  patch(element, content.children);
  drawn.set(element, content);
  return element;
}

/** Text that only grew is added to, which costs less than all of it and leaves a selection alone. */
function fittedText(place: ChildNode | null, text: string): ChildNode {
  if (!(place instanceof Text)) return document.createTextNode(text);
  if (place.data !== text) {
    if (text.startsWith(place.data)) place.appendData(text.slice(place.data.length));
    else place.data = text;
  }
  return place;
}

function setAttributes(element: HTMLElement, { attributes = {} }: Shape, before: Shape | undefined): void {
  for (const name of Object.keys(before?.attributes ?? {})) {
    if (!(name in attributes)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
