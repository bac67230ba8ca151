// The toolbar, the rows and the tables of Activity as shapes.
import assert from 'node:assert/strict';
import type {
  ActivityPage,
  ViewOptionsPatch,
  ViewOptions,
  RowView,
  TableView,
} from '../../../../src/protocol/activity';
import { headingShape, rowShape } from '../../../../src/webview/activity/rowShapes';
import { tabAfter } from '../../../../src/webview/activity/tabKeys';
import { toolbarContents } from '../../../../src/webview/activity/toolbar';
import { sortedAnew, tableShape } from '../../../../src/webview/activity/usageTable';
import { type Child, type VNode, shapeText } from '../../../../src/webview/kit/vnode';

const words: ActivityPage['words'] = {
  period: 'Period',
  model: 'Model',
  outcome: 'Outcome',
  cached: 'Cache',
  logId: 'Part of a log ID',
  clearFilter: 'Clear',
  whatIf: 'What if?',
  supposeModel: 'With another model',
  supposeTtl: 'With a cache',
  loading: 'Reading…',
  close: 'Close',
  details: 'Details',
  copied: 'Copied',
  sortedUp: 'smallest first',
  sortedDown: 'largest first',
};

const table: TableView = {
  columns: [
    { id: 'name', label: 'Model', hint: 'who answered', figure: false },
    { id: 'cost', label: 'Cost', hint: 'estimated', figure: true },
  ],
  rows: [
    { key: 'a', share: 1, cells: [{ text: 'A' }, { text: '$2', hint: 'all of it' }] },
    { key: 'b', share: 0.5, cells: [{ text: 'B' }, { text: '$1' }] },
  ],
  total: { key: '', share: 0, cells: [{ text: 'Total' }, { text: '$3' }] },
  supposable: { models: [{ value: '', label: 'as it was' }], ttls: [] },
};

const page: ActivityPage = {
  version: 1,
  chosen: {
    tab: 'requests',
    period: 'month',
    filter: { model: 'm', outcome: '', cached: '', logId: '' },
    sort: { column: 'cost', descending: true },
    suppose: { model: '', ttl: '' },
    open: '',
  },
  whole: true,
  words,
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
  },
  requests: { columns: [{ id: 'model', label: 'Model' }], count: 3, summary: '3 of 9' },
  notes: [],
};

describe('the toolbar of Activity', () => {
  const chosen: ViewOptionsPatch[] = [];
  const soon: ViewOptionsPatch[] = [];
  const toolbar = {
    choose: (part: ViewOptionsPatch) => chosen.push(part),
    chooseSoon: (part: ViewOptionsPatch) => soon.push(part),
    clear: () => undefined,
  };
  const shapesOf = (view: ActivityPage) => inside(toolbarContents(view, toolbar));
  const find = (view: ActivityPage, kind: string) =>
    shapesOf(view).find(({ tag, class: name }) => `${tag}.${name}` === kind);
  beforeEach(() => {
    chosen.length = 0;
    soon.length = 0;
  });

  it('has one tab that the Tab key reaches: the chosen one', () => {
    const tabs = shapesOf(page).filter(({ attributes }) => attributes?.role === 'tab');
    assert.deepEqual(
      tabs.map(({ attributes }) => [attributes?.['aria-selected'], attributes?.tabindex]),
      [
        ['true', '0'],
        ['false', '-1'],
      ],
    );
    tabs[1]?.click?.(undefined as unknown as HTMLElement);
    assert.deepEqual(chosen, [{ tab: 'model' }]);
  });

  it('changes one part of the filter, and waits while somebody types', () => {
    find(page, 'select.outcome')?.enter?.('failed');
    assert.deepEqual(chosen, [{ filter: { outcome: 'failed' } }]);
    find(page, 'input.logId')?.enter?.('01J');
    assert.deepEqual(soon, [{ filter: { logId: '01J' } }]);
  });

  it('tells what is chosen, and each filter from the other where nothing is', () => {
    assert.equal(find(page, 'select.model')?.value, 'm');
    const texts = ['model', 'outcome', 'cached'].map(
      (name) => find(page, `select.${name}`)?.children.map((option) => shapeText([option]))[0],
    );
    assert.deepEqual(texts, ['Model: All', 'Outcome: All', 'Cache: All']);
  });

  it('clears a filter where one is set', () => {
    const clears = (filter: ViewOptions['filter']) =>
      shapesOf({ ...page, chosen: { ...page.chosen, filter } }).some(
        ({ children }) => children[0] === 'Clear',
      );
    assert.ok(clears(page.chosen.filter));
    assert.ok(!clears({ model: '', outcome: '', cached: '', logId: '' }));
  });

  it('asks “What if?” of the tables alone, and filters the log alone', () => {
    const byModel: ActivityPage = { ...page, table, chosen: { ...page.chosen, tab: 'model' } };
    assert.ok(find(page, 'div.filters') && !find(page, 'div.suppose'));
    assert.ok(!find(byModel, 'div.filters') && find(byModel, 'div.suppose'));
    find(byModel, 'select.supposedTtl')?.enter?.('3600');
    assert.deepEqual(chosen, [{ suppose: { ttl: '3600' } }]);
    assert.equal(shapeText(find(byModel, 'span.counted')?.children ?? []), '');
    assert.equal(shapeText(find(page, 'span.counted')?.children ?? []), '3 of 9');
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
  const columns: ActivityPage['requests']['columns'] = [
    { id: 'outcome', label: 'Outcome' },
    { id: 'cache', label: 'Cache' },
  ];
  const row: RowView = { id: 'x', state: 'failed', hit: false, cells: ['Failed: busy', 'MISS'] };

  it('says where it is among all of them, its heading first', () => {
    assert.equal(headingShape(columns).attributes?.['aria-rowindex'], '1');
    assert.equal(rowShape(0, row, columns, false).attributes?.['aria-rowindex'], '2');
    assert.equal(rowShape(99_999, row, columns, false).figures?.['--index'], 99_999);
  });

  it('says in words what its colour says, and its sign is not read out', () => {
    const shape = rowShape(0, row, columns, true);
    assert.equal(shape.class, 'row failed');
    assert.equal(shape.attributes?.['aria-selected'], 'true');
    assert.match(shapeText(shape.children), /Failed: busy/);
    const sign = inside(shape.children).find(({ class: name }) => name === 'sign');
    assert.equal(sign?.attributes?.['aria-hidden'], 'true');
    assert.deepEqual(sign.children, ['✕']);
  });

  it('is marked when the cache answered', () => {
    assert.equal(rowShape(0, { ...row, state: 'done', hit: true }, columns, false).class, 'row done hit');
  });

  it('has all its cells before the host has told it', () => {
    const shape = rowShape(7, undefined, columns, false);
    assert.equal(shape.children.length, columns.length);
    assert.equal(shapeText(shape.children), '');
  });
});

describe('a table of usage', () => {
  it('says how it is sorted, and has the total at its end', () => {
    const shape = tableShape(table, page.chosen.sort, words, () => undefined);
    const headings = inside(shape.children).filter(({ attributes }) => attributes?.scope === 'col');
    assert.deepEqual(
      headings.map(({ attributes }) => attributes?.['aria-sort']),
      [undefined, 'descending'],
    );
    const foot = shape.children.at(-1) as VNode;
    assert.equal(foot.tag, 'tfoot');
    assert.equal(shapeText([foot]), 'Total\n$3\n\n');
    const names = inside(shape.children).filter(({ attributes }) => attributes?.scope === 'row');
    assert.deepEqual(
      names.map(({ figures }) => figures?.['--share']),
      [1, 0.5, 0],
    );
    assert.ok(inside(shape.children).some(({ attributes }) => attributes?.title === 'all of it'));
  });

  it('is sorted by the heading that is pressed', () => {
    const sorts: unknown[] = [];
    const shape = tableShape(table, page.chosen.sort, words, (sort) => sorts.push(sort));
    for (const each of inside(shape.children).filter(({ tag }) => tag === 'button'))
      each.click?.(undefined as unknown as HTMLElement);
    assert.deepEqual(sorts, [
      { column: 'name', descending: false },
      { column: 'cost', descending: false },
    ]);
  });

  it('begins with the largest figure, and with the first name', () => {
    const before = { column: 'cost', descending: true };
    assert.deepEqual(sortedAnew('requests', true, before), { column: 'requests', descending: true });
    assert.deepEqual(sortedAnew('name', false, before), { column: 'name', descending: false });
    assert.deepEqual(sortedAnew('cost', true, before), { column: 'cost', descending: false });
  });
});

function inside(contents: readonly Child[]): readonly VNode[] {
  return contents.flatMap((content) =>
    typeof content === 'string' ? [] : [content, ...inside(content.children)],
  );
}
