// The code that the host copies is the code that the page showed, block by block, at every moment of a reply.
import assert from 'node:assert/strict';
import { codeBlockAt } from '../../../src/markdown/codeBlocks';
import type { CodePlace, PanelStrings } from '../../../src/protocol/reply';
import { ReplyText } from '../../../src/webview/reply/replyText';
import { place, withPage } from '../webview/dom';
import { strings } from '../webview/strings';
import { fences } from './cases/fences';
import { randomly, someMarkdown } from './someMarkdown';

const noPause = () => Promise.resolve();

/** A reply on the page, and what its Copy buttons ask for. */
class CopiedReply {
  readonly page = place();
  readonly #asked: CodePlace[] = [];
  readonly #text: ReplyText;
  readonly #copy: string;

  constructor(pageStrings: PanelStrings = strings) {
    this.#copy = pageStrings.copyCode;
    this.#text = new ReplyText(
      {
        ...{ strings: pageStrings, canReplace: false },
        onCode: (action, code) => {
          if (action === 'copy') this.#asked.push(code);
        },
      },
      () => undefined,
    );
    this.#text.attach(this.page);
  }

  arrive(text: string): void {
    this.#text.append(text);
    // Until the unfinished block has had its turn: it is drawn for a part of the time only.
    while (!this.#text.draw(Infinity) && !this.#text.isShown);
  }

  end(): void {
    this.#text.end();
    this.#text.draw(Infinity);
  }

  /** The code on the page, and where it says that it stands. */
  blocks(): readonly { readonly shown: string; readonly code: CodePlace }[] {
    return [...this.page.querySelectorAll('.code')].map((block) => {
      [...block.querySelectorAll('button')].find(({ textContent }) => textContent === this.#copy)?.click();
      const code = this.#asked.pop();
      assert.ok(code);
      return { shown: textOfCode(block), code };
    });
  }
}

/** Long code stands in lines that have lost their newlines. */
function textOfCode(block: Element): string {
  const pieces = [...block.querySelectorAll('.piece')];
  const texts = pieces.map(({ textContent }) => textContent);
  return pieces.length > 0 ? texts.join('\n') : (block.querySelector('code')?.textContent ?? '');
}

const replies: Readonly<Record<string, string>> = {
  'blocks one after another':
    'a\n\n```js\nlet a;\n```\n\nb\n\n```\nplain\n\n```\n\n    indented\n\n    more\n\nend\n',
  'blocks in lists and quotes':
    '- a\n  ```sh\n  run\n  ```\n- b\n\n      deep\n\n> ```py\n> x\n> ```\n\n1. ~~~\n   y\n   ~~~\n',
  'a fence that is indented': '   ```js\n   let a;\n     let b;\n   ```\n',
  'a block that is never closed': 'text\n\n```ts\nlet a = `b`;\n\n``\n',
  'an open block in a list': '- item\n\n  ```js\n  let a;\n',
  'blocks in a fold': '<details>\n<summary>More</summary>\n\n```a\n1\n```\n\n</details>\n\n```b\n2\n```\n',
  'carriage returns': 'a\r\n\r\n```js\r\nlet a;\r\n```\r\n\r\nb\r',
  'code without a line': '```\n```\n\n```js\n```\n',
  'what is too deep to be drawn': `${'> '.repeat(60)}\n\n\`\`\`\n1\n\`\`\`\n`,
  'a NUL in code': '```\na\0b\n```\n',
};

describe('the code that is copied', () => {
  withPage();

  const assertSame = async (reply: CopiedReply, whole: string, seen: string) => {
    for (const { shown, code } of reply.blocks())
      assert.equal(
        (await codeBlockAt(code.block, { text: whole, ...code }, noPause))?.code,
        shown,
        `block ${code.block} of ${JSON.stringify(seen)}`,
      );
  };

  const cases = Object.entries({
    ...replies,
    ...Object.fromEntries(fences.map(([source], at) => [`fences in fences, ${at}`, source])),
  });
  for (const [name, text] of cases)
    it(`is what is shown at every moment: ${name}`, async () => {
      const reply = new CopiedReply();
      for (let at = 0; at < text.length; at++) {
        reply.arrive(text.charAt(at));
        await assertSame(reply, text, text.slice(0, at + 1));
      }
      reply.end();
      await assertSame(reply, text, text);
    });

  it('is what is shown of any text, in parts and at its end', async () => {
    let blocks = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = randomly(seed);
      const text = someMarkdown(random) + someMarkdown(random);
      const reply = new CopiedReply();
      const cut = Math.floor(random() * text.length);
      reply.arrive(text.slice(0, cut));
      await assertSame(reply, text, text.slice(0, cut));
      reply.arrive(text.slice(cut));
      reply.end();
      await assertSame(reply, text, text);
      blocks += reply.blocks().length;
    }
    assert.ok(blocks > 200, `${blocks}`);
  });

  it('is the same where blocks are so long that they are cut', async () => {
    const item = '- item\n\n  ```js\n  let a = 1;\n  ```\n\n';
    const text = item.repeat(2_000);
    const reply = new CopiedReply();
    for (let at = 0; at < text.length; at += 997) reply.arrive(text.slice(at, at + 997));
    reply.end();
    const blocks = reply.blocks();
    assert.ok(blocks.length >= 2_000);
    for (const { shown, code } of blocks.filter((_, at) => at % 97 === 0))
      assert.equal((await codeBlockAt(code.block, { text, ...code }, noPause))?.code, shown);
  });

  it('is none where there is no such block', async () => {
    const arrived = { text: 'a\n\n```\n1\n```\n', length: 13, isOver: true };
    assert.equal((await codeBlockAt(0, arrived, noPause))?.code, '1');
    assert.equal(await codeBlockAt(1, arrived, noPause), undefined);
    assert.equal(await codeBlockAt(-1, arrived, noPause), undefined);
    assert.equal(await codeBlockAt(0, { ...arrived, text: '' }, noPause), undefined);
  });

  it('comes with its info string and the line above it, as a whole and in parts', async () => {
    const text =
      'Intro\n\n**src/a.ts**\n\n```ts title="a.ts"\n1\n```\n\n> `b.ts`:\n> ```\n> 2\n> ```\n\n~~~~ py\n3\n~~~~\n```go\n4\n';
    const expected = [
      ['1', 'ts title="a.ts"', '**src/a.ts**'],
      ['2', '', '> `b.ts`:'],
      ['3', 'py', '> ```'],
      ['4', 'go', '~~~~'],
    ] as const;
    for (const isOver of [true, false])
      for (const [at, [code, info, lineBefore]] of expected.entries()) {
        const found = await codeBlockAt(at, { text, length: text.length, isOver }, noPause);
        assert.deepEqual({ ...found, code: found?.code.trimEnd() }, { code, info, lineBefore });
      }
    const arrived = { text, length: text.length, isOver: true };
    assert.equal((await codeBlockAt('last', arrived, noPause))?.code, '4');
    assert.equal((await codeBlockAt('last', { ...arrived, length: 50 }, noPause))?.code, '1');
    assert.equal(await codeBlockAt('last', { ...arrived, text: 'none', length: 4 }, noPause), undefined);
  });

  it('lets others have their turn in a long reply', async () => {
    let pauses = 0;
    const text = `${'word '.repeat(100_000)}\n\n\`\`\`\n1\n\`\`\`\n`;
    const pause = () => {
      pauses++;
      return Promise.resolve();
    };
    assert.equal((await codeBlockAt(0, { text, length: text.length, isOver: true }, pause))?.code, '1');
    assert.ok(pauses > 5);
  });
});
