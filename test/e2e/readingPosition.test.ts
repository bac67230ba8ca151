// Where the reader is in a conversation: nothing that arrives moves what is being read, not even for one frame.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { ComposerView } from '../../src/protocol/composer';
import type { ReplyToWebview, State, TurnView } from '../../src/protocol/reply';
import { composerView } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { installSight, assertStill, readAt, still, topOf } from './readingSight';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';

const streaming: State = { phase: 'streaming', elapsed: 0, note: '', stats: [], attempts: 1 };
const ended: State = { ...streaming, phase: 'ended', stats: [{ text: '10 in · 20 out' }] };
const facts: State = { ...ended, stats: [...ended.stats, { text: '≈ $0.001' }, { text: 'x'.repeat(200) }] };
const failed: State = {
  ...ended,
  outcome: {
    ...{ kind: 'failed', title: 'It failed', advice: 'Try again.', providerMessage: 'No.\n'.repeat(9) },
    actions: [{ id: 'sendAgain', label: 'Send again' }],
  },
};

/** `count` paragraphs, each of which is found by its name and number: "a7." */
function text(name: string, count: number): string {
  const words = 'Some words that fill a line or two, so that the width of the window matters here. '.repeat(
    2,
  );
  return Array.from({ length: count }, (_, at) => `${name}${at}. ${words}\n\n`).join('');
}

function turn(id: string, paragraphs: number, state = ended): TurnView {
  return runningTurn(id, { prompt: `Prompt ${id}`, text: text(id, paragraphs), state });
}

/** Four turns; the last one has `paragraphs`. */
function turns(paragraphs: number, state: State): readonly TurnView[] {
  return [turn('a', 12), turn('b', 30), turn('c', 12), turn('d', paragraphs, state)];
}

function composer(view: ComposerView): ReplyToWebview {
  return { type: 'composer', conversation: 'one', view };
}

const queued = composer({
  ...composerView,
  queues: [{ note: 'Sent after this reply', prompts: [{ id: 'q', text: 'Later' }], canSend: false }],
});

/** Types a prompt while a reply is running. */
async function queuePrompt(alone: ReplyPageAlone): Promise<void> {
  const field = alone.page.locator('textarea');
  await field.fill('Later');
  await field.press('Enter');
  await alone.tell(queued);
  await still(alone.page);
}

/** The name of the first paragraph in sight. */
async function lineOf(page: Page): Promise<string> {
  const name = await page.evaluate(() => {
    const first = [...document.querySelectorAll('.markdown p')].find((each) => {
      const { top } = each.getBoundingClientRect();
      return top >= 35 && top < innerHeight;
    });
    return first?.textContent.split(' ')[0] ?? '';
  });
  assert.match(name, /^\w\d+\.$/);
  return name;
}

describe('the reading position', () => {
  let browser: Browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());

  const other = snapshotOf([turn('x', 3), turn('y', 40)], { conversation: 'other' });
  const open = async (shown = turns(3, ended), given = {}) => {
    const alone = await ReplyPageAlone.open(browser, snapshotOf(shown, given));
    await installSight(alone.page);
    await still(alone.page);
    return alone;
  };
  const state = (now: State): ReplyToWebview => ({ type: 'state', turn: 'd', state: now });
  const append = (more: string): ReplyToWebview => ({ type: 'append', turn: 'd', text: more, reasoning: '' });
  const scrollToEnd = async (page: Page) => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await still(page);
  };

  let shared: ReplyPageAlone | undefined;
  /** A conversation in a page that has shown others: to open one for each of many tests takes a while. */
  const openAgain = async (shown: readonly TurnView[]) => {
    shared ??= await open();
    await shared.tell(
      snapshotOf([turn('x', 3), turn('y', 40)], { conversation: 'other' }),
      snapshotOf(shown),
    );
    await still(shared.page);
    return shared;
  };

  const places: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    'in the middle': (page) => readAt(page, 'b14.', 100),
    'at the end': scrollToEnd,
    'at the top of the last turn': (page) => readAt(page, 'Prompt d', 60),
  };
  interface Happening {
    readonly before: State;
    /** What the user does before going to the place. */
    readonly first?: (alone: ReplyPageAlone) => Promise<unknown>;
    /** @param paragraphs of the last reply */
    readonly happens: (alone: ReplyPageAlone, paragraphs: number) => Promise<unknown>;
  }
  const happenings: Readonly<Record<string, Happening>> = {
    'a reply ends': { before: streaming, happens: (alone) => alone.tell(state(ended)) },
    'its facts appear': { before: ended, happens: (alone) => alone.tell(state(facts)) },
    'it fails': { before: streaming, happens: (alone) => alone.tell(state(failed)) },
    'the queue appears': { before: streaming, happens: (alone) => alone.tell(queued) },
    'a queued prompt is sent': {
      before: streaming,
      first: queuePrompt,
      happens: (alone, paragraphs) =>
        alone.tell(
          ...[state(ended), composer(composerView)],
          snapshotOf([...turns(paragraphs, ended), runningTurn('e')]),
        ),
    },
    'the same conversation is shown again': {
      before: ended,
      happens: (alone, paragraphs) => alone.tell(snapshotOf(turns(paragraphs, ended))),
    },
    'the composer grows and shrinks': {
      before: ended,
      happens: async ({ page }) => {
        await page.locator('textarea').fill('line\n'.repeat(12));
        await still(page);
        await page.locator('textarea').fill('');
      },
    },
  };
  for (const [where, go] of Object.entries(places))
    for (const [size, paragraphs] of Object.entries({ short: 2, long: 300 }))
      for (const [what, { before: state, first, happens }] of Object.entries(happenings))
        it(`${where}, nothing moves when ${what}; the last reply is ${size}`, async () => {
          const alone = await openAgain(turns(paragraphs, state));
          await first?.(alone);
          await go(alone.page);
          const line = await lineOf(alone.page);
          await assertStill(alone.page, line, () => happens(alone, paragraphs));
        });

  const setVariable = (page: Page, name: string, value: string) =>
    page.evaluate(([key, set]) => document.documentElement.style.setProperty(key, set), [
      name,
      value,
    ] as const);
  const scrollTop = (page: Page) => page.evaluate(() => document.documentElement.scrollTop);
  /** px of the window that the composer leaves. */
  const visibleHeight = (page: Page) =>
    page.evaluate(() => document.getElementById('composer')!.getBoundingClientRect().top);

  it('stays while 10,000 lines stream below', async () => {
    for (const go of [places['in the middle']!, places['at the top of the last turn']!]) {
      const alone = await open(turns(60, streaming));
      await go(alone.page);
      const line = await lineOf(alone.page);
      const lines = Array.from({ length: 100 }, (_, at) => append(`line ${at}\n\n`.repeat(100)));
      await assertStill(alone.page, line, () => alone.tell(...lines));
      await alone.close();
    }
  });

  it('follows the end while the reader is there, and no longer', async () => {
    const alone = await open(turns(60, streaming));
    await scrollToEnd(alone.page);
    await alone.tell(append('some\n\n'.repeat(50)), append('the last word'));
    await still(alone.page);
    const top = await topOf(alone.page, 'the last word');
    assert.ok(top > 0 && top < (await visibleHeight(alone.page)) - 40, String(top));
    await alone.page.mouse.move(300, 300);
    await alone.page.mouse.wheel(0, -300);
    await still(alone.page);
    const more = append('\n\nmore'.repeat(90));
    await assertStill(alone.page, 'the last word', () => alone.tell(more));
    await alone.page.getByRole('button', { name: 'Jump to end' }).click();
    await alone.tell(append('\n\nmore'.repeat(90)), append('\n\nthe very last word'));
    await still(alone.page);
    const last = await topOf(alone.page, 'the very last word');
    assert.ok(last > 0 && last < (await visibleHeight(alone.page)), String(last));
    await alone.close();
  });

  it('shows its facts and buttons, without a move, when a reply has ended that was followed', async () => {
    const alone = await open(turns(60, streaming));
    await scrollToEnd(alone.page);
    await alone.tell(append('some\n\n'.repeat(50)), append('the last word'));
    await still(alone.page);
    await assertStill(alone.page, 'the last word', () => alone.tell(state(ended)));
    const summary = (await alone.page.locator('#turn-d .details > summary').boundingBox())!;
    assert.ok(summary.y + summary.height <= (await visibleHeight(alone.page)), String(summary.y));
    assert.equal(await alone.page.locator('.jump').isVisible(), false);
    await alone.close();
  });

  for (const [what, change] of Object.entries({
    'the font grows': (page: Page) => setVariable(page, '--vscode-font-size', '19px'),
    'the font is another': (page: Page) => setVariable(page, '--vscode-font-family', 'monospace'),
    'the window gets narrow': (page: Page) => page.setViewportSize({ width: 380, height: 900 }),
    'the window gets wide': (page: Page) => page.setViewportSize({ width: 1300, height: 900 }),
    'the window gets low': (page: Page) => page.setViewportSize({ width: 760, height: 300 }),
    'the window gets high': (page: Page) => page.setViewportSize({ width: 760, height: 1300 }),
  }))
    it(`leaves the first lines in sight where they are when ${what}`, async () => {
      for (const paragraphs of [3, 300]) {
        const alone = await open(turns(paragraphs, ended));
        await readAt(alone.page, paragraphs === 3 ? 'b14.' : 'd150.', 40);
        const line = await lineOf(alone.page);
        await still(alone.page);
        await assertStill(alone.page, line, () => change(alone.page));
        await alone.close();
      }
    });

  it('keeps the end in sight when the font grows while a reply is followed', async () => {
    const alone = await open(turns(60, streaming));
    await scrollToEnd(alone.page);
    await setVariable(alone.page, '--vscode-font-size', '19px');
    await still(alone.page);
    const top = await topOf(alone.page, 'd59.');
    assert.ok(top > 0 && top < (await visibleHeight(alone.page)), String(top));
    await alone.close();
  });

  it('leaves what is pressed where it is: Details, Show all, and the text when a note appears', async () => {
    const long = { ...turn('b', 9), prompt: `First line\n${'line\n'.repeat(100)}` };
    const alone = await open([turn('a', 12), long, turn('c', 30, streaming)]);
    const { page } = alone;
    const summary = page.locator('#turn-b .details > summary');
    await summary.evaluate((each) => each.scrollIntoView({ block: 'center' }));
    await still(page);
    await assertStill(page, await lineOf(page), () => summary.click());
    await page.locator('#turn-b').evaluate((each) => each.scrollIntoView());
    await page.evaluate(() => scrollBy(0, -40));
    await still(page);
    const fold = page.locator('#turn-b .prompt .fold');
    const press = () => fold.evaluate((button: HTMLElement) => button.click());
    await assertStill(page, 'First line', press);
    await assertStill(page, 'First line', press);
    await press();
    await readAt(page, 'Show less', 500);
    await press();
    await still(page);
    const top = await topOf(page, 'Show all');
    assert.ok(Math.abs(top - 500) < 1, `at ${top}, and not at the end of a long prompt`);
    await readAt(page, 'c0.', 100);
    const note = { type: 'state', turn: 'c', state: { ...streaming, note: 'Trying again.' } } as const;
    await assertStill(page, 'c0.', () => alone.tell(note));
    await alone.close();
  });

  it('leaves ‹ › under the mouse when another version is shown, and what is before it', async () => {
    // Below the bar of the header, and where there is none.
    for (const [top, count] of [
      [300, 2],
      [36, 2],
      [5, 1],
    ] as const) {
      const version = (index: number) => ({ version: { index, count: 2 } });
      const first = [turn('a', 12), { ...turn('b', 30), ...version(1) }, turn('c', 9)];
      const given = { position: { index: 1, count } };
      const alone = await open(first, given);
      await readAt(alone.page, '1 / 2', top);
      const place = () => alone.page.locator('.versions').boundingBox();
      const { y } = (await place())!;
      await alone.tell(snapshotOf([turn('a', 12), { ...turn('x', 2), ...version(2) }], given));
      await still(alone.page);
      assert.ok(Math.abs((await place())!.y - y) < 1, `${(await place())!.y}, not ${y}`);
      await alone.tell(snapshotOf(first, given));
      await still(alone.page);
      assert.ok(Math.abs((await place())!.y - y) < 1, `${(await place())!.y}, not ${y}`);
      await alone.close();
    }
  });

  it('shows the beginning of a new version that is asked for at the foot of a long reply', async () => {
    const alone = await open([turn('a', 12), turn('b', 300)]);
    await scrollToEnd(alone.page);
    await alone.page.locator('#turn-b .foot button', { hasText: 'Send again' }).click();
    await alone.tell(snapshotOf([turn('a', 12), runningTurn('x', { prompt: 'Prompt x' })]));
    await still(alone.page);
    const top = await topOf(alone.page, 'Prompt x');
    assert.ok(top > 0 && top < 120, String(top));
    await alone.close();
  });

  it('shows a prompt that the user sends, and not one that is sent elsewhere', async () => {
    const alone = await open(turns(30, ended));
    await readAt(alone.page, 'b14.', 100);
    await alone.page.locator('textarea').fill('Prompt e');
    await alone.page.keyboard.press('Enter');
    await alone.tell(snapshotOf([...turns(30, ended), runningTurn('e', { prompt: 'Prompt e' })]));
    await still(alone.page);
    const top = await topOf(alone.page, 'Prompt e');
    assert.ok(top > 0 && top < 120, String(top));
    await alone.close();
  });

  it('offers to jump to the end where that is out of sight, and not over the facts', async () => {
    for (const paragraphs of [2, 300]) {
      const alone = await open(turns(paragraphs, facts));
      const jump = alone.page.locator('.jump');
      await readAt(alone.page, paragraphs === 2 ? 'b14.' : 'd100.', 100);
      assert.equal(await jump.isVisible(), true);
      await jump.click();
      await still(alone.page);
      assert.equal(await jump.isVisible(), false);
      const foot = (await alone.page.locator('#turn-d .foot').boundingBox())!;
      assert.ok(foot.y + foot.height <= (await visibleHeight(alone.page)));
      await scrollToEnd(alone.page);
      assert.equal(await jump.isVisible(), false);
      await alone.close();
    }
  });

  const place = (alone: ReplyPageAlone) => {
    const last = alone.told.findLast((message) => message.type === 'place' && message.conversation === 'one');
    assert.ok(last?.type === 'place');
    return last.place;
  };
  it('stands where it was left after another conversation, and in a new page', async () => {
    const many = Array.from({ length: 200 }, (_, at) => turn(`t${at}x`, 12));
    for (const [shown, line, top] of [
      [turns(3, ended), 'b14.', 217],
      [turns(300, ended), 'd222.', 123],
      [turns(300, ended), 'd60.', 123],
      [many, 't137x7.', 180],
      [many, 'Prompt t42x', 200],
    ] as const) {
      const alone = await open(shown);
      await readAt(alone.page, line, top);
      const left = await topOf(alone.page, line);
      await alone.tell(other);
      await still(alone.page);
      const back = snapshotOf(shown, { place: place(alone) });
      await alone.tell(back);
      await still(alone.page);
      const again = await topOf(alone.page, line);
      assert.ok(Math.abs(again - left) < 1, `${line} at ${again}, not ${left}`);
      await alone.close();
      const anew = await ReplyPageAlone.open(browser, back);
      await installSight(anew.page);
      await assertStill(anew.page, line, () => Promise.resolve());
      const later = await topOf(anew.page, line);
      assert.ok(Math.abs(later - left) < 1, `${line} at ${later}, not ${left}`);
      assert.equal((await scrollTop(anew.page)) > 0, true);
      await anew.close();
    }
  });

  it('goes to the previous and the next prompt', async () => {
    const alone = await open(turns(300, ended));
    const command = async (name: 'previousPrompt' | 'nextPrompt') => {
      await alone.tell({ type: 'command', command: name });
      await still(alone.page);
      return alone.page.evaluate(() => document.activeElement?.closest('article')?.id);
    };
    await readAt(alone.page, 'b14.', 100);
    assert.equal(await command('nextPrompt'), 'turn-c');
    assert.equal(await command('nextPrompt'), 'turn-d');
    assert.equal(await command('previousPrompt'), 'turn-c');
    assert.equal(await command('previousPrompt'), 'turn-b');
    await readAt(alone.page, 'd150.', 100);
    assert.equal(await command('previousPrompt'), 'turn-d');
    const top = await topOf(alone.page, 'Prompt d');
    assert.ok(top > 30 && top < 100, String(top));
    // VS Code makes a command of these keys. They must not scroll beside it.
    const before = await scrollTop(alone.page);
    await alone.page.locator('textarea').focus();
    await alone.page.keyboard.press('Alt+ArrowDown');
    await alone.page.keyboard.press('Alt+ArrowUp');
    await still(alone.page);
    assert.equal(await scrollTop(alone.page), before);
    await alone.page.keyboard.press('Alt+ArrowUp');
    await still(alone.page);
    assert.equal(await scrollTop(alone.page), before);
    await alone.close();
  });
});
