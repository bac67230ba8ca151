// The page of Activity in a browser, without a workbench around it: what comes in, and when, is the test's choice.
import type { Browser, Page } from 'playwright-core';
import type {
  ActivityPage,
  ViewOptions,
  OpenRow,
  RowView,
  ActivityToHost,
  ActivityToWebview,
} from '../../src/protocol/activity';
import { openPage, tellPage } from '../vscode/pageInBrowser';

const columns: ActivityPage['requests']['columns'] = [
  { id: 'model', label: 'Model' },
  { id: 'outcome', label: 'Outcome' },
  { id: 'logId', label: 'Log ID' },
];

const strings: ActivityPage['strings'] = {
  ...{ period: 'Period', model: 'Model', outcome: 'Outcome', cached: 'Cache', surface: 'Sent from' },
  logId: 'Part of a log ID',
  ...{ clearFilter: 'Clear Filter', whatIf: 'What if', scenarioModel: 'Model', scenarioTtl: 'Cache' },
  ...{ loading: 'Reading…', close: 'Close', details: 'Details', copied: 'Copied' },
  ...{ sortedUp: 'smallest first', sortedDown: 'largest first' },
};

export function row(id: string, state: RowView['state'] = 'done'): RowView {
  return { id, state, hit: false, cells: ['A Model', state, id] };
}

export function rows(count: number): RowView[] {
  return Array.from({ length: count }, (_, index) => row(`r${index}`));
}

function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

/** The other half: it has rows, shows those of which a part of the ID is typed, and does what the page says. */
export class PageAlone {
  #page!: Page;
  readonly told: ActivityToHost[] = [];
  rows: readonly RowView[];
  actions: OpenRow['actions'] = [];
  /** The model that is chosen in the filter, and those that can be. */
  model = '';
  models: readonly string[] = [];
  /** While this is so, the page waits for rows. */
  isSlow = false;
  /** What the page has kept of itself. */
  state: unknown;
  #open = '';
  #logId = '';
  #version = 0;
  #answered = 0;
  #waiting: (() => void)[] = [];

  private constructor(shown: readonly RowView[], state: unknown) {
    this.rows = shown;
    this.state = state;
  }

  static async open(browser: Browser, shown: readonly RowView[], state?: unknown): Promise<PageAlone> {
    const alone = new PageAlone(shown, state);
    const { promise: opened, resolve: isOpen } = promised();
    const drawn = alone.#isAnswered(1);
    alone.#page = await openPage(browser, {
      script: 'activityWebview',
      size: { width: 900, height: 400 },
      state,
      onMessage: (message: ActivityToHost) => opened.then(() => alone.#take(message)),
      onState: (kept) => (alone.state = kept),
    });
    isOpen();
    await drawn;
    return alone;
  }

  get page(): Page {
    return this.#page;
  }

  close(): Promise<void> {
    return this.#page.context().close();
  }

  /** Resolves when the page has what is new, and has been told the rows in sight. */
  async show(changed: readonly RowView[] = this.rows): Promise<void> {
    this.rows = changed;
    this.#version += 1;
    const answered = this.#isAnswered(this.#version);
    await this.#post({ type: 'show', view: this.#view() });
    if (this.#shown.length > 0 && !this.isSlow) await answered;
  }

  /** What is told apart as the current row: by colour, and to a screen reader. */
  current(): Promise<readonly (string | undefined)[]> {
    return this.#page.evaluate(() => {
      const textIn = (each: Element | null) => each?.querySelector('.logId')?.textContent;
      const active = document.querySelector('.list')?.getAttribute('aria-activedescendant');
      return [
        textIn(document.querySelector('.row[aria-selected=true]')),
        active ? textIn(document.getElementById(active)) : undefined,
      ];
    });
  }

  /** Waits until the pane shows the row of an ID. */
  async opened(id: string): Promise<void> {
    await this.#page.locator('.pane h2', { hasText: new RegExp(`^The ${id}$`) }).waitFor();
  }

  /** What has the focus: its text, or else its class. */
  focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const { className, textContent, tagName } = document.activeElement!;
      return tagName === 'BUTTON' ? textContent : className || tagName;
    });
  }

  /** The first row in sight, and how far it is above the top, px. */
  first(): Promise<readonly [string | undefined, number]> {
    return this.#page.evaluate(() => {
      const top = document.querySelector('.headings')!.getBoundingClientRect().bottom;
      const inSight = [...document.querySelectorAll('.canvas .row')].find(
        (each) => each.getBoundingClientRect().bottom > top,
      );
      const above = top - (inSight?.getBoundingClientRect().top ?? 0);
      return [inSight?.querySelector('.logId')?.textContent, Math.round(above)] as const;
    });
  }

  async scrollTo(top: number): Promise<void> {
    await this.#page.locator('.list').evaluate((list, to) => (list.scrollTop = to), top);
  }

  /** Tells the rows for which the page has waited. */
  async goOn(): Promise<void> {
    this.isSlow = false;
    const asked = this.told.findLast((message) => message.type === 'rows');
    if (asked) await this.#take(asked);
  }

  get #shown(): readonly RowView[] {
    return this.rows.filter(({ id }) => id.includes(this.#logId));
  }

  #isAnswered(version: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => (this.#answered >= version ? resolve() : this.#waiting.push(look));
      look();
    });
  }

  async #take(message: ActivityToHost): Promise<void> {
    this.told.push(message);
    if (message.type === 'ready') await this.show();
    if (message.type === 'setOptions') {
      this.#open = message.options.open ?? this.#open;
      this.#logId = message.options.filter?.logId ?? this.#logId;
      await this.show();
    }
    if (message.type !== 'rows' || this.isSlow) return;
    const { from, count } = message;
    const version = this.#version;
    await this.#post({ type: 'rows', version, from, rows: this.#shown.slice(from, from + count) });
    this.#answered = version;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #post(message: ActivityToWebview): Promise<void> {
    return tellPage(this.#page, message);
  }

  #view(): ActivityPage {
    const others = { outcome: '', cached: '', surface: '' } as const;
    const filter: ViewOptions['filter'] = { model: this.model, logId: this.#logId, ...others };
    const all = [{ value: '', label: 'All' }];
    const open = this.rows.find(({ id }) => id === this.#open);
    return {
      version: this.#version,
      options: {
        ...{ tab: 'requests', period: 'all', filter, sort: { column: 'cost', descending: true } },
        ...{ scenario: { model: '', ttl: '' }, open: this.#open },
      },
      isComplete: true,
      strings,
      tabs: [
        { value: 'requests', label: 'Requests' },
        { value: 'model', label: 'By Model' },
      ],
      periods: [{ value: 'all', label: 'All' }],
      filters: {
        models: [...all, ...this.models.map((value) => ({ value, label: value }))],
        outcomes: all,
        cached: all,
        surfaces: all,
      },
      requests: { columns, count: this.#shown.length, summary: `Requests: ${this.#shown.length}` },
      ...(open && { open: this.#openRow(open) }),
      notes: [],
    };
  }

  #openRow({ id, state }: RowView): OpenRow {
    const fields = [
      { label: 'Sent', value: `at the time of ${id}` },
      { label: 'Outcome', value: state },
      { label: 'Region', value: 'us-east-1' },
    ];
    return { id, title: `The ${id}`, fields, actions: this.actions, attempts: [], noAttemptsReason: '' };
  }
}
