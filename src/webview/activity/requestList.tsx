// The live log: as many requests as there are, of which only those in sight are on the page.
import { render } from 'preact';
import type { ActivityPage } from '../../protocol/activity';
import { CurrentRow } from './currentRow';
import {
  type Range,
  type Scrolled,
  isAtTop,
  rowAfter,
  rowHeight,
  visibleRange,
  scrolledTo,
} from './visibleRange';
import { RowCache, type RowsMessage } from './rowCache';
import type { LogPlace } from './memory';
import { Headings, Row, rowElementId } from './rows';

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
  /** It is elsewhere now, by scrolling or because rows came in. */
  readonly scrolled: (place: LogPlace) => void;
  /** Where it was when the page was unloaded. */
  readonly before: LogPlace | undefined;
}

export class RequestList {
  readonly element = element('div', 'list');
  readonly #heading = element('div', 'headings');
  readonly #canvas = element('div', 'canvas');
  readonly #parts: ListParts;
  readonly #known = new RowCache();
  readonly #current = new CurrentRow(this.#known);
  /** The rows that are on the page. */
  #drawn: Range = { from: 0, count: 0 };
  #columns: ActivityPage['requests']['columns'] = [];
  #count = 0;
  #version = 0;
  #question = '';
  /** The row that is open, by its ID; '' for none. */
  #open = '';
  /** The version of which rows were asked for that are not told yet. */
  #asked: number | undefined;
  /** How many rows there are more than when some were told last. */
  #more = 0;
  #opening: ReturnType<typeof setTimeout> | undefined;
  /** The current row is to be opened as soon as it is told. */
  #isToOpen = false;
  /** The row on which a button of the mouse went down: others may come under it before that goes up. */
  #pressed: { readonly index: number; readonly id: string } | undefined;
  #isRead = false;
  /** Where it was before, until it is there again. */
  #before: LogPlace | undefined;
  /** The first row in sight then, and where it is supposed to be now, until the host tells. */
  #supposed: { readonly id: string; readonly row: number } | undefined;

  constructor(parts: ListParts) {
    this.#parts = parts;
    this.#before = parts.before;
    const { element: list } = this;
    list.tabIndex = 0;
    list.setAttribute('role', 'grid');
    this.#heading.setAttribute('role', 'rowgroup');
    this.#canvas.setAttribute('role', 'rowgroup');
    list.append(this.#heading, this.#canvas);
    list.addEventListener('scroll', () => this.#look(), { passive: true });
    list.addEventListener('keydown', (event) => this.#press(event));
    this.#canvas.addEventListener('pointerdown', (event) => this.#pointAt(event));
    this.#canvas.addEventListener('click', (event) => this.#click(event));
    new ResizeObserver(() => {
      this.#comeBack();
      this.#look();
    }).observe(list);
  }

  /** Whether all that is in sight is there. */
  get isWhole(): boolean {
    return this.#known.has(visibleRange(this.#scrolled), this.#version);
  }

  show({ requests, version, options, open, isComplete }: ActivityPage, name: string): void {
    const question = JSON.stringify([options.period, options.filter]);
    if (question !== this.#question) this.#begin(question, version);
    this.#more += requests.count - this.#count;
    this.#count = requests.count;
    if (version !== this.#version) this.#asked = undefined;
    this.#version = version;
    this.#columns = requests.columns;
    if (!open) clearTimeout(this.#opening);
    if (this.#open && !open) this.#isToOpen = false;
    this.#open = open?.id ?? '';
    this.#isRead = isComplete;
    this.element.setAttribute('aria-label', name);
    this.element.setAttribute('aria-rowcount', String(requests.count + 1));
    render(<Headings columns={requests.columns} />, this.#heading);
    this.#canvas.style.setProperty('--count', String(requests.count));
    this.#current.follow(0, requests.count);
    this.#comeBack();
    this.#look();
  }

  /** Takes rows that were asked for. Those in sight stay where they are when others came in above them. */
  take(told: RowsMessage): void {
    if (told.version >= (this.#asked ?? 0)) this.#asked = undefined;
    const { from } = visibleRange(this.#scrolled);
    const shift = this.#known.take(told, from, this.#more);
    this.#more = 0;
    this.#current.follow(shift, this.#count);
    if (shift !== 0 && !isAtTop(this.element.scrollTop)) this.element.scrollTop += shift * rowHeight;
    this.#findSupposed();
    const open = this.#open ? this.#known.find(this.#open) : undefined;
    if (this.#current.index === undefined && open !== undefined) this.#current.go(open);
    if (this.#isToOpen) this.#openCurrent();
    this.#look();
    this.#parts.changed();
  }

  /** To where it was when the page was unloaded. */
  #comeBack(): void {
    const before = this.#before;
    // Without a height it cannot be scrolled yet.
    if (!before || !this.#isRead || this.element.clientHeight === 0) return;
    this.#before = undefined;
    const isSame = before.question === this.#question && before.version <= this.#version;
    const top = before.row * rowHeight + before.offset;
    if (!isSame || isAtTop(top) || !isAtTop(this.element.scrollTop)) return;
    const row = before.row + this.#count - before.count;
    this.#supposed = { id: before.id, row };
    this.#more = 0;
    this.element.scrollTop = row * rowHeight + before.offset;
  }

  #findSupposed(): void {
    const supposed = this.#supposed;
    this.#supposed = undefined;
    if (!supposed) return;
    const row = this.#known.find(supposed.id) ?? supposed.row;
    this.element.scrollTop += (row - supposed.row) * rowHeight;
  }

  #remember(): void {
    const { top, height, count } = this.#scrolled;
    if (this.#before || this.#supposed || !this.#isRead || height <= 0 || count === 0) return;
    const { from: row } = visibleRange(this.#scrolled);
    this.#parts.scrolled({
      question: this.#question,
      version: this.#version,
      row,
      id: this.#known.at(row)?.id ?? '',
      offset: top - row * rowHeight,
      count: count - this.#more,
    });
  }

  /** Another filter or period: what was looked at is elsewhere now, if it is there at all. */
  #begin(question: string, version: number): void {
    this.#question = question;
    this.#known.begin(version);
    this.#current.leave();
    this.#isToOpen = false;
    this.element.scrollTop = 0;
  }

  get #scrolled(): Scrolled {
    const { scrollTop: top, clientHeight } = this.element;
    return { top, height: clientHeight - this.#heading.offsetHeight, count: this.#count };
  }

  #look(): void {
    this.#drawAll();
    this.#ask();
    this.#remember();
  }

  #ask(): void {
    const scrolled = this.#scrolled;
    if (this.#asked !== undefined || this.#known.has(visibleRange(scrolled, drawnAround), this.#version))
      return;
    // What is in sight will have moved down by what has come in, unless the newest are looked at.
    const more = isAtTop(scrolled.top) ? 0 : Math.max(0, this.#more);
    this.#asked = this.#version;
    this.#parts.ask(visibleRange({ ...scrolled, top: scrolled.top + more * rowHeight }, askedAround));
  }

  #drawAll(): void {
    this.#drawn = visibleRange(this.#scrolled, drawnAround);
    const { from, count } = this.#drawn;
    const rows = Array.from({ length: count }, (_, at) => {
      const index = from + at;
      const row = this.#known.at(index);
      const isCurrent = this.#current.isAt(index);
      return <Row key={index} index={index} row={row} columns={this.#columns} isCurrent={isCurrent} />;
    });
    render(<>{rows}</>, this.#canvas);
    this.#tellCurrent();
  }

  #isDrawn(index: number): boolean {
    return index >= this.#drawn.from && index < this.#drawn.from + this.#drawn.count;
  }

  #tellCurrent(): void {
    const current = this.#current.index;
    if (current !== undefined && this.#current.isAt(current) && this.#isDrawn(current))
      this.element.setAttribute('aria-activedescendant', rowElementId(current));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const row = rowAfter(event.key, this.#current.before(event.key), this.#scrolled);
    if (row !== undefined) {
      event.preventDefault();
      this.#go(row);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#openCurrent();
    }
  }

  #pointAt({ target }: PointerEvent): void {
    const index = this.#indexOf(target);
    this.#pressed = index === undefined ? undefined : { index, id: this.#known.at(index)?.id ?? '' };
  }

  /** `detail` is 0 without a pointer: a screen reader clicks, too. */
  #click({ target, detail, clientX, clientY }: MouseEvent): void {
    const pressed = detail === 0 ? undefined : this.#pressed;
    // Where rows have moved meanwhile, the target is what both of the rows are in.
    const index = this.#indexOf(pressed ? document.elementFromPoint(clientX, clientY) : target);
    if (index === undefined) return;
    const id = this.#known.at(index)?.id ?? '';
    // Let go elsewhere, it is no click.
    if (pressed && pressed.index !== index && pressed.id !== id) return;
    if (pressed?.id) this.#go(this.#known.find(pressed.id) ?? index, pressed.id);
    else this.#go(index, id);
    this.#openCurrent();
  }

  #indexOf(target: EventTarget | null): number | undefined {
    const row = target instanceof Element ? target.closest('.row') : null;
    const at = row ? [...this.#canvas.children].indexOf(row) : -1;
    return at < 0 ? undefined : this.#drawn.from + at;
  }

  #go(row: number, id?: string): void {
    this.#current.go(row, id);
    this.#isToOpen = false;
    this.element.scrollTop = scrolledTo(row, this.#scrolled);
    this.#look();
    if (!this.#open) return;
    // What is open goes with the keys.
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => this.#openCurrent(), pause);
  }

  #openCurrent(): void {
    clearTimeout(this.#opening);
    const { index, id } = this.#current;
    this.#isToOpen = index !== undefined && id === '';
    if (id && id !== this.#open) this.#parts.open(id);
  }
}

function element(tag: 'div', name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
