// A reply that arrives in parts must be the reply that arrived whole.
import assert from 'node:assert/strict';
import type { Token } from 'markdown-it';
import { BlockSplitter, type Region } from '../../../src/markdown/blockSplitter';
import { chunks } from '../../../src/markdown/limits';
import { parse, type References } from '../../../src/markdown/parser';
import { randomly, someMarkdown } from './someMarkdown';

describe('a growing reply', () => {
  it('has the tokens of the whole, however it is cut', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = randomly(seed);
      const text = someMarkdown(random);
      const regions = grown(parts(text, random));
      assert.equal(
        regions.map(({ source }) => source).join(''),
        text.replace(/\r\n?/g, '\n'),
        `seed ${seed}`,
      );
      assert.deepEqual(tokensOf(regions), plainly(parse(text, {})), `seed ${seed}: ${JSON.stringify(text)}`);
    }
  });

  it('cut at any one place is the same', () => {
    const text =
      'a\n- b\n\n  c\n***\n| x | y |\n|---|:-:|\n| 1 |\n\nd\n===\n> e\nf\n\n```js\n1\n```\n1. g\n\n2. h\n';
    const whole = plainly(parse(text, {}));
    for (let at = 0; at <= text.length; at++)
      assert.deepEqual(tokensOf(grown([text.slice(0, at), text.slice(at)])), whole, `cut at ${at}`);
  });

  it('gives a block out as soon as nothing can change it', () => {
    const growth = new BlockSplitter();
    const sources = (text: string) => growth.push(text).map(({ source }) => source);
    assert.deepEqual(sources('# A'), []);
    assert.deepEqual(sources('\n'), ['# A\n']);
    assert.deepEqual(sources('text\n'), []);
    assert.deepEqual(sources('\n'), ['text\n\n']);
    assert.deepEqual(sources('- a\n\n'), [], 'the list may go on');
    assert.deepEqual(sources('```js\n'), ['- a\n\n']);
    assert.equal(growth.tail.fence?.info, 'js');
    assert.deepEqual(sources('1\n\n2\n``'), []);
    assert.deepEqual(sources('`\n'), ['```js\n1\n\n2\n```\n']);
  });

  it('keeps a definition whose title may still come', () => {
    const text = '[a]: /x\n"title\nmore\n';
    const growth = new BlockSplitter();
    assert.deepEqual(growth.push(text), []);
    assert.equal(growth.push('end"\n\n')[0]?.source, '[a]: /x\n"title\nmore\nend"\n\n');
  });

  it('cuts what would grow without end, and loses nothing', () => {
    const endless = [
      'x'.repeat(5000),
      '- item\n'.repeat(2000),
      '😀'.repeat(2000),
      '> a\n'.repeat(2000),
      'a\n'.repeat(2000),
    ];
    for (const text of endless) {
      const growth = new BlockSplitter(501);
      const regions = [...chunks(text, 200).flatMap((piece) => growth.push(piece)), ...growth.end()];
      assert.equal(regions.map(({ source }) => source).join(''), text);
      for (const { source } of regions) {
        assert.ok(source.length <= 501 + 200, `${source.length}`);
        assert.ok(source.isWellFormed());
      }
    }
  });

  it('cuts what is too long at the same places, whatever the parts that arrive', () => {
    const endsOf = (text: string, size: number) => {
      const growth = new BlockSplitter(501);
      const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      let end = 0;
      const regions = [...parts.flatMap((part) => growth.push(part)), ...growth.end()];
      return regions.map(({ source }) => (end += source.length));
    };
    const item = '- item\n\n  ```js\n  let a = 1;\n  ```\n\n';
    for (const text of [
      item.repeat(100),
      '- item\n'.repeat(500),
      'x'.repeat(3000),
      `${'y'.repeat(70)}\n`.repeat(60),
    ]) {
      const fine = new Set(endsOf(text, 1));
      for (const size of [7, 200, 499, 8_192])
        for (const end of endsOf(text, size)) assert.ok(fine.has(end), `${end}, in parts of ${size}`);
    }
  });

  it('looks at a finished block no more', () => {
    // Each paragraph costs the same, however much stands before it.
    const growth = new BlockSplitter();
    let longestTail = 0;
    for (let block = 0; block < 2000; block++) {
      for (const part of ['Some *words* and ', 'a `few` more.\n', '\n']) {
        growth.push(part);
        longestTail = Math.max(longestTail, growth.tail.region.source.length);
      }
    }
    assert.ok(longestTail < 40, `${longestTail}`);
  });
});

function grown(parts: readonly string[]): readonly Region[] {
  const growth = new BlockSplitter();
  return [...parts.flatMap((part) => growth.push(part)), ...growth.end()];
}

/** As the page draws them: in order, and those again that may use a definition which came later. */
function tokensOf(regions: readonly Region[]): unknown {
  const references: References = {};
  for (const { source } of regions) parse(source, references);
  return regions.flatMap(({ source }) => plainly(parse(source, references)));
}

function parts(text: string, random: () => number): readonly string[] {
  const cut: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + 1 + Math.floor(random() * (random() < 0.3 ? 60 : 6));
    cut.push(text.slice(at, end));
    at = end;
  }
  return cut;
}

/** Tokens without the lines they came from, which differ. */
function plainly(tokens: readonly Token[]): readonly Record<string, unknown>[] {
  return tokens.map(({ map: _, children, meta, ...rest }) => ({
    ...rest,
    meta: meta && { ...meta },
    children: children && plainly(children),
  }));
}
