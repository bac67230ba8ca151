// The live log: as many requests as there are, of which only those in sight are on the page.
import type { ActivityPage } from '../../../activity/protocol';
import { patch } from '../patch';
import { type Range, type Scrolled, isAtTop, rowAfter, rowHeight, rowsInSight, scrolledTo } from './inSight';
import { KnownRows, type Told } from './knownRows';
import { headingShape, idOf, rowShape } from './rowShapes';

/** Rows that are drawn, and asked for, beyond those in sight: what a flick of the wheel brings. */
const drawnAround = 6;
const askedAround = 40;
/** How long the keys may run on before a row that they pass is opened, ms. */
const pause = 120;

export interface ListParts {
  readonly ask: (range: Range) => void;
  /** Opens the row of an ID. */
  readonly open: (id: string) => void;
  /** Rows have come. */
  readonly changed: () => void;
}

export class RequestList {
  readonly element = element('div', 'list');
  readonly #heading = element('div', 'headings');
  readonly #canvas = element('div', 'canvas');
  readonly #parts: ListParts;
  readonly #known = new KnownRows();
  readonly #drawn = new Map<number, HTMLElement>();
  #columns: ActivityPage['requests']['columns'] = [];
  #count = 0;
  #version = 0;
  #question = '';
  /** The row that is open, by its ID; '' for none. */
  #open = '';
  #current: number | undefined;
  /** The version of which rows were asked for that are not told yet. */
  #asked: number | undefined;
  /** How many rows there are more than when some were told last. */
  #more = 0;
  #opening: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ListParts) {
    this.#parts = parts;
    const { element: list } = this;
    list.tabIndex = 0;
    list.setAttribute('role', 'grid');
    this.#heading.setAttribute('role', 'rowgroup');
    this.#canvas.setAttribute('role', 'rowgroup');
    list.append(this.#heading, this.#canvas);
    list.addEventListener('scroll', () => this.#look(), { passive: true });
    list.addEventListener('keydown', (event) => this.#press(event));
    this.#canvas.addEventListener('click', (event) => this.#click(event));
    new ResizeObserver(() => this.#look()).observe(list);
  }

  /** Whether all that is in sight is there. */
  get isWhole(): boolean {
    return this.#known.has(rowsInSight(this.#scrolled), this.#version);
  }

  show({ requests, version, chosen, open }: ActivityPage, name: string): void {
    const question = JSON.stringify([chosen.period, chosen.filter]);
    if (question !== this.#question) this.#begin(question, version);
    this.#more += requests.count - this.#count;
    this.#count = requests.count;
    if (version !== this.#version) this.#asked = undefined;
    this.#version = version;
    this.#columns = requests.columns;
    this.#open = open?.id ?? '';
    if (!open) clearTimeout(this.#opening);
    this.element.setAttribute('aria-label', name);
    this.element.setAttribute('aria-rowcount', String(requests.count + 1));
    patch(this.#heading, [headingShape(requests.columns)]);
    this.#canvas.style.setProperty('--count', String(requests.count));
    if (this.#current !== undefined && this.#current >= requests.count) this.#current = undefined;
    this.#look();
  }

  /** Takes rows that were asked for. Those in sight stay where they are when others came in above them. */
  take(told: Told): void {
    if (told.version >= (this.#asked ?? 0)) this.#asked = undefined;
    const { from } = rowsInSight(this.#scrolled);
    const shift = this.#known.take(told, from, this.#more);
    this.#more = 0;
    if (shift !== 0 && this.#current !== undefined)
      this.#current = Math.min(Math.max(this.#current + shift, 0), this.#count - 1);
    if (shift !== 0 && !isAtTop(this.element.scrollTop)) this.element.scrollTop += shift * rowHeight;
    this.#current ??= this.#open ? this.#known.find(this.#open) : undefined;
    this.#look();
    this.#parts.changed();
  }

  focus(): void {
    this.element.focus();
  }

  /** Another filter or period: what was looked at is elsewhere now, if it is there at all. */
  #begin(question: string, version: number): void {
    this.#question = question;
    this.#known.begin(version);
    this.#current = undefined;
    this.element.scrollTop = 0;
  }

  get #scrolled(): Scrolled {
    const { scrollTop: top, clientHeight } = this.element;
    return { top, height: clientHeight - this.#heading.offsetHeight, count: this.#count };
  }

  #look(): void {
    this.#drawAll();
    this.#ask();
  }

  #ask(): void {
    const scrolled = this.#scrolled;
    if (this.#asked !== undefined || this.#known.has(rowsInSight(scrolled, drawnAround), this.#version))
      return;
    // What is in sight will have moved down by what has come in, unless the newest are looked at.
    const more = isAtTop(scrolled.top) ? 0 : Math.max(0, this.#more);
    this.#asked = this.#version;
    this.#parts.ask(rowsInSight({ ...scrolled, top: scrolled.top + more * rowHeight }, askedAround));
  }

  #drawAll(): void {
    const { from, count } = rowsInSight(this.#scrolled, drawnAround);
    for (const [index, row] of this.#drawn) {
      if (index >= from && index < from + count) continue;
      row.remove();
      this.#drawn.delete(index);
    }
    let after: ChildNode | null = null;
    for (let index = from; index < from + count; index++) {
      const before: ChildNode | null = after ? after.nextSibling : this.#canvas.firstChild;
      const drawn = this.#drawn.get(index) ?? null;
      const next: ChildNode | null = drawn ? drawn.nextSibling : before;
      const current = index === this.#current;
      patch(this.#canvas, [rowShape(index, this.#known.at(index), this.#columns, current)], after, next);
      after = after ? after.nextSibling : this.#canvas.firstChild;
      if (after instanceof HTMLElement) this.#drawn.set(index, after);
    }
    this.#tellCurrent();
  }

  #tellCurrent(): void {
    const current = this.#current;
    if (current !== undefined && this.#drawn.has(current))
      this.element.setAttribute('aria-activedescendant', idOf(current));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const row = rowAfter(event.key, this.#current, this.#scrolled);
    if (row !== undefined) {
      event.preventDefault();
      this.#go(row);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#openCurrent();
    }
  }

  #click({ target }: MouseEvent): void {
    const row = target instanceof Element ? target.closest('.row') : null;
    const index = [...this.#drawn].find(([, drawn]) => drawn === row)?.[0];
    if (index === undefined) return;
    this.#go(index);
    this.#openCurrent();
  }

  #go(row: number): void {
    this.#current = row;
    this.element.scrollTop = scrolledTo(row, this.#scrolled);
    this.#look();
    if (!this.#open) return;
    // What is open goes with the keys.
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => this.#openCurrent(), pause);
  }

  #openCurrent(): void {
    clearTimeout(this.#opening);
    const row = this.#current === undefined ? undefined : this.#known.at(this.#current);
    if (row && row.id !== this.#open) this.#parts.open(row.id);
  }
}

function element(tag: 'div', name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
