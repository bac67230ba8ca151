// Brings the page to the shapes given, touching only what differs: what a reader has selected, scrolled or
// unfolded inside an unchanged part stays so.
import type { Child, VNode } from './vnode';

const drawn = new WeakMap<Node, VNode>();

/** Makes what lies between `after` and `before` in `parent` (null: its ends) look like `contents`. */
export function patch(
  parent: Node,
  contents: readonly Child[],
  after: ChildNode | null = null,
  before: ChildNode | null = null,
): void {
  let place = after ? after.nextSibling : parent.firstChild;
  for (const content of contents) {
    const key = typeof content === 'string' ? undefined : content.key;
    const own = key === undefined ? null : keyed(key, place, before);
    // To move an element would take the focus from it: those before it go instead.
    if (own) place = removed(place, own);
    const isFree = key === undefined && place !== before && keyOf(place) === undefined;
    const old = own ?? (isFree ? place : null);
    const node = fitted(old, content);
    if (node !== old) {
      if (old) old.replaceWith(node);
      else parent.insertBefore(node, place);
    }
    place = node.nextSibling;
  }
  removed(place, before);
}

function keyOf(node: ChildNode | null): string | undefined {
  return node ? drawn.get(node)?.key : undefined;
}

/** The element of a key, from `place` on. */
function keyed(key: string, place: ChildNode | null, before: ChildNode | null): ChildNode | null {
  for (let node = place; node && node !== before; node = node.nextSibling)
    if (keyOf(node) === key) return node;
  return null;
}

/** Removes what is from `place` on, and returns what it went up to. */
function removed(place: ChildNode | null, before: ChildNode | null): ChildNode | null {
  while (place && place !== before) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
  return before;
}

function fitted(place: ChildNode | null, content: Child): ChildNode {
  if (typeof content === 'string') return fittedText(place, content);
  const before = place ? drawn.get(place) : undefined;
  if (place && before === content) return place;
  const fits = before?.tag === content.tag && before.class === content.class;
  const element = fits && place instanceof HTMLElement ? place : document.createElement(content.tag);
  const known = element === place ? before : undefined;
  if (!known && content.class) element.className = content.class;
  setAttributes(element, content, known);
  setFigures(element, content, known);
  if (content.click !== known?.click) element.onclick = content.click ? () => content.click?.(element) : null;
  const field = isField(element) ? { element, present: chosenIn(element) } : undefined;
  patch(element, content.children);
  if (field) fillField(field, content, known);
  drawn.set(element, content);
  return element;
}

function setFigures(element: HTMLElement, { figures = {} }: VNode, before: VNode | undefined): void {
  const known: Readonly<Record<string, number>> = before?.figures ?? {};
  for (const [name, figure] of Object.entries(figures))
    if (known[name] !== figure) element.style.setProperty(name, String(figure));
}

type Field = HTMLInputElement | HTMLSelectElement;

function isField(element: HTMLElement): element is Field {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

function chosenIn(element: Field): string | undefined {
  return element instanceof HTMLSelectElement && element.selectedIndex < 0 ? undefined : element.value;
}

/**
 * What was told before and is told again does not undo what the reader has chosen since, of which the host is only
 * about to hear. Nor does anything go over what is being typed. `present` is what stood there: options that were
 * added to a select may have changed it; undefined where nothing could be chosen, since its option was not there yet.
 */
function fillField(
  { element, present }: { readonly element: Field; readonly present: string | undefined },
  { value = present ?? '', enter }: VNode,
  before: VNode | undefined,
): void {
  const isTyped = element instanceof HTMLInputElement && element === document.activeElement;
  const wanted = isTyped || value === before?.value ? (present ?? value) : value;
  if (element.value !== wanted) element.value = wanted;
  if (enter !== before?.enter) element.oninput = enter ? () => enter(element.value) : null;
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

function setAttributes(element: HTMLElement, { attributes = {} }: VNode, before: VNode | undefined): void {
  for (const name of Object.keys(before?.attributes ?? {})) {
    if (!(name in attributes)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
