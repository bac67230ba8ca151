// The Activity page: the toolbar, below it the live log or a table, and the open row beside the log.
import { render } from 'preact';
import type { ActivityPage, ActivityToHost, Tab, ViewOptionsPatch } from '../../protocol/activity';
import type { Announce } from '../kit/announcer';
import type { PageHost } from '../kit/host';
import type { ActivityMemory, TablePosition } from './memory';
import { OpenRowPane } from './openRow';
import { RequestList } from './requestList';
import type { RowsMessage } from './rowCache';
import { Toolbar, type ToolbarActions, tabPanel } from './toolbar';
import { UsageTable } from './usageTable';

/** ms without typing before the host gets the text. */
const typingDelayMs = 150;

export interface PageDeps {
  readonly host: Pick<PageHost<ActivityToHost>, 'post' | 'guarded'>;
  readonly memory: ActivityMemory;
  readonly announce: Announce;
}

export class Page {
  readonly #deps: PageDeps;
  readonly #toolbar = newPart('toolbar');
  readonly #tabPanel = newPart('shown');
  readonly #above = newPart('above');
  readonly #table = newPart('tables');
  readonly #notes = newPart('notes');
  readonly #list: RequestList;
  readonly #pane: OpenRowPane;
  #view: ActivityPage | undefined;
  #hasReportedDrawn = false;
  /** The last announcement, and the options at that time. */
  #announced: { readonly query: string; readonly text: string } | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  /** The table's scroll position to restore; undefined once that has happened. */
  #restoredTable: TablePosition | undefined;

  constructor(page: HTMLElement, deps: PageDeps) {
    this.#deps = deps;
    const { host, memory, announce } = deps;
    const { post } = host;
    this.#restoredTable = memory.restored.table;
    this.#pane = new OpenRowPane({ post, announce, close: () => this.close() });
    this.#list = new RequestList({
      requestRows: ({ from, count }) => post({ type: 'rows', from, count }),
      open: (open) => this.#setOptions({ open }),
      onRows: () => this.#reportDrawn(),
      onScroll: (log) => memory.remember({ log }),
      restored: memory.restored.log,
    });
    this.#tabPanel.id = tabPanel;
    this.#tabPanel.setAttribute('role', 'tabpanel');
    this.#tabPanel.append(this.#above, this.#list.element, this.#table);
    // So that keys can scroll a table that is wider than the view.
    this.#table.tabIndex = 0;
    this.#table.addEventListener('scroll', () => this.#rememberTable(), { passive: true });
    const body = newPart('body');
    body.append(this.#tabPanel, this.#pane.element);
    page.className = 'activity';
    page.replaceChildren(this.#toolbar, body, this.#notes);
  }

  show(view: ActivityPage): void {
    const focused = document.activeElement;
    const inPane = this.#pane.element.contains(focused);
    this.#render(view);
    // An update may remove the focused element.
    if (document.hasFocus() && focused && !isVisible(focused)) this.#focusNear(inPane);
    this.#announce(view);
    this.#reportDrawn();
  }

  #render(view: ActivityPage): void {
    this.#view = view;
    const { options, requests, table, strings, notes, open } = view;
    const isLog = options.tab === 'requests';
    const isEmpty = isLog ? requests.count === 0 : table?.rows.length === 0;
    render(<Toolbar view={view} actions={this.#actions} />, this.#toolbar);
    render(<Above view={view} isEmpty={isEmpty} />, this.#above);
    this.#tabPanel.setAttribute('aria-labelledby', `tab-${options.tab}`);
    this.#tabPanel.setAttribute('aria-busy', String(!view.isComplete));
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
    // While another tab is selected, the log keeps its state.
    if (isLog) this.#list.show(view, view.tabs.find(({ value }) => value === 'requests')?.label ?? '');
    this.#pane.show(isLog ? open : undefined, strings);
    render(
      notes.map((note) => <p>{note}</p>),
      this.#notes,
    );
  }

  setRows(message: RowsMessage): void {
    this.#list.setRows(message);
  }

  /** Focuses an element that handles keys. */
  focus(): void {
    this.#focusNear();
  }

  /** Closes the open row; returns false if none is open. */
  close(): boolean {
    if (!this.#view?.open || this.#view.options.tab !== 'requests') return false;
    // The pressed button is about to be removed.
    this.#focusNear();
    this.#setOptions({ open: '' });
    return true;
  }

  /** Focuses the pane, the list or the tab. The list is hidden if no row passes the filter. */
  #focusNear(inPane = false): void {
    const { element: pane } = this.#pane;
    const { element: list } = this.#list;
    const tab = document.getElementById(`tab-${this.#view?.options.tab}`);
    const nearest = inPane && isVisible(pane) ? pane : isVisible(list) ? list : tab;
    nearest?.focus();
  }

  #scrollTable(tab: Tab): void {
    if (this.#restoredTable?.tab !== tab) return;
    const { top, left } = this.#restoredTable;
    this.#restoredTable = undefined;
    this.#table.scrollTo({ top, left });
  }

  #rememberTable(): void {
    const { tab } = this.#view?.options ?? {};
    const { scrollTop: top, scrollLeft: left } = this.#table;
    if (tab && isVisible(this.#table)) this.#deps.memory.remember({ table: { tab, top, left } });
  }

  readonly #actions: ToolbarActions = {
    setOptions: (chosen) => this.#setOptions(chosen),
    setOptionsDebounced: (chosen) => {
      clearTimeout(this.#typingTimer);
      this.#typingTimer = setTimeout(() => this.#setOptions(chosen), typingDelayMs);
    },
    clearFilter: (from) => {
      clearTimeout(this.#typingTimer);
      const first = from.parentElement?.querySelector('select');
      first?.focus();
      this.#setOptions({ filter: { model: '', outcome: '', cached: '', surface: '', logId: '' } });
    },
  };

  /** Announces the result after the user changes the options. */
  #announce({ options, requests, table }: ActivityPage): void {
    const { tab, period, filter, scenario, sort } = options;
    const query = JSON.stringify([tab, period, filter, scenario, sort]);
    const text = tab === 'requests' ? requests.summary : (table?.estimate ?? sortText(this.#view));
    if (this.#announced && query !== this.#announced.query && text !== this.#announced.text)
      this.#deps.announce(text);
    // Updates without a change of options are not announced.
    if (query !== this.#announced?.query) this.#announced = { query, text };
  }

  #setOptions(options: ViewOptionsPatch): void {
    this.#deps.host.post({ type: 'setOptions', options });
  }

  /** Tells the host once that the selected tab is complete, one frame later, when it is visible. */
  #reportDrawn(): void {
    const { options, isComplete, table } = this.#view ?? {};
    if (
      this.#hasReportedDrawn ||
      !isComplete ||
      !(options?.tab === 'requests' ? this.#list.isVisibleLoaded : table)
    )
      return;
    this.#hasReportedDrawn = true;
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

/** How the table is sorted; '' if it is not sorted. */
function sortText(view: ActivityPage | undefined): string {
  if (!view?.table) return '';
  const { sort } = view.options;
  const column = view.table.columns.find(({ id }) => id === sort.column);
  if (!column) return '';
  return `${column.label}: ${sort.descending ? view.strings.sortedDown : view.strings.sortedUp}`;
}

function isVisible(element: Element): boolean {
  return element.isConnected && element.checkVisibility();
}

function newPart(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
