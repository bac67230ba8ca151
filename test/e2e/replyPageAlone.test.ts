// How the page draws a reply: the same in parts as at once, and nothing of it lost.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { State } from '../../src/protocol/reply';
import { addresses } from '../unit/markdown/cases/addresses';
import { emphasis } from '../unit/markdown/cases/emphasis';
import { fences } from '../unit/markdown/cases/fences';
import { formulas } from '../unit/markdown/cases/formulas';
import { tags } from '../unit/markdown/cases/tags';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';

const ended: State = { phase: 'ended', elapsed: 0, note: '', stats: [], attempts: 1 };

describe('the page of a reply, alone', () => {
  let browser: Browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());

  const withReply = async <T>(parts: readonly string[], look: (alone: ReplyPageAlone) => Promise<T>) => {
    const alone = await ReplyPageAlone.open(browser);
    await alone.arrive(...parts);
    await alone.end();
    const found = await look(alone);
    assert.deepEqual(
      alone.told.filter(({ type }) => type === 'broken'),
      [],
    );
    await alone.close();
    return found;
  };
  const html = (alone: ReplyPageAlone) => alone.reply();

  for (const [name, cases] of Object.entries({ emphasis, addresses, fences, formulas, tags }))
    it(`is in parts what it is at once: ${name}`, async () => {
      const text = cases.map(([source]) => source).join('\n\nnext\n\n');
      const parts = text.match(/[^]{1,37}/g) ?? [];
      assert.equal(await withReply(parts, html), await withReply([text], html));
    });

  it('shows what cannot be drawn as plain text, and goes on', async () => {
    const alone = await ReplyPageAlone.open(browser);
    await alone.page.evaluate(() => {
      const create = document.createElementNS.bind(document) as (...given: unknown[]) => Element;
      Object.defineProperty(document, 'createElementNS', {
        value: (space: string, name: string, ...rest: unknown[]) => {
          if (name === 'mark') throw new RangeError('Maximum call stack size exceeded');
          return create(space, name, ...rest);
        },
      });
    });
    await alone.arrive('first\n\na **b** <mark>c</mark>', ' d\n\nla', 'st <mark>e</mark>\n');
    await alone.end();
    const shown = await alone.page.locator('.markdown > *').allInnerTexts();
    assert.deepEqual(
      shown.map((text) => text.trim()),
      ['first', 'a **b** <mark>c</mark> d', 'last <mark>e</mark>'],
    );
    await alone.close();
  });

  it('loses nothing around code that is nested 2,000 deep', async () => {
    const code = 'echo "${a:-'.repeat(2_000);
    const text = `before\n\n\`\`\`bash\n${code}\n\`\`\`\n\nafter\n\n\`\`\`bash\n${code.replaceAll('{', '{\n')}\n\`\`\`\n\nlast\n`;
    await withReply(text.match(/[^]{1,5000}/g) ?? [], async (alone) => {
      const shown = await alone.page.locator('.markdown pre').first().innerText();
      assert.ok(shown.replaceAll('\n', '') === code, 'the code is whole');
      assert.deepEqual(await alone.page.locator('.markdown p').allTextContents(), [
        'before',
        'after',
        'last',
      ]);
    });
  });

  it('holds a long reply together, and does no more for a frame than for one of a short reply', async () => {
    const parts = Array.from(
      { length: 400 },
      (_, at) => `## Part ${at}\n\n${'Some *words*. '.repeat(20)}\n\n`,
    );
    await withReply(parts, async (alone) => {
      const headings = await alone.page.locator('.markdown h4').allTextContents();
      assert.deepEqual(
        headings,
        parts.map((_, at) => `Part ${at}`),
      );
      const children = await alone.page
        .locator('.markdown')
        .evaluate(({ childElementCount }) => childElementCount);
      assert.ok(children < 400, `a browser looks at ${children} elements in each frame`);
    });
  });

  it('lays out of a long conversation what is near, and knows how high the rest is', async () => {
    const turns = Array.from({ length: 60 }, (_, at) =>
      runningTurn(`turn${at}`, { text: `Some words.\n\n`.repeat(at + 3), state: ended }),
    );
    const alone = await ReplyPageAlone.open(browser, snapshotOf(turns));
    const { page } = alone;
    // Settled, all but those near the end, where it opens.
    await page.waitForFunction(() => {
      const visible = [...document.querySelectorAll('article .markdown')].filter((text) =>
        text.checkVisibility({ contentVisibilityAuto: true }),
      );
      return document.querySelectorAll('article.settled').length === 60 && visible.length < 20;
    });
    const heights = () =>
      page
        .locator('article')
        .evaluateAll((articles) => articles.map((article) => article.getBoundingClientRect().height));
    const skipped = await heights();
    await page.evaluate(() => {
      for (const article of document.querySelectorAll('article')) article.classList.remove('settled');
    });
    assert.deepEqual(skipped, await heights());
    await alone.close();
  });

  it('keeps what the reader has selected while more is written after it', async () => {
    const alone = await ReplyPageAlone.open(browser);
    await alone.arrive('some words are');
    await alone.page.evaluate(() => {
      const [text] = document.querySelector('.markdown p')!.childNodes;
      getSelection()!.setBaseAndExtent(text!, 5, text!, 10);
    });
    await alone.arrive(' written', ' here\n\nand', ' there');
    assert.equal(await alone.page.evaluate(() => getSelection()!.toString()), 'words');
    await alone.close();
  });

  it('colours long code bit by bit, all of it', async () => {
    const line = 'const name = `text ${value}`; // a remark\n';
    const code = line.repeat(3_000);
    await withReply([`\`\`\`ts\n${code}\`\`\`\n`], async (alone) => {
      assert.equal(await alone.page.locator('.markdown pre').innerText(), code.trimEnd());
      await alone.page.locator('.markdown .hljs-keyword').nth(2_999).waitFor({ state: 'attached' });
      assert.equal(await alone.page.locator('.markdown pre').innerText(), code.trimEnd());
    });
  });

  it('brings the reader to a footnote', async () => {
    const text = `a[^1]\n\n${'more\n\n'.repeat(100)}[^1]: the note\n`;
    await withReply([text], async (alone) => {
      const label = alone.page.locator('.footnote .label');
      await alone.page.evaluate(() => scrollTo(0, 0));
      assert.equal(await label.evaluate((each) => each.getBoundingClientRect().top < innerHeight), false);
      await alone.page.getByRole('button', { name: 'Footnote 1' }).press('Enter');
      await alone.page.locator('.footnote .label:focus').waitFor();
      assert.equal(await label.evaluate((each) => each.getBoundingClientRect().top < innerHeight), true);
    });
  });

  it('says of a task whether it is done', async () => {
    await withReply(['- [x] one\n- [ ] two\n'], async (alone) => {
      const boxes = alone.page.getByRole('checkbox', { disabled: true });
      assert.equal(await boxes.count(), 2);
      assert.equal(
        await alone.page.getByRole('checkbox', { name: 'Done', checked: true, exact: true }).count(),
        1,
      );
      assert.equal(await alone.page.getByRole('checkbox', { name: 'Not done', checked: false }).count(), 1);
    });
  });

  it('keeps open what the reader has unfolded while more is written inside', async () => {
    const alone = await ReplyPageAlone.open(browser);
    await alone.arrive('<details>\n<summary>More</summary>\n\none\n');
    await alone.page.locator('.folded > summary').click();
    await alone.arrive('\ntwo\n', '</details>\n\nafter\n');
    await alone.end();
    assert.equal(await alone.page.locator('.folded').getAttribute('open'), '');
    assert.deepEqual(await alone.page.locator('.folded > p').allInnerTexts(), ['one', 'two']);
    await alone.close();
  });
});
