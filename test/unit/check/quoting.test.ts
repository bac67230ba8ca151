// A sentence of ours that quotes others, as a Markdown reader takes it.
import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { quoteInMarkdown, textsIn } from '../../../src/check/quoting';

const read = (markdown: string) =>
  (new MarkdownIt({ html: true, linkify: true }).parseInline(markdown, {})[0]?.children ?? []).map(
    ({ type, content }) => [type, content],
  );

describe('a sentence in Markdown', () => {
  it('has as code what it quotes, and as text all else', () => {
    assert.equal(
      quoteInMarkdown('Nothing at gw.example (ENOTFOUND).', ['gw.example', 'ENOTFOUND']),
      'Nothing at `gw.example` (`ENOTFOUND`).',
    );
    assert.equal(
      quoteInMarkdown('Its source_profile is *missing*.', []),
      String.raw`Its source\_profile is \*missing\*.`,
    );
  });

  it('takes the longest of what stands in it, each wherever it does', () => {
    assert.equal(
      quoteInMarkdown('a.b in a.b.c and a.b', ['a.b', 'a.b.c', '', 'x']),
      '`a.b` in `a.b.c` and `a.b`',
    );
  });

  for (const text of [
    '[x](https://evil.example)',
    '<b>x</b>',
    '`` `',
    'x\n\n# y',
    '&lt;',
    'https://evil.example',
    '@all',
  ])
    it(`is left by nothing that it quotes, nor by what was changed in it: ${JSON.stringify(text)}`, () => {
      const quoted = read(quoteInMarkdown(`Said ${text}, it did.`, [text]));
      assert.deepEqual(
        quoted.map(([type]) => type),
        ['text', 'code_inline', 'text'],
      );
      const changed = read(quoteInMarkdown(`Said ${text}, it did.`, [`${text}!`]));
      assert.deepEqual([...new Set(changed.map(([type]) => type))], ['text']);
      assert.equal(
        changed.map(([, content]) => content).join(''),
        `Said ${text.replace(/\n/g, ' ')}, it did.`,
      );
    });

  it('is bounded, whatever it quotes', () => {
    const long = 'x'.repeat(1_000_000);
    assert.ok(quoteInMarkdown(`Said ${long}.`, [long]).length < 400);
    assert.ok(quoteInMarkdown(`Said ${long}.`, []).length < 2100);
  });

  it('takes what others chose from any depth, and no words of this program', () => {
    assert.deepEqual(
      textsIn({ code: 'A', problem: 'empty', canonical: [{ name: 'n', signed: 'o' }], status: 403 }),
      ['A', 'n', 'o'],
    );
  });
});
