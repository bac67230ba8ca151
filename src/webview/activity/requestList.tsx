// The live log: a virtual list of all requests, of which only the visible ones are on the page.
import { render } from 'preact';
import type { ActivityPage } from '../../protocol/activity';
import { CurrentRow } from './currentRow';
import {
  type Range,
  type ScrollState,
  isAtTop,
  rowAfter,
  rowHeight,
  visibleRange,
  scrollTopFor,
} from './visibleRange';
import { RowCache, type RowsMessage } from './rowCache';
import type { LogPosition } from './memory';
import { Headings, Row, rowElementId } from './rows';

/** How many rows are drawn, and requested, beyond the visible ones: enough for a flick of the wheel. */
const drawnOverscan = 6;
const requestedOverscan = 40;
/** ms without a key press before the current row is opened. */
const openDelayMs = 120;

export interface ListDeps {
  readonly requestRows: (range: Range) => void;
  /** Opens a row by its ID. */
  readonly open: (id: string) => void;
  /** Called when rows have arrived. */
  readonly onRows: () => void;
  /** Called when the scroll position has changed, by scrolling or because rows arrived. */
  readonly onScroll: (position: LogPosition) => void;
  /** The position to restore. */
  readonly restored: LogPosition | undefined;
}

export class RequestList {
  readonly element = element('div', 'list');
  readonly #heading = element('div', 'headings');
  readonly #canvas = element('div', 'canvas');
  readonly #deps: ListDeps;
  readonly #cache = new RowCache();
  readonly #current = new CurrentRow(this.#cache);
  /** The range of the rows on the page. */
  #drawn: Range = { from: 0, count: 0 };
  #columns: ActivityPage['requests']['columns'] = [];
  #count = 0;
  #version = 0;
  #query = '';
  /** The ID of the open row; '' for none. */
  #open = '';
  /** The version of the requested rows that have not arrived yet. */
  #requestedVersion: number | undefined;
  /** How many rows were added since rows arrived last. */
  #insertedAbove = 0;
  #openTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether to open the current row as soon as it arrives. */
  #openWhenLoaded = false;
  /** The row on which the pointer went down: rows may move before it goes up. */
  #pressed: { readonly index: number; readonly id: string } | undefined;
  #isComplete = false;
  /** The position to restore; undefined once that has happened. */
  #restored: LogPosition | undefined;
  /** The first visible row of the restored position, and its estimated index, until its row arrives. */
  #pendingAnchor: { readonly id: string; readonly row: number } | undefined;

  constructor(parts: ListDeps) {
    this.#deps = parts;
    this.#restored = parts.restored;
    const { element: list } = this;
    list.tabIndex = 0;
    list.setAttribute('role', 'grid');
    this.#heading.setAttribute('role', 'rowgroup');
    this.#canvas.setAttribute('role', 'rowgroup');
    list.append(this.#heading, this.#canvas);
    list.addEventListener('scroll', () => this.#update(), { passive: true });
    list.addEventListener('keydown', (event) => this.#onKeyDown(event));
    this.#canvas.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
    this.#canvas.addEventListener('click', (event) => this.#onClick(event));
    new ResizeObserver(() => {
      this.#restoreScroll();
      this.#update();
    }).observe(list);
  }

  /** Whether all visible rows have arrived. */
  get isVisibleLoaded(): boolean {
    return this.#cache.has(visibleRange(this.#scrollState), this.#version);
  }

  show({ requests, version, options, open, isComplete }: ActivityPage, name: string): void {
    const query = JSON.stringify([options.period, options.filter]);
    if (query !== this.#query) this.#startQuery(query, version);
    this.#insertedAbove += requests.count - this.#count;
    this.#count = requests.count;
    if (version !== this.#version) this.#requestedVersion = undefined;
    this.#version = version;
    this.#columns = requests.columns;
    if (!open) clearTimeout(this.#openTimer);
    if (this.#open && !open) this.#openWhenLoaded = false;
    this.#open = open?.id ?? '';
    this.#isComplete = isComplete;
    this.element.setAttribute('aria-label', name);
    this.element.setAttribute('aria-rowcount', String(requests.count + 1));
    render(<Headings columns={requests.columns} />, this.#heading);
    this.#canvas.style.setProperty('--count', String(requests.count));
    this.#current.follow(0, requests.count);
    this.#restoreScroll();
    this.#update();
  }

  /** Takes requested rows. If rows were inserted above, the visible ones stay where they are. */
  setRows(message: RowsMessage): void {
    if (message.version >= (this.#requestedVersion ?? 0)) this.#requestedVersion = undefined;
    const { from } = visibleRange(this.#scrollState);
    const shift = this.#cache.set(message, from, this.#insertedAbove);
    this.#insertedAbove = 0;
    this.#current.follow(shift, this.#count);
    if (shift !== 0 && !isAtTop(this.element.scrollTop)) this.element.scrollTop += shift * rowHeight;
    this.#resolveAnchor();
    const open = this.#open ? this.#cache.find(this.#open) : undefined;
    if (this.#current.index === undefined && open !== undefined) this.#current.set(open);
    if (this.#openWhenLoaded) this.#openCurrent();
    this.#update();
    this.#deps.onRows();
  }

  /** Restores the scroll position. */
  #restoreScroll(): void {
    const saved = this.#restored;
    // Without a height, the list can't be scrolled yet.
    if (!saved || !this.#isComplete || this.element.clientHeight === 0) return;
    this.#restored = undefined;
    const isSame = saved.question === this.#query && saved.version <= this.#version;
    const top = saved.row * rowHeight + saved.offset;
    if (!isSame || isAtTop(top) || !isAtTop(this.element.scrollTop)) return;
    const row = saved.row + this.#count - saved.count;
    this.#pendingAnchor = { id: saved.id, row };
    this.#insertedAbove = 0;
    this.element.scrollTop = row * rowHeight + saved.offset;
  }

  #resolveAnchor(): void {
    const anchor = this.#pendingAnchor;
    this.#pendingAnchor = undefined;
    if (!anchor) return;
    const row = this.#cache.find(anchor.id) ?? anchor.row;
    this.element.scrollTop += (row - anchor.row) * rowHeight;
  }

  #remember(): void {
    const { top, height, count } = this.#scrollState;
    if (this.#restored || this.#pendingAnchor || !this.#isComplete || height <= 0 || count === 0) return;
    const { from: row } = visibleRange(this.#scrollState);
    this.#deps.onScroll({
      question: this.#query,
      version: this.#version,
      row,
      id: this.#cache.at(row)?.id ?? '',
      offset: top - row * rowHeight,
      count: count - this.#insertedAbove,
    });
  }

  /** Starts again at the top for another filter or period. */
  #startQuery(query: string, version: number): void {
    this.#query = query;
    this.#cache.invalidate(version);
    this.#current.clear();
    this.#openWhenLoaded = false;
    this.element.scrollTop = 0;
  }

  get #scrollState(): ScrollState {
    const { scrollTop: top, clientHeight } = this.element;
    return { top, height: clientHeight - this.#heading.offsetHeight, count: this.#count };
  }

  #update(): void {
    this.#drawAll();
    this.#requestMissing();
    this.#remember();
  }

  #requestMissing(): void {
    const scrolled = this.#scrollState;
    if (
      this.#requestedVersion !== undefined ||
      this.#cache.has(visibleRange(scrolled, drawnOverscan), this.#version)
    )
      return;
    // The visible rows will have moved down by the inserted ones, unless the list is at the top.
    const inserted = isAtTop(scrolled.top) ? 0 : Math.max(0, this.#insertedAbove);
    this.#requestedVersion = this.#version;
    this.#deps.requestRows(
      visibleRange({ ...scrolled, top: scrolled.top + inserted * rowHeight }, requestedOverscan),
    );
  }

  #drawAll(): void {
    this.#drawn = visibleRange(this.#scrollState, drawnOverscan);
    const { from, count } = this.#drawn;
    const rows = Array.from({ length: count }, (_, at) => {
      const index = from + at;
      const row = this.#cache.at(index);
      const isCurrent = this.#current.isAt(index);
      return <Row key={index} index={index} row={row} columns={this.#columns} isCurrent={isCurrent} />;
    });
    render(<>{rows}</>, this.#canvas);
    this.#setActiveDescendant();
  }

  #isDrawn(index: number): boolean {
    return index >= this.#drawn.from && index < this.#drawn.from + this.#drawn.count;
  }

  #setActiveDescendant(): void {
    const current = this.#current.index;
    if (current !== undefined && this.#current.isAt(current) && this.#isDrawn(current))
      this.element.setAttribute('aria-activedescendant', rowElementId(current));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const row = rowAfter(event.key, this.#current.keyOrigin(event.key), this.#scrollState);
    if (row !== undefined) {
      event.preventDefault();
      this.#moveTo(row);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#openCurrent();
    }
  }

  #onPointerDown({ target }: PointerEvent): void {
    const index = this.#indexOf(target);
    this.#pressed = index === undefined ? undefined : { index, id: this.#cache.at(index)?.id ?? '' };
  }

  /** `detail` is 0 for a click without a pointer, such as a screen reader's. */
  #onClick({ target, detail, clientX, clientY }: MouseEvent): void {
    const pressed = detail === 0 ? undefined : this.#pressed;
    // If rows have moved meanwhile, the event's target is the common ancestor of both rows.
    const index = this.#indexOf(pressed ? document.elementFromPoint(clientX, clientY) : target);
    if (index === undefined) return;
    const id = this.#cache.at(index)?.id ?? '';
    // The pointer went up on another row: not a click.
    if (pressed && pressed.index !== index && pressed.id !== id) return;
    if (pressed?.id) this.#moveTo(this.#cache.find(pressed.id) ?? index, pressed.id);
    else this.#moveTo(index, id);
    this.#openCurrent();
  }

  #indexOf(target: EventTarget | null): number | undefined {
    const row = target instanceof Element ? target.closest('.row') : null;
    const at = row ? [...this.#canvas.children].indexOf(row) : -1;
    return at < 0 ? undefined : this.#drawn.from + at;
  }

  #moveTo(row: number, id?: string): void {
    this.#current.set(row, id);
    this.#openWhenLoaded = false;
    this.element.scrollTop = scrollTopFor(row, this.#scrollState);
    this.#update();
    if (!this.#open) return;
    // The open row follows the keys.
    clearTimeout(this.#openTimer);
    this.#openTimer = setTimeout(() => this.#openCurrent(), openDelayMs);
  }

  #openCurrent(): void {
    clearTimeout(this.#openTimer);
    const { index, id } = this.#current;
    this.#openWhenLoaded = index !== undefined && id === '';
    if (id && id !== this.#open) this.#deps.open(id);
  }
}

function element(tag: 'div', name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
