// The page of Activity while rows come in, sink and leave: what is current, pressed or has the focus stays the same
// request and the same deed.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { RowView } from '../../src/protocol/activity';
import { openBrowser } from '../vscode/pageInBrowser';
import { PageAlone, row, rows } from './activityPageAlone';

describe('the page of Activity, alone', () => {
  let browser: Browser;
  let alone: PageAlone;
  const open = async (shown: readonly RowView[], state?: unknown) =>
    (alone = await PageAlone.open(browser, shown, state));
  const press = (key: string) => alone.page.keyboard.press(key);
  before(async () => (browser = await openBrowser()));
  afterEach(() => alone.close());
  after(() => browser.close());

  it('has as current the row that is open, wherever others come in or sink', async () => {
    const [first, second, ...others] = [row('two', 'running'), row('one', 'running'), ...rows(50)];
    await open([first, second, ...others]);
    await alone.page.click('#row0');
    await alone.opened('two');
    // What was sent later ends first, and goes below what still runs.
    await alone.show([second, row('two'), ...others]);
    assert.deepEqual(await alone.current(), ['two', 'two']);
    // Another window's go between the two.
    await alone.show([second, row('new1'), row('new2'), row('two'), ...others]);
    assert.deepEqual(await alone.current(), ['two', 'two']);
    await press('ArrowDown');
    await alone.opened('r0');
    assert.deepEqual(await alone.current(), ['r0', 'r0']);
  });

  it('finds the current row again when it was far out of sight', async () => {
    const shown = rows(5000);
    await open([row('running', 'running'), ...shown]);
    await alone.page.click('#row3');
    await alone.opened('r2');
    await alone.scrollTo(3000 * 22);
    await alone.page.locator('#row3000', { hasText: 'r2999' }).waitFor();
    // Those in sight move by two, the current one by one.
    const [newest, after] = [shown.slice(0, 3), shown.slice(3)];
    await alone.show([row('new1'), row('new2'), ...newest, row('running'), ...after]);
    await alone.scrollTo(0);
    await alone.page.locator('.row[aria-selected=true]', { hasText: 'r2' }).waitFor();
    assert.deepEqual(await alone.current(), ['r2', 'r2']);
  });

  it('has no current row when that has left, and goes on from where it was', async () => {
    const shown = rows(50);
    await open(shown);
    await alone.page.click('#row3');
    await alone.opened('r3');
    await alone.show(shown.filter(({ id }) => id !== 'r3'));
    assert.deepEqual(await alone.current(), [undefined, undefined]);
    await press('ArrowDown');
    assert.deepEqual(await alone.current(), ['r4', 'r4']);
    await press('Enter');
    await alone.opened('r4');
  });

  it('shows how a request went by a sign beside the words, which looks like nothing of another page', async () => {
    await open((['cut', 'failed', 'stopped'] as const).map((state) => ({ ...row(state), state })));
    const looks = await alone.page.locator('.canvas .sign').evaluateAll((signs) =>
      signs.map((sign) => {
        const { height, width } = sign.getBoundingClientRect();
        const { overflow, backgroundColor } = getComputedStyle(sign);
        return { isSeen: height > 5 && width > 5 && width < 20, overflow, backgroundColor };
      }),
    );
    const plain = { isSeen: true, overflow: 'visible', backgroundColor: 'rgba(0, 0, 0, 0)' };
    assert.deepEqual(looks, [plain, plain, plain]);
  });

  it('opens a row that was chosen before the host told it', async () => {
    await open(rows(5000));
    await alone.page.locator('.list').focus();
    alone.isSlow = true;
    await press('End');
    await press('Enter');
    assert.ok(alone.told.every(({ type }) => type !== 'setOptions'));
    await alone.goOn();
    await alone.opened('r4999');
  });

  for (const [where, top, pressed] of [
    ['at the top', 0, 'r3'],
    ['farther down', 1000 * 22, 'r1003'],
  ] as const)
    it(`opens the row that was pressed, though another comes in meanwhile: ${where}`, async () => {
      const shown = rows(5000);
      await open(shown);
      await alone.scrollTo(top);
      const before = alone.page.locator('.canvas .row', { hasText: new RegExp(`${pressed}$`) });
      const { x, y } = (await before.boundingBox())!;
      await alone.page.mouse.move(x + 20, y + 10);
      await alone.page.mouse.down();
      await alone.show([row('new'), ...shown]);
      await alone.page.mouse.up();
      await alone.opened(pressed);
      assert.deepEqual(await alone.current(), [pressed, pressed]);
    });

  it('opens none when the mouse is let go on another row', async () => {
    await open(rows(50));
    const { x, y } = (await alone.page.locator('#row3').boundingBox())!;
    await alone.page.mouse.move(x + 20, y + 10);
    await alone.page.mouse.down();
    await alone.page.mouse.move(x + 20, y + 60);
    await alone.page.mouse.up();
    await alone.page.click('#row1');
    await alone.opened('r1');
    assert.equal(alone.told.filter(({ type }) => type === 'setOptions').length, 1);
  });

  it('leaves the focus on its button when another comes in before it, or goes', async () => {
    const [copy, dashboard, reply] = [
      { id: 'copyLogId', label: 'Copy Log ID', copies: true as const },
      { id: 'openDashboard', label: 'Open in Dashboard' },
      { id: 'showReply', label: 'Show Reply' },
    ];
    await open(rows(5));
    alone.actions = [dashboard, reply];
    await alone.page.click('#row0');
    await alone.page.getByRole('button', { name: 'Show Reply' }).focus();
    alone.actions = [copy, dashboard, reply];
    await alone.show();
    assert.equal(await alone.focused(), 'Show Reply');
    const labels = () => alone.page.locator('.pane .actions button').allTextContents();
    assert.deepEqual(await labels(), ['Copy Log ID', 'Open in Dashboard', 'Show Reply']);
    alone.actions = [copy, reply];
    await alone.show();
    await press('Enter');
    assert.deepEqual(alone.told.at(-1), { type: 'act', row: 'r0', action: 'showReply' });
    // When it goes itself, no other deed has the focus.
    alone.actions = [copy];
    await alone.show();
    assert.equal(await alone.focused(), 'pane');
    assert.deepEqual(await labels(), ['Copy Log ID']);
  });

  it('shows another request from its beginning, however far down the one before was read', async () => {
    await open(rows(5));
    await alone.page.click('#row0');
    await alone.opened('r0');
    const pane = alone.page.locator('.pane');
    // As if there were much more to tell than is in sight.
    await alone.page.evaluate(() => {
      const style = new CSSStyleSheet();
      style.replaceSync('.pane .content { min-height: 3000px }');
      document.adoptedStyleSheets = [style];
    });
    await pane.evaluate((element) => (element.scrollTop = 150));
    await alone.show();
    assert.equal(await pane.evaluate(({ scrollTop }) => scrollTop), 150);
    await alone.page.click('#row1');
    await alone.opened('r1');
    assert.equal(await pane.evaluate(({ scrollTop }) => scrollTop), 0);
  });

  it('shows what is chosen, though it can be chosen only once all is read', async () => {
    await open(rows(5));
    alone.model = 'one';
    await alone.show();
    alone.models = ['one', 'other'];
    await alone.show();
    assert.equal(await alone.page.locator('select.model').inputValue(), 'one');
    // What the reader chooses is not undone by what was told before.
    await alone.page.locator('select.model').selectOption('other');
    await alone.show();
    assert.equal(await alone.page.locator('select.model').inputValue(), 'other');
  });

  it('finds the list with its keys when VS Code gives the view the focus', async () => {
    await open(rows(5));
    await alone.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await alone.page.evaluate(() => dispatchEvent(new Event('focus')));
    assert.equal(await alone.focused(), 'list');
  });

  it('has the focus on its tab when what is open is closed beside an empty list', async () => {
    await open(rows(5));
    await alone.page.click('#row0');
    await alone.page.fill('input.logId', 'none');
    await alone.page.getByText('Requests: 0').first().waitFor();
    await alone.page.locator('.pane .top button').focus();
    await press('Enter');
    await alone.page.locator('.pane').waitFor({ state: 'hidden' });
    assert.equal(await alone.focused(), 'Requests');
  });

  it('has the focus on its tab when the last row leaves the list that has it', async () => {
    await open(rows(1));
    await alone.page.locator('.list').focus();
    await alone.show([]);
    assert.equal(await alone.focused(), 'Requests');
  });

  it('tells a screen reader which request is open, when it was sent and how it went', async () => {
    await open([row('a', 'failed'), row('b')]);
    await alone.page.click('#row0');
    await alone.opened('a');
    await press('ArrowDown');
    await alone.opened('b');
    assert.deepEqual(await alone.page.locator('.unseen p').allTextContents(), [
      'The a, at the time of a, failed',
      'The b, at the time of b, done',
    ]);
  });

  describe('when it is shown again', () => {
    /** The page's own memory, after it was scrolled to a row. */
    const left = async (top: number, shown: readonly RowView[]) => {
      const before = await open(shown);
      await alone.scrollTo(top);
      const id = `r${Math.floor(top / 22)}`;
      while (!JSON.stringify(before.state ?? '').includes(`"${id}"`)) await before.page.waitForTimeout(20);
      await before.close();
      return before.state;
    };

    it('has in sight what it had before, though others came in above and below', async () => {
      const shown = rows(5000);
      const state = await left(3000 * 22 + 7, shown);
      await open([row('new1'), row('new2'), ...shown, row('older')], state);
      assert.deepEqual(await alone.first(), ['r3000', 7]);
      await alone.show();
      assert.deepEqual(await alone.first(), ['r3000', 7]);
    });

    it('is at the same place when what was there is gone', async () => {
      const state = await left(3000 * 22 + 7, rows(5000));
      const others = Array.from({ length: 5000 }, (_, index) => row(`other${index}`));
      await open(others, state);
      assert.deepEqual(await alone.first(), ['other3000', 7]);
    });

    it('has the newest in sight where they were in sight', async () => {
      const shown = rows(5000);
      const state = await left(0, shown);
      await open([row('new1'), ...shown], state);
      assert.deepEqual(await alone.first(), ['new1', 0]);
    });
  });
});
