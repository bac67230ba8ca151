// A region of a reply on the page: some of the children of the element that holds the whole reply.
import { type ContainerNode, render } from 'preact';
import type { Child } from './renderContext';

export class DrawnRegion {
  readonly #parent: HTMLElement;
  /** The last of what stands before it. */
  readonly #before: ChildNode | null;
  /** An empty text behind it, so that its own end is known. */
  readonly #end = document.createTextNode('');
  #container: ContainerNode;

  /** Begins one, with nothing in it, at the end of `parent`. */
  constructor(parent: HTMLElement) {
    this.#parent = parent;
    this.#before = parent.lastChild;
    parent.append(this.#end);
    this.#container = this.#newContainer();
  }

  draw(contents: readonly Child[]): void {
    render([...contents], this.#container);
  }

  /** Forgets what is drawn: what has been drawn in part cannot be gone on with. */
  clear(): void {
    while (this.#end.previousSibling && this.#end.previousSibling !== this.#before)
      this.#end.previousSibling.remove();
    this.#container = this.#newContainer();
  }

  /** What Preact needs of an element to keep its children. */
  #newContainer(): ContainerNode {
    const parent = this.#parent;
    const inside = { ownerDocument: document, namespaceURI: parent.namespaceURI };
    return {
      ...inside,
      nodeType: Node.ELEMENT_NODE,
      parentNode: null,
      firstChild: null,
      childNodes: [],
      insertBefore: (node, next) => parent.insertBefore(node as Node, (next ?? this.#end) as Node),
      appendChild: (node) => parent.insertBefore(node as Node, this.#end),
      removeChild: (node) => parent.removeChild(node as Node),
    };
  }
}
