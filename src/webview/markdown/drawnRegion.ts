// A region of a reply on the page: a range of the children of the reply's element.
import { type ContainerNode, render } from 'preact';
import type { Child } from './renderContext';

export class DrawnRegion {
  readonly #parent: HTMLElement;
  /** The last node before the region. */
  readonly #before: ChildNode | null;
  /** An empty text node that marks the end of the region. */
  readonly #end = document.createTextNode('');
  #container: ContainerNode;

  /** Creates an empty region at the end of `parent`. */
  constructor(parent: HTMLElement) {
    this.#parent = parent;
    this.#before = parent.lastChild;
    parent.append(this.#end);
    this.#container = this.#newContainer();
  }

  draw(contents: readonly Child[]): void {
    render([...contents], this.#container);
  }

  /** Removes everything, after an error in draw(): Preact can't continue with a partly drawn region. */
  clear(): void {
    while (this.#end.previousSibling && this.#end.previousSibling !== this.#before)
      this.#end.previousSibling.remove();
    this.#container = this.#newContainer();
  }

  /** The part of an element's interface that Preact needs to manage children. */
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
