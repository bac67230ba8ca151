// The page as the host tells it: the toolbar, below it the live log or a table, and beside the log what is open.
import { render } from 'preact';
import type { ActivityPage, ActivityToHost, Tab, ViewOptionsPatch } from '../../protocol/activity';
import type { Announce } from '../kit/announcer';
import type { PageHost } from '../kit/host';
import type { ActivityMemory, TablePlace } from './memory';
import { OpenRowPane } from './openRow';
import { RequestList } from './requestList';
import type { RowsMessage } from './rowCache';
import { Toolbar, type ToolbarActions, tabPanel } from './toolbar';
import { UsageTable } from './usageTable';

/** How long typing rests before it is told, ms. */
const rest = 150;

export interface PageDeps {
  readonly host: Pick<PageHost<ActivityToHost>, 'post' | 'guarded'>;
  readonly memory: ActivityMemory;
  readonly announce: Announce;
}

export class Page {
  readonly #deps: PageDeps;
  readonly #toolbar = part('toolbar');
  readonly #shown = part('shown');
  readonly #above = part('above');
  readonly #table = part('tables');
  readonly #notes = part('notes');
  readonly #list: RequestList;
  readonly #pane: OpenRowPane;
  #view: ActivityPage | undefined;
  #isDrawn = false;
  /** What was chosen when something was announced last, and what that was. */
  #said: { readonly question: string; readonly news: string } | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** How far the table was scrolled when the page was unloaded, until it is again. */
  #tableBefore: TablePlace | undefined;

  constructor(page: HTMLElement, deps: PageDeps) {
    this.#deps = deps;
    const { host, memory, announce } = deps;
    const { post } = host;
    this.#tableBefore = memory.before.table;
    this.#pane = new OpenRowPane({ post, announce, close: () => this.close() });
    this.#list = new RequestList({
      ask: ({ from, count }) => post({ type: 'rows', from, count }),
      open: (open) => this.#setOptions({ open }),
      changed: () => this.#tellDrawn(),
      scrolled: (log) => memory.remember({ log }),
      before: memory.before.log,
    });
    this.#shown.id = tabPanel;
    this.#shown.setAttribute('role', 'tabpanel');
    this.#shown.append(this.#above, this.#list.element, this.#table);
    // A table that is wider than the view is scrolled by keys, too.
    this.#table.tabIndex = 0;
    this.#table.addEventListener('scroll', () => this.#rememberTable(), { passive: true });
    const body = part('body');
    body.append(this.#shown, this.#pane.element);
    page.className = 'activity';
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
    const { options, requests, table, strings, notes, open } = view;
    const isLog = options.tab === 'requests';
    const isEmpty = isLog ? requests.count === 0 : table?.rows.length === 0;
    render(<Toolbar view={view} actions={this.#actions} />, this.#toolbar);
    render(<Above view={view} isEmpty={isEmpty} />, this.#above);
    this.#shown.setAttribute('aria-labelledby', `tab-${options.tab}`);
    this.#shown.setAttribute('aria-busy', String(!view.isComplete));
    this.#list.element.hidden = !isLog || isEmpty;
    this.#table.hidden = isLog || isEmpty || !table;
    if (table && !isLog) {
      render(
        <UsageTable
          table={table}
          sort={options.sort}
          strings={strings}
          choose={(sort) => this.#setOptions({ sort })}
        />,
        this.#table,
      );
      if (view.isComplete) this.#scrollTable(options.tab);
    }
    // While another tab is chosen, the log stays as it was left.
    if (isLog) this.#list.show(view, view.tabs.find(({ value }) => value === 'requests')?.label ?? '');
    this.#pane.show(isLog ? open : undefined, strings);
    render(
      notes.map((note) => <p>{note}</p>),
      this.#notes,
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
    if (!this.#view?.open || this.#view.options.tab !== 'requests') return false;
    // The button that was pressed is about to go.
    this.#focusNear();
    this.#setOptions({ open: '' });
    return true;
  }

  /** The list may be hidden, where nothing passes the filter. */
  #focusNear(inPane = false): void {
    const { element: pane } = this.#pane;
    const { element: list } = this.#list;
    const tab = document.getElementById(`tab-${this.#view?.options.tab}`);
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
    const { tab } = this.#view?.options ?? {};
    const { scrollTop: top, scrollLeft: left } = this.#table;
    if (tab && isSeen(this.#table)) this.#deps.memory.remember({ table: { tab, top, left } });
  }

  readonly #actions: ToolbarActions = {
    choose: (chosen) => this.#setOptions(chosen),
    chooseSoon: (chosen) => {
      clearTimeout(this.#telling);
      this.#telling = setTimeout(() => this.#setOptions(chosen), rest);
    },
    clear: (from) => {
      clearTimeout(this.#telling);
      const first = from.parentElement?.querySelector('select');
      first?.focus();
      this.#setOptions({ filter: { model: '', outcome: '', cached: '', logId: '' } });
    },
  };

  /** To those who do not see it: what another choice has made of it. */
  #announce({ options, requests, table }: ActivityPage): void {
    const { tab, period, filter, scenario, sort } = options;
    const question = JSON.stringify([tab, period, filter, scenario, sort]);
    const news = tab === 'requests' ? requests.summary : (table?.estimate ?? sortedBy(this.#view));
    if (this.#said && question !== this.#said.question && news !== this.#said.news) this.#deps.announce(news);
    // What comes in by itself is no news.
    if (question !== this.#said?.question) this.#said = { question, news };
  }

  #setOptions(options: ViewOptionsPatch): void {
    this.#deps.host.post({ type: 'setOptions', options });
  }

  /** Once, when the chosen tab stands there whole, and a frame later: when it is seen. */
  #tellDrawn(): void {
    const { options, isComplete, table } = this.#view ?? {};
    if (this.#isDrawn || !isComplete || !(options?.tab === 'requests' ? this.#list.isWhole : table)) return;
    this.#isDrawn = true;
    const { post, guarded } = this.#deps.host;
    requestAnimationFrame(() => setTimeout(() => guarded('drawn', () => post({ type: 'drawn' }))));
  }
}

function Above({ view, isEmpty }: { readonly view: ActivityPage; readonly isEmpty: boolean }) {
  const { isComplete, strings, requests, options, table } = view;
  const estimate = options.tab === 'requests' ? undefined : table?.estimate;
  return (
    <>
      {!isComplete && <div class="progress" aria-hidden="true" />}
      {isEmpty && <p class="empty">{isComplete ? requests.summary : strings.loading}</p>}
      {estimate && <p class="estimate">{estimate}</p>}
    </>
  );
}

/** How the table is sorted now, in words. */
function sortedBy(view: ActivityPage | undefined): string {
  if (!view?.table) return '';
  const { sort } = view.options;
  const column = view.table.columns.find(({ id }) => id === sort.column);
  if (!column) return '';
  return `${column.label}: ${sort.descending ? view.strings.sortedDown : view.strings.sortedUp}`;
}

function isSeen(element: Element): boolean {
  return element.isConnected && element.checkVisibility();
}

function part(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
