// The toolbar, the rows and the tables of Activity.
import assert from 'node:assert/strict';
import { render } from 'preact';
import type {
  ActivityPage,
  ViewOptionsPatch,
  ViewOptions,
  RowView,
  TableView,
} from '../../../../src/protocol/activity';
import { Headings, Row, type RowProps } from '../../../../src/webview/activity/rows';
import { tabAfter } from '../../../../src/webview/activity/tabKeys';
import { Toolbar } from '../../../../src/webview/activity/toolbar';
import { UsageTable, nextSort } from '../../../../src/webview/activity/usageTable';
import { place, withPage } from '../dom';

const strings: ActivityPage['strings'] = {
  period: 'Period',
  model: 'Model',
  outcome: 'Outcome',
  cached: 'Cache',
  surface: 'Sent from',
  logId: 'Part of a log ID',
  clearFilter: 'Clear',
  whatIf: 'What if?',
  scenarioModel: 'With another model',
  scenarioTtl: 'With a cache',
  loading: 'Reading…',
  close: 'Close',
  details: 'Details',
  copied: 'Copied',
  sortedUp: 'smallest first',
  sortedDown: 'largest first',
};

const table: TableView = {
  columns: [
    { id: 'name', label: 'Model', hint: 'who answered', isNumeric: false },
    { id: 'cost', label: 'Cost', hint: 'estimated', isNumeric: true },
  ],
  rows: [
    { key: 'a', share: 1, cells: [{ text: 'A' }, { text: '$2', hint: 'all of it' }] },
    { key: 'b', share: 0.5, cells: [{ text: 'B' }, { text: '$1' }] },
  ],
  total: { key: '', share: 0, cells: [{ text: 'Total' }, { text: '$3' }] },
  scenarioOptions: { models: [{ value: '', label: 'actual' }], ttls: [] },
};

const page: ActivityPage = {
  version: 1,
  options: {
    tab: 'requests',
    period: 'month',
    filter: { model: 'm', outcome: '', cached: '', surface: '', logId: '' },
    sort: { column: 'cost', descending: true },
    scenario: { model: '', ttl: '' },
    open: '',
  },
  isComplete: true,
  strings,
  tabs: [
    { value: 'requests', label: 'Requests' },
    { value: 'model', label: 'By Model' },
  ],
  periods: [{ value: 'month', label: 'This month' }],
  filters: {
    models: [
      { value: '', label: 'All' },
      { value: 'm', label: 'M' },
    ],
    outcomes: [{ value: '', label: 'All' }],
    cached: [{ value: '', label: 'All' }],
    surfaces: [
      { value: '', label: 'All' },
      { value: 'chat', label: 'VS Code Chat' },
    ],
  },
  requests: { columns: [{ id: 'model', label: 'Model' }], count: 3, summary: '3 of 9' },
  notes: [],
};

/** As if a reader had chosen or typed it. */
function enter(field: HTMLInputElement | HTMLSelectElement | null, value: string): void {
  assert.ok(field);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

describe('the toolbar of Activity', () => {
  withPage();
  const chosen: ViewOptionsPatch[] = [];
  const soon: ViewOptionsPatch[] = [];
  const actions = {
    setOptions: (part: ViewOptionsPatch) => chosen.push(part),
    setOptionsDebounced: (part: ViewOptionsPatch) => soon.push(part),
    clearFilter: () => undefined,
  };
  const drawn = (view: ActivityPage, on = place()) => {
    render(<Toolbar view={view} actions={actions} />, on);
    return on;
  };
  const filtered = (filter: Partial<ViewOptions['filter']>): ActivityPage => ({
    ...page,
    options: { ...page.options, filter: { ...page.options.filter, ...filter } },
  });
  beforeEach(() => {
    chosen.length = 0;
    soon.length = 0;
  });

  it('has one tab that the Tab key reaches: the chosen one', () => {
    const tabs = [...drawn(page).querySelectorAll<HTMLElement>('[role=tab]')];
    assert.deepEqual(
      tabs.map((tab) => [tab.getAttribute('aria-selected'), tab.tabIndex]),
      [
        ['true', 0],
        ['false', -1],
      ],
    );
    tabs[1]?.click();
    assert.deepEqual(chosen, [{ tab: 'model' }]);
  });

  it('changes one part of the filter, and waits while somebody types', () => {
    const toolbar = drawn({
      ...page,
      filters: { ...page.filters, outcomes: [{ value: 'failed', label: 'Failed' }] },
    });
    enter(toolbar.querySelector<HTMLSelectElement>('select.outcome'), 'failed');
    enter(toolbar.querySelector<HTMLSelectElement>('select.surface'), 'chat');
    assert.deepEqual(chosen, [{ filter: { outcome: 'failed' } }, { filter: { surface: 'chat' } }]);
    enter(toolbar.querySelector<HTMLInputElement>('input.logId'), '01J');
    assert.deepEqual(soon, [{ filter: { logId: '01J' } }]);
  });

  it('tells what is chosen, and each filter from the other where nothing is', () => {
    const toolbar = drawn(page);
    assert.equal(toolbar.querySelector<HTMLSelectElement>('select.model')?.value, 'm');
    const texts = ['model', 'outcome', 'cached', 'surface'].map(
      (name) => toolbar.querySelector(`select.${name} > option`)?.textContent,
    );
    assert.deepEqual(texts, ['Model: All', 'Outcome: All', 'Cache: All', 'Sent from: All']);
  });

  it('leaves what the reader has chosen until the host tells something else', () => {
    const toolbar = drawn(page);
    const select = toolbar.querySelector<HTMLSelectElement>('select.model')!;
    enter(select, '');
    drawn(page, toolbar);
    assert.equal(select.value, '', 'the host has not heard of it yet');
    drawn(filtered({ model: '' }), toolbar);
    drawn(page, toolbar);
    assert.equal(select.value, 'm');
  });

  it('leaves what is being typed', () => {
    const toolbar = drawn(page);
    const box = toolbar.querySelector<HTMLInputElement>('input.logId')!;
    box.focus();
    enter(box, '01JX');
    drawn(filtered({ logId: '01J' }), toolbar);
    assert.equal(box.value, '01JX');
    box.blur();
    drawn(filtered({ logId: '' }), toolbar);
    assert.equal(box.value, '');
  });

  it('clears a filter where one is set', () => {
    const clears = (filter: ViewOptions['filter']) =>
      [...drawn(filtered(filter)).querySelectorAll('button')].some(
        ({ textContent }) => textContent === 'Clear',
      );
    assert.ok(clears(page.options.filter));
    assert.ok(!clears({ model: '', outcome: '', cached: '', surface: '', logId: '' }));
  });

  it('asks “What if?” of the tables alone, and filters the log alone', () => {
    const scenarioOptions = { models: [], ttls: [{ value: '3600', label: 'an hour' }] };
    const tables = {
      ...page,
      table: { ...table, scenarioOptions },
      options: { ...page.options, tab: 'model' as const },
    };
    const [log, byModel] = [drawn(page), drawn(tables)];
    assert.ok(log.querySelector('div.filters') && !log.querySelector('div.scenario'));
    assert.ok(!byModel.querySelector('div.filters') && byModel.querySelector('div.scenario'));
    enter(byModel.querySelector<HTMLSelectElement>('select.supposedTtl'), '3600');
    assert.deepEqual(chosen, [{ scenario: { ttl: '3600' } }]);
    assert.equal(byModel.querySelector('span.counted')?.textContent, '');
    assert.equal(log.querySelector('span.counted')?.textContent, '3 of 9');
  });
});

describe('a tab', () => {
  it('is left by arrow keys, in a ring', () => {
    assert.equal(tabAfter('ArrowRight', 2, 3), 0);
    assert.equal(tabAfter('ArrowRight', 0, 3), 1);
    assert.equal(tabAfter('ArrowLeft', 0, 3), 2);
    assert.equal(tabAfter('Home', 2, 3), 0);
    assert.equal(tabAfter('End', 0, 3), 2);
    for (const key of ['ArrowDown', 'toString']) assert.equal(tabAfter(key, 0, 3), undefined);
  });
});

describe('a row of the live log', () => {
  withPage();
  const columns: ActivityPage['requests']['columns'] = [
    { id: 'outcome', label: 'Outcome' },
    { id: 'cache', label: 'Cache' },
  ];
  const row: RowView = { id: 'x', state: 'failed', hit: false, cells: ['Failed: busy', 'MISS'] };
  const drawn = (props: Partial<RowProps>) => {
    const list = place();
    render(<Row index={0} row={row} columns={columns} isCurrent={false} {...props} />, list);
    return list.firstElementChild as HTMLElement;
  };

  it('says where it is among all of them, its heading first', () => {
    const headings = place();
    render(<Headings columns={columns} />, headings);
    assert.equal(headings.firstElementChild?.getAttribute('aria-rowindex'), '1');
    assert.equal(drawn({}).getAttribute('aria-rowindex'), '2');
    assert.equal(drawn({ index: 99_999 }).style.getPropertyValue('--index'), '99999');
  });

  it('says in words what its colour says, and its sign is not read out', () => {
    const element = drawn({ isCurrent: true });
    assert.equal(element.className, 'row failed');
    assert.equal(element.getAttribute('aria-selected'), 'true');
    assert.match(element.textContent, /Failed: busy/);
    const sign = element.querySelector('.sign');
    assert.equal(sign?.getAttribute('aria-hidden'), 'true');
    assert.equal(sign.textContent, '✕');
  });

  it('is marked when the cache answered', () => {
    assert.equal(drawn({ row: { ...row, state: 'done', hit: true } }).className, 'row done hit');
  });

  it('says beside the model that it is of VS Code Chat', () => {
    const ofModel = { ...row, cells: ['Claude'] };
    const model = (from?: string) =>
      drawn({ columns: page.requests.columns, row: { ...ofModel, ...(from && { from }) } })
        .firstElementChild as HTMLElement;
    assert.deepEqual([model().textContent, model().title], ['Claude', 'Claude']);
    assert.deepEqual([model('Chat').textContent, model('Chat').title], ['Claude Chat', 'Claude · Chat']);
    assert.equal(model('Chat').querySelector('.from')?.textContent, 'Chat');
  });

  it('has all its cells before the host has told it', () => {
    const element = drawn({ index: 7, row: undefined });
    assert.equal(element.childElementCount, columns.length);
    assert.equal(element.textContent, '');
  });
});

describe('a table of usage', () => {
  withPage();
  const drawn = (choose: (sort: unknown) => void = () => undefined) => {
    const on = place();
    render(<UsageTable table={table} sort={page.options.sort} strings={strings} choose={choose} />, on);
    return on;
  };

  it('says how it is sorted, and has the total at its end', () => {
    const usage = drawn();
    assert.deepEqual(
      [...usage.querySelectorAll('[scope=col]')].map((each) => each.getAttribute('aria-sort')),
      [null, 'descending'],
    );
    const foot = usage.querySelector('table')?.lastElementChild;
    assert.equal(foot?.localName, 'tfoot');
    assert.deepEqual(
      [...foot.querySelectorAll('th, td')].map(({ textContent }) => textContent),
      ['Total', '$3'],
    );
    assert.deepEqual(
      [...usage.querySelectorAll<HTMLElement>('[scope=row]')].map(({ style }) =>
        style.getPropertyValue('--share'),
      ),
      ['1', '0.5', '0'],
    );
    assert.ok(usage.querySelector('[title="all of it"]'));
  });

  it('is sorted by the heading that is pressed', () => {
    const sorts: unknown[] = [];
    for (const each of drawn((sort) => sorts.push(sort)).querySelectorAll('button')) each.click();
    assert.deepEqual(sorts, [
      { column: 'name', descending: false },
      { column: 'cost', descending: false },
    ]);
  });

  it('begins with the largest figure, and with the first name', () => {
    const before = { column: 'cost', descending: true };
    assert.deepEqual(nextSort('requests', true, before), { column: 'requests', descending: true });
    assert.deepEqual(nextSort('name', false, before), { column: 'name', descending: false });
    assert.deepEqual(nextSort('cost', true, before), { column: 'cost', descending: false });
  });
});
