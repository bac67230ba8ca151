// The page as the host tells it: the toolbar, below it the live log or a table, and beside the log what is open.
import type { ActivityPage, Tab } from '../../protocol/activity';
import { announce } from '../kit/announcer';
import { patch } from '../kit/patch';
import { type Child, h } from '../kit/vnode';
import { setOptions, guarded, post } from './host';
import { type TablePlace, before, remember } from './memory';
import { OpenRowPane } from './openRow';
import { RequestList } from './requestList';
import { type Toolbar, tabPanel, toolbarContents } from './toolbar';
import { tableShape } from './usageTable';
import type { RowsMessage } from './rowCache';

/** How long typing rests before it is told, ms. */
const rest = 150;

export class Page {
  readonly #toolbar = part('toolbar');
  readonly #shown = part('shown');
  readonly #above = part('above');
  readonly #table = part('tables');
  readonly #notes = part('notes');
  readonly #list: RequestList;
  readonly #pane = new OpenRowPane(() => this.close());
  #view: ActivityPage | undefined;
  #isDrawn = false;
  /** What was chosen when something was announced last, and what that was. */
  #said: { readonly question: string; readonly news: string } | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** How far the table was scrolled when the page was unloaded, until it is again. */
  #tableBefore: TablePlace | undefined = before.table;

  constructor(page: HTMLElement) {
    this.#list = new RequestList({
      ask: ({ from, count }) => post({ type: 'rows', from, count }),
      open: (open) => setOptions({ open }),
      changed: () => this.#tellDrawn(),
      scrolled: (log) => remember({ log }),
      before: before.log,
    });
    this.#shown.id = tabPanel;
    this.#shown.setAttribute('role', 'tabpanel');
    this.#shown.append(this.#above, this.#list.element, this.#table);
    // A table that is wider than the view is scrolled by keys, too.
    this.#table.tabIndex = 0;
    this.#table.addEventListener('scroll', () => this.#rememberTable(), { passive: true });
    const body = part('body');
    body.append(this.#shown, this.#pane.element);
    page.replaceChildren(this.#toolbar, body, this.#notes);
  }

  show(view: ActivityPage): void {
    const focused = document.activeElement;
    const inPane = this.#pane.element.contains(focused);
    this.#draw(view);
    // What comes in by itself may take away what has the focus.
    if (document.hasFocus() && focused && !isSeen(focused)) this.#focusNear(inPane);
    this.#announce(view);
    this.#tellDrawn();
  }

  #draw(view: ActivityPage): void {
    this.#view = view;
    const { chosen, requests, table, words, notes, open } = view;
    const isLog = chosen.tab === 'requests';
    const isEmpty = isLog ? requests.count === 0 : table?.rows.length === 0;
    patch(this.#toolbar, toolbarContents(view, this.#actions));
    patch(this.#above, aboveContents(view, isEmpty));
    this.#shown.setAttribute('aria-labelledby', `tab-${chosen.tab}`);
    this.#shown.setAttribute('aria-busy', String(!view.whole));
    this.#list.element.hidden = !isLog || isEmpty;
    this.#table.hidden = isLog || isEmpty || !table;
    if (table && !isLog) {
      patch(this.#table, [tableShape(table, chosen.sort, words, (sort) => setOptions({ sort }))]);
      if (view.whole) this.#scrollTable(chosen.tab);
    }
    // While another tab is chosen, the log stays as it was left.
    if (isLog) this.#list.show(view, view.tabs.find(({ value }) => value === 'requests')?.label ?? '');
    this.#pane.show(isLog ? open : undefined, words);
    patch(
      this.#notes,
      notes.map((note) => h('p', [note])),
    );
  }

  take(told: RowsMessage): void {
    this.#list.take(told);
  }

  /** To where keys are of use. */
  focus(): void {
    this.#focusNear();
  }

  /** Closes what is open; false when nothing is. */
  close(): boolean {
    if (!this.#view?.open || this.#view.chosen.tab !== 'requests') return false;
    // The button that was pressed is about to go.
    this.#focusNear();
    setOptions({ open: '' });
    return true;
  }

  /** The list may be hidden, where nothing passes the filter. */
  #focusNear(inPane = false): void {
    const { element: pane } = this.#pane;
    const { element: list } = this.#list;
    const tab = document.getElementById(`tab-${this.#view?.chosen.tab}`);
    const nearest = inPane && isSeen(pane) ? pane : isSeen(list) ? list : tab;
    nearest?.focus();
  }

  #scrollTable(tab: Tab): void {
    if (this.#tableBefore?.tab !== tab) return;
    const { top, left } = this.#tableBefore;
    this.#tableBefore = undefined;
    this.#table.scrollTo({ top, left });
  }

  #rememberTable(): void {
    const { tab } = this.#view?.chosen ?? {};
    const { scrollTop: top, scrollLeft: left } = this.#table;
    if (tab && isSeen(this.#table)) remember({ table: { tab, top, left } });
  }

  readonly #actions: Toolbar = {
    choose: setOptions,
    chooseSoon: (chosen) => {
      clearTimeout(this.#telling);
      this.#telling = setTimeout(() => setOptions(chosen), rest);
    },
    clear: (from) => {
      clearTimeout(this.#telling);
      const first = from.parentElement?.querySelector('select');
      first?.focus();
      setOptions({ filter: { model: '', outcome: '', cached: '', logId: '' } });
    },
  };

  /** To those who do not see it: what another choice has made of it. */
  #announce({ chosen, requests, table }: ActivityPage): void {
    const { tab, period, filter, suppose, sort } = chosen;
    const question = JSON.stringify([tab, period, filter, suppose, sort]);
    const news = tab === 'requests' ? requests.summary : (table?.estimate ?? sortedBy(this.#view));
    if (this.#said && question !== this.#said.question && news !== this.#said.news) announce(news);
    // What comes in by itself is no news.
    if (question !== this.#said?.question) this.#said = { question, news };
  }

  /** Once, when the chosen tab stands there whole, and a frame later: when it is seen. */
  #tellDrawn(): void {
    const { chosen, whole, table } = this.#view ?? {};
    if (this.#isDrawn || !whole || !(chosen?.tab === 'requests' ? this.#list.isWhole : table)) return;
    this.#isDrawn = true;
    requestAnimationFrame(() => setTimeout(() => guarded('drawn', () => post({ type: 'drawn' }))));
  }
}

function aboveContents({ whole, words, requests, chosen, table }: ActivityPage, isEmpty = false): Child[] {
  const estimate = chosen.tab === 'requests' ? undefined : table?.estimate;
  return [
    ...(whole ? [] : [h('div.progress', [], { attributes: { 'aria-hidden': 'true' } })]),
    ...(isEmpty ? [h('p.empty', [whole ? requests.summary : words.loading])] : []),
    ...(estimate ? [h('p.estimate', [estimate])] : []),
  ];
}

/** How the table is sorted now, in words. */
function sortedBy(view: ActivityPage | undefined): string {
  if (!view?.table) return '';
  const { sort } = view.chosen;
  const column = view.table.columns.find(({ id }) => id === sort.column);
  if (!column) return '';
  return `${column.label}: ${sort.descending ? view.words.sortedDown : view.words.sortedUp}`;
}

function isSeen(element: Element): boolean {
  return element.isConnected && element.checkVisibility();
}

function part(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
