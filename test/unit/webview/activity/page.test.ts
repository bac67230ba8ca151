// The page of Activity as the host tells it: the log, the tables, what is open, and what is read out.
import assert from 'node:assert/strict';
import type {
  ActivityPage,
  ActivityToHost,
  OpenRow,
  RowView,
  TableView,
  ViewOptions,
} from '../../../../src/protocol/activity';
import { ActivityMemory } from '../../../../src/webview/activity/memory';
import { Page } from '../../../../src/webview/activity/page';
import { rowHeight } from '../../../../src/webview/activity/visibleRange';
import { place, withPage } from '../dom';

const strings: ActivityPage['strings'] = {
  ...{
    period: 'Period',
    model: 'Model',
    outcome: 'Outcome',
    cached: 'Cache',
    surface: 'Sent from',
    logId: 'Log ID',
  },
  ...{ clearFilter: 'Clear', whatIf: 'What if', scenarioModel: 'Model', scenarioTtl: 'Cache' },
  ...{ loading: 'Reading…', close: 'Close', details: 'Details', copied: 'Copied' },
  ...{ sortedUp: 'smallest first', sortedDown: 'largest first' },
};

const options: ViewOptions = {
  ...{ tab: 'requests', period: 'all', open: '', sort: { column: 'cost', descending: true } },
  filter: { model: '', outcome: '', cached: '', surface: '', logId: '' },
  scenario: { model: '', ttl: '' },
};

const table: TableView = {
  columns: [{ id: 'cost', label: 'Cost', hint: '', isNumeric: true }],
  rows: [{ key: 'a', share: 1, cells: [{ text: '$1' }] }],
  total: { key: '', share: 0, cells: [{ text: '$1' }] },
  scenarioOptions: { models: [], ttls: [] },
};

const row = (id: string): RowView => ({ id, state: 'done', hit: false, cells: [id] });
const opened = (id: string): OpenRow => ({
  ...{ id, title: `The ${id}`, attempts: [], noAttemptsReason: 'They are gone' },
  fields: ['sent', 'done', 'more'].map((value) => ({ label: value, value: `${value} ${id}` })),
  actions: [{ id: 'copy', label: 'Copy ID', copies: true }],
});

describe('the page of Activity', () => {
  withPage();
  let told: ActivityToHost[];
  let heard: string[];
  let kept: unknown;
  let element: HTMLElement;
  let page: Page;
  let version: number;

  /** How high the list is, in rows. Nothing is laid out here. */
  const height = 10;
  const layOut = () => {
    const list = element.querySelector('.list')!;
    Object.defineProperty(list, 'clientHeight', { get: () => height * rowHeight });
    Element.prototype.checkVisibility = function (this: HTMLElement) {
      return !this.closest('[hidden]');
    };
  };
  const view = (more: Partial<ActivityPage> = {}): ActivityPage => ({
    ...{ version: ++version, options, isComplete: true, strings, notes: [], periods: [] },
    tabs: ['requests', 'model'].map((value) => ({ value, label: value })),
    filters: { models: [], outcomes: [], cached: [], surfaces: [] },
    requests: { columns: [{ id: 'model', label: 'Model' }], count: 100, summary: '100 requests' },
    ...more,
  });
  const tellRows = () => {
    const asked = told.findLast((message) => message.type === 'rows');
    assert.ok(asked, 'it has asked for rows');
    const { from, count } = asked;
    page.setRows({ version, from, rows: Array.from({ length: count }, (_, at) => row(`r${from + at}`)) });
  };
  const press = (key: string) => {
    const event = Object.assign(new Event('keydown', { bubbles: true, cancelable: true }), { key });
    element.querySelector('.list')!.dispatchEvent(event);
  };

  beforeEach(() => {
    [told, heard, kept, version] = [[], [], undefined, 0];
    element = place();
    const host = {
      post: (message: ActivityToHost) => void told.push(message),
      guarded: (_: string, run: () => void) => run(),
      getState: () => undefined,
      setState: (state: unknown) => (kept = state),
    };
    page = new Page(element, {
      host,
      memory: new ActivityMemory(host),
      announce: (text) => heard.push(text),
    });
    layOut();
  });

  it('asks for the rows in sight and some around, and draws those in sight', () => {
    page.show(view());
    assert.deepEqual(told, [{ type: 'rows', from: 0, count: 50 }]);
    tellRows();
    const rows = [...element.querySelectorAll('.canvas > .row')];
    assert.deepEqual(
      rows.map(({ textContent }) => textContent),
      Array.from({ length: 16 }, (_, at) => `r${at}`),
    );
    assert.equal(element.querySelector('.list')?.getAttribute('aria-rowcount'), '101');
  });

  it('goes from row to row by keys, and opens the current one', () => {
    page.show(view());
    tellRows();
    press('ArrowDown');
    press('ArrowDown');
    const current = element.querySelector('.row[aria-selected=true]');
    assert.equal(current?.textContent, 'r1');
    assert.equal(element.querySelector('.list')?.getAttribute('aria-activedescendant'), current.id);
    press('Enter');
    assert.deepEqual(told.at(-1), { type: 'setOptions', options: { open: 'r1' } });
  });

  it('remembers how far the log is scrolled', () => {
    page.show(view());
    tellRows();
    const list = element.querySelector('.list')!;
    list.scrollTop = 20 * rowHeight + 5;
    list.dispatchEvent(new Event('scroll'));
    const { log } = kept as {
      readonly log: { readonly row: number; readonly offset: number; readonly id: string };
    };
    assert.deepEqual([log.row, log.offset, log.id], [20, 5, 'r20']);
  });

  it('shows beside the log what is open, and reads out which it is', () => {
    page.show(view({ open: opened('r1') }));
    const pane = element.querySelector<HTMLElement>('.pane')!;
    assert.ok(!pane.hidden);
    assert.equal(pane.querySelector('h2')?.textContent, 'The r1');
    assert.equal(pane.querySelector('.quietly')?.textContent, 'They are gone');
    assert.deepEqual(heard, ['The r1, sent r1, done r1']);
    const content = pane.querySelector('.content');
    page.show(view({ open: opened('r1') }));
    assert.equal(pane.querySelector('.content'), content);
    page.show(view({ open: opened('r2') }));
    assert.notEqual(pane.querySelector('.content'), content, 'nothing of one request is another’s');
    assert.equal(heard.length, 2);
    page.show(view());
    assert.ok(pane.hidden);
  });

  it('does what is pressed beside the log, and says that it copied', () => {
    page.show(view({ open: opened('r1') }));
    const [close, copy] = element.querySelectorAll<HTMLButtonElement>('.pane button');
    copy?.click();
    assert.deepEqual(told.at(-1), { type: 'act', row: 'r1', action: 'copy' });
    assert.equal(copy?.textContent, 'Copied');
    close?.click();
    assert.deepEqual(told.at(-1), { type: 'setOptions', options: { open: '' } });
  });

  it('has in place of the log a table, or a sentence where there is nothing', () => {
    page.show(view({ options: { ...options, tab: 'model' }, table }));
    const [list, tables] = ['.list', '.tables'].map((name) => element.querySelector<HTMLElement>(name)!);
    assert.deepEqual([list?.hidden, tables?.hidden], [true, false]);
    assert.equal(tables?.querySelector('tfoot')?.textContent, '$1');
    page.show(view({ requests: { columns: [], count: 0, summary: 'No request yet' } }));
    assert.deepEqual([list?.hidden, tables.hidden], [true, true]);
    assert.equal(element.querySelector('.empty')?.textContent, 'No request yet');
    page.show(view({ isComplete: false, requests: { columns: [], count: 0, summary: '' } }));
    assert.equal(element.querySelector('.empty')?.textContent, 'Reading…');
    assert.ok(element.querySelector('.progress'));
  });

  it('reads out what another choice has made of it, and nothing that comes in by itself', () => {
    page.show(view());
    const more = { columns: [], count: 101, summary: '101 requests' };
    page.show(view({ requests: more }));
    assert.deepEqual(heard, []);
    const filter = { ...options.filter, outcome: 'failed' };
    const few = { columns: [], count: 3, summary: '3 requests' };
    page.show(view({ options: { ...options, filter }, requests: few }));
    assert.deepEqual(heard, ['3 requests']);
  });

  it('puts the focus near where it was when what had it is taken away', () => {
    document.hasFocus = () => true;
    page.show(view({ open: opened('r1') }));
    element.querySelector<HTMLElement>('.actions > button')!.focus();
    page.show(view({ open: { ...opened('r1'), actions: [] } }));
    assert.equal((document.activeElement as HTMLElement).className, 'pane');
    page.show(view());
    assert.equal((document.activeElement as HTMLElement).className, 'list');
  });

  it('tells what is noted of the record', () => {
    page.show(view({ notes: ['2 lines are damaged'] }));
    assert.equal(element.querySelector('.notes')?.textContent, '2 lines are damaged');
  });
});
