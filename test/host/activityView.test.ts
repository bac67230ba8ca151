// The host's half of Activity in VS Code, whose words it tells its page, while the clock and the record go on.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { EventEmitter, Uri, type WebviewView } from 'vscode';
import { ActivityView } from '../../src/activity/activityView';
import { RecordFiles, dayOf } from '../../src/activity/files';
import { RecordReader } from '../../src/activity/recordReader';
import { WindowLedger } from '../../src/activity/ledger';
import type {
  ActivityPage,
  ViewOptionsPatch,
  RowView,
  ActivityToHost,
  ActivityToWebview,
} from '../../src/protocol/activity';
import { ThisMonth } from '../../src/activity/thisMonth';
import { monthOf } from '../../src/core/activity/month';
import { nextDay } from '../../src/core/activity/period';
import type { ActivityRecord } from '../../src/core/activity/record';
import { until } from '../limits';
import { appendTo, recordNumber } from '../unit/activity/records';
import { prepared } from '../unit/asking';

const log = { info: () => undefined, warn: () => undefined };
const dayMs = 24 * 60 * 60 * 1000;

/** Files that are listed when it is time. */
class LateFiles extends RecordFiles {
  listed: Promise<void> = Promise.resolve();

  override async days(): ReturnType<RecordFiles['days']> {
    await this.listed;
    return super.days();
  }
}

describe('the host’s half of Activity', () => {
  const { now } = Date;
  /** The middle of a month: days before and after are of it too. */
  const noon = new Date(new Date(now()).setDate(15)).setHours(12, 0, 0, 0);
  let files: LateFiles;
  let view: ActivityView;
  let ledger: WindowLedger;
  let said: EventEmitter<ActivityToHost>;
  let pages: ActivityPage[];
  let rows: readonly RowView[];
  let fake: { visible: boolean };
  beforeEach(async () => {
    Date.now = () => noon;
    files = new LateFiles(await mkdtemp(path.join(os.tmpdir(), 'activity-')));
    pages = [];
    rows = [];
  });
  afterEach(async () => {
    view.dispose();
    Date.now = now;
    await rm(files.directory, { recursive: true, force: true });
  });

  /** A view whose page is this test. */
  const show = async () => {
    const reader = new RecordReader(files);
    ledger = new WindowLedger({ files, reader, key: () => Promise.resolve('key'), log });
    said = new EventEmitter<ActivityToHost>();
    view = new ActivityView({
      ...{
        files,
        reader,
        ledger,
        log,
        thisMonth: new ThisMonth(new RecordReader(new RecordFiles(files.directory))),
      },
      ...{ extension: Uri.file('/'), storage: Uri.file('/'), secrets: undefined as never },
      ...{ conversations: { get: () => undefined } as never, labelOf: () => undefined },
      showReply: () => Promise.resolve(),
      errors: {
        report: assert.ifError,
        attempt: async (_, run) => {
          await run();
        },
      },
    });
    fake = { visible: true };
    const webview = {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: (uri: Uri) => uri,
      onDidReceiveMessage: said.event,
      postMessage: (message: ActivityToWebview) => {
        if (message.type === 'show') pages.push(message.view);
        else rows = message.rows;
        return Promise.resolve(true);
      },
    };
    const never = () => ({ dispose: () => undefined });
    view.show(
      Object.assign(fake, {
        webview,
        onDidChangeVisibility: never,
        onDidDispose: never,
      }) as unknown as WebviewView,
    );
    said.fire({ type: 'ready' });
    await told(() => true);
  };
  /** The page that it is told, once it is as is wanted. */
  const told = async (wanted: (page: ActivityPage) => boolean): Promise<ActivityPage> => {
    let page: ActivityPage | undefined;
    const isTold = () => {
      page = pages.at(-1);
      return page !== undefined && wanted(page);
    };
    await until(isTold, 'the page is as is wanted');
    return page!;
  };
  const choose = (options: ViewOptionsPatch) => said.fire({ type: 'setOptions', options });
  const ofModel = (number: number, model: string, more: Partial<ActivityRecord> = {}) =>
    appendTo(files, { ...recordNumber(number, noon - 1000 + number), model, ...more });

  it('shows the day that it is when it is looked at again', async () => {
    for (const number of [1, 2]) await appendTo(files, recordNumber(number, noon - number));
    await show();
    choose({ period: 'today' });
    assert.equal((await told(({ isComplete }) => isComplete)).requests.summary, 'Requests: 2');
    Date.now = () => noon + dayMs;
    said.fire({ type: 'ready' });
    await told(({ requests }) => requests.summary === 'No prompts were sent in this period.');
  });

  it('marks the requests of VS Code Chat with who sent them, and finds them', async () => {
    const chat = { surface: 'chat' } as const;
    await ofModel(1, 'stand-in.a', { ...chat, initiator: 'github.copilot-chat' });
    await ofModel(2, 'stand-in.a', { ...chat, initiator: 'core' });
    await ofModel(3, 'stand-in.a', { ...chat, initiator: 'someone.extension' });
    await ofModel(4, 'stand-in.a', { surface: 'ask' });
    await show();
    choose({ tab: 'requests', period: 'all' });
    const { filters } = await told(({ isComplete, requests }) => isComplete && requests.count === 4);
    const option = filters.surfaces.find(({ label }) => label === 'VS Code Chat');
    choose({ filter: { surface: option!.value } });
    const { requests } = await told(({ requests }) => requests.count === 3);
    assert.equal(requests.summary, 'Requests: 3 of 4');
    choose({ filter: { surface: '' } });
    await told(({ requests }) => requests.count === 4);
    said.fire({ type: 'rows', from: 0, count: 4 });
    await until(() => rows.length === 4, 'the rows are told');
    assert.deepEqual(
      rows.map(({ from }) => from),
      [undefined, 'Chat: someone.extension', 'Chat: VS Code itself', 'Chat'],
    );
  });

  it('shows the day that has begun while somebody looks', async () => {
    await appendTo(files, recordNumber(1, noon));
    const midnight = nextDay(noon);
    Date.now = () => midnight - 200;
    await show();
    choose({ period: 'today' });
    await told(({ requests }) => requests.summary === 'Requests: 1');
    // As often as it is woken before, it waits for midnight.
    Date.now = () => midnight;
    await told(({ requests }) => requests.summary === 'No prompts were sent in this period.');
  });

  it('shows the table of this month before the whole record is read', async () => {
    await ofModel(1, 'one');
    await appendTo(files, recordNumber(2, monthOf(noon).from - dayMs));
    let read: () => void = () => undefined;
    files.listed = new Promise((resolve) => (read = resolve));
    await show();
    const early = await told(({ isComplete }) => isComplete);
    assert.deepEqual(
      early.table?.rows.map(({ key }) => key),
      ['one'],
    );
    assert.equal(early.requests.summary, 'Requests: 1');
    // What needs the whole record is waited for.
    for (const chosen of [{ period: 'all' }, { period: 'month', tab: 'requests' }] as const) {
      choose(chosen);
      assert.equal(pages.at(-1)?.isComplete, false);
    }
    choose({ tab: 'model', scenario: { model: 'one' } });
    assert.equal(pages.at(-1)?.isComplete, false);
    assert.equal(pages.at(-1)?.table?.estimate, undefined);
    read();
    const late = await told(({ isComplete }) => isComplete);
    assert.match(late.table?.estimate ?? '', /^Estimate|is unknown/);
    choose({ scenario: { model: '' }, period: 'all' });
    await told(({ requests }) => requests.summary === 'Requests: 2');
  });

  it('shows a request once that is on disk already while it is told of as running', async () => {
    const { request } = prepared({ url: 'http://127.0.0.1:9/v1/a/g' });
    await appendTo(files, { ...recordNumber(0, noon), id: request.id });
    // Others were sent later, more than a few.
    for (let number = 1; number <= 150; number += 1)
      await appendTo(files, recordNumber(number, noon + number));
    await show();
    ledger.begin(request);
    choose({ tab: 'requests' });
    assert.equal((await told(({ isComplete }) => isComplete)).requests.count, 151);
  });

  it('keeps how each table was sorted', async () => {
    await ofModel(1, 'one');
    await show();
    const byTokens = { column: 'input', descending: false };
    choose({ sort: byTokens });
    choose({ tab: 'day' });
    assert.deepEqual(pages.at(-1)?.options.sort, { column: 'key', descending: true });
    choose({ tab: 'requests' });
    choose({ tab: 'model' });
    assert.deepEqual(pages.at(-1)?.options.sort, byTokens);
  });

  it('tells models apart whose short names are the same, and offers those of the setting', async () => {
    const alike = [
      'us.anthropic.claude-3-5-sonnet-20240620-v1:0',
      'us.anthropic.claude-3-5-sonnet-20241022-v2:0',
    ];
    for (const [number, model] of [...alike, 'vendor.other-v1:0'].entries()) await ofModel(number, model);
    await show();
    const page = await told(({ isComplete }) => isComplete);
    assert.deepEqual(page.table?.rows.map(({ cells }) => cells[0]?.text).sort(), ['other', ...alike]);
    const scenarioOptions = page.table.scenarioOptions.models.map(({ value }) => value);
    for (const model of [...alike, 'global.anthropic.claude-haiku-5-5'])
      assert.ok(scenarioOptions.includes(model), model);
    // What it would have cost could not be told.
    assert.ok(!scenarioOptions.includes('vendor.other-v1:0'));
    choose({ tab: 'requests' });
    await told(({ isComplete }) => isComplete);
    said.fire({ type: 'rows', from: 0, count: 3 });
    const names = rows.map(({ cells }) => cells[1]).sort();
    assert.deepEqual(names, ['other', ...alike]);
  });

  it('says what it does not know: what hits saved, and files that cannot be read', async () => {
    await ofModel(1, 'one', { cache: 'HIT', usd: 0, savedUsd: 0.5 });
    await ofModel(2, 'one', { cache: 'HIT', usd: 0 });
    await ofModel(3, 'two', { cache: 'HIT', usd: 0 });
    await mkdir(path.join(files.directory, `${dayOf(noon - dayMs)}.jsonl`));
    await show();
    const page = await told(({ isComplete }) => isComplete);
    const { columns, rows } = page.table!;
    const cellsOf = (column: string) =>
      rows.map(({ cells }) => cells[columns.findIndex(({ id }) => id === column)]);
    const hint = 'Cache hits with unknown savings: 1';
    assert.deepEqual(cellsOf('saved'), [
      { text: '≥ $0.50', hint },
      { text: 'unknown', hint },
    ]);
    assert.deepEqual(
      cellsOf('cost').map((cell) => cell?.text),
      ['$0', '$0'],
    );
    await told(({ notes }) => notes[0] === 'Unreadable files of the record, which were skipped: 1');
  });
});
