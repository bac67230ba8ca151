// The block that selected text stands in, read back by a CommonMark parser that is not ours.
import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { type Excerpt, formatExcerpts, excerptPlace } from '../../../src/prompt/codeBlock';

const excerpt = (text: string, more: Partial<Excerpt> = {}): Excerpt => ({
  name: 'src/main.ts',
  lines: { first: 12, last: 40 },
  language: 'typescript',
  text,
  ...more,
});

/** The fenced blocks that a Markdown reader finds, and nothing but them and paragraphs. */
function read(markdown: string): { readonly info: string; readonly content: string }[] {
  const tokens = new MarkdownIt().parse(markdown, {});
  const types = new Set(tokens.map(({ type }) => type));
  assert.deepEqual([...types].sort(), ['fence', 'inline', 'paragraph_close', 'paragraph_open']);
  return tokens.filter(({ type }) => type === 'fence').map(({ info, content }) => ({ info, content }));
}

describe('a block', () => {
  it('stands under its place, with its language', () => {
    assert.equal(formatExcerpts([excerpt('a\n\tb')]), 'src/main.ts:12-40\n```typescript\na\n\tb\n```');
  });

  it('names a single line by one number', () => {
    assert.equal(excerptPlace(excerpt('a', { lines: { first: 7, last: 7 } })), 'src/main.ts:7');
  });

  const texts = {
    'a fence of three': '```js\nf()\n```\n',
    'a fence of five': '`````\nx\n`````',
    'a run inside of a line': 'const s = "````````";',
    'nothing but backticks': '```',
    'a fence of tildes': '~~~\nx\n~~~\n',
    'Markdown of every kind': '# a\n\n> b\n\n    c\n- d\n<b>e</b>\n',
    'blank lines at both ends': '\n\n  a\n\n',
    'a tab and blanks at the end': '\ta \t',
  };
  for (const [name, text] of Object.entries(texts))
    it(`holds ${name} whole`, () => {
      const [found, ...others] = read(formatExcerpts([excerpt(text)]));
      assert.deepEqual(others, []);
      assert.equal(found?.info, 'typescript');
      assert.equal(found.content, text.endsWith('\n') ? text : `${text}\n`);
    });

  it('keeps the text’s own line ends and adds none after the last', () => {
    assert.equal(formatExcerpts([excerpt('a\r\nb\r\n')]).split('```typescript\n')[1], 'a\r\nb\r\n```');
    assert.equal(formatExcerpts([excerpt('a\r\nb')]).split('```typescript\n')[1], 'a\r\nb\n```');
  });

  it('is one for each selection', () => {
    const blocks = formatExcerpts([excerpt('one', { lines: { first: 1, last: 1 } }), excerpt('`````')]);
    assert.deepEqual(
      read(blocks).map(({ content }) => content),
      ['one\n', '`````\n'],
    );
    assert.match(blocks, /^src\/main\.ts:1\n[^]*\n\nsrc\/main\.ts:12-40\n/);
  });

  it('is not broken by the name of a language or of a file', () => {
    const block = formatExcerpts([excerpt('x', { language: 'a`\n```b c++', name: 'a\n```\nb\u2028.ts' })]);
    assert.deepEqual(read(block), [{ info: 'abc++', content: 'x\n' }]);
    assert.equal(block.split('\n')[0], "a\ufffd'''\ufffdb\ufffd.ts:12-40");
  });

  for (const name of [
    '```',
    '```js',
    '~~~~',
    '   ```',
    'a\r```',
    'a\u0085~~~',
    'a\v\f```',
    '`\u200b``',
    'x'.repeat(5000),
  ])
    it(`is not begun or ended by a file that is called ${JSON.stringify(name.slice(0, 20))}`, () => {
      const block = formatExcerpts([excerpt('x', { name })]);
      assert.deepEqual(read(block), [{ info: 'typescript', content: 'x\n' }]);
      assert.equal(block.split(/[\r\n\v\f\u0085\u2028\u2029]/).length, 4);
      assert.ok(block.length < 400, `${block.length}`);
    });
});
