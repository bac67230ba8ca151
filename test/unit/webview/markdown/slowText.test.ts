// Texts over which a pattern once walked again from each of their characters.
import assert from 'node:assert/strict';
import { BlockSplitter } from '../../../../src/markdown/blockSplitter';
import { healPartialMarkdown } from '../../../../src/markdown/healPartialMarkdown';
import { namesOtherHost } from '../../../../src/markdown/links';
import { assertQuick } from '../../swift';
import { drawn, drawnSoFar } from './drawn';

/** That `work` takes next to nothing: what walked from each character took ten times the measure and more. */
const assertSlight = (work: () => unknown) => assertQuick(4, { it: work });

describe('a reply is drawn swiftly that has', () => {
  const whole: Readonly<Record<string, string>> = {
    'a long text in a link': `[${'日'.repeat(19_000)}](https://x.example)`,
    'a long text of Hangul in a link': `[${'한'.repeat(19_000)}](https://x.example)`,
    'a long text of Cyrillic in a link': `[${'я'.repeat(19_000)}.](https://x.example)`,
    'a long description of a picture': `![${'日'.repeat(19_000)}](https://x.example)`,
    'blanks in folds': `${'<details>\n'.repeat(15)}a${' '.repeat(24_000)}b\n`,
    'wide blanks in folds': `${'<details>\n'.repeat(15)}a${'\u3000'.repeat(24_000)}b\n`,
    'blanks in the tag that ends a fold': `${'<details>\n'.repeat(15)}</details${' '.repeat(24_000)}b\n`,
    'blanks behind the tag that ends a fold': `${'<details>\n'.repeat(15)}</details>${' '.repeat(24_000)}b\n`,
  };
  for (const [name, source] of Object.entries(whole)) it(name, () => assertSlight(() => drawn(source)));
});

describe('the text of a link', () => {
  it('names another host however long its labels are', () => {
    for (const length of [1, 63, 64, 400])
      assert.ok(namesOtherHost(`${'x'.repeat(length)}.paypal.com`, 'https://evil.example/'), `${length}`);
    assert.ok(!namesOtherHost('docs.example.com', 'https://docs.example.com/a'));
  });

  it('is not looked at where it is longer than any address, and may name any', () => {
    assert.ok(namesOtherHost('a'.repeat(501), 'https://x.example/'));
    assert.ok(!namesOtherHost('a'.repeat(500), 'https://x.example/'));
  });
});

describe('what has arrived of a reply is drawn swiftly that has', () => {
  const begun: Readonly<Record<string, string>> = {
    'blanks at the beginning of a line': `${' '.repeat(100_000)}x`,
    'tabs at the beginning of a line': `${'\t'.repeat(100_000)}1x`,
    'both at the beginning of a line': `a\n${' \t'.repeat(50_000)}- x`,
  };
  for (const [name, source] of Object.entries(begun))
    it(name, () => assertSlight(() => healPartialMarkdown(source)));

  it('brackets in the address of a link', () => {
    for (const [bracket, times] of [
      ['(bbbb', 12],
      ['(b', 24],
      ['(b)(bbb', 14],
    ] as const)
      assertSlight(() => drawnSoFar(`[a](${bracket.repeat(times)} x`));
  });

  it('letters in the path of an address', () => {
    for (const letter of ['a', '7', 'E'])
      assertSlight(() => drawnSoFar(`https://docs.example.net/${letter.repeat(30)}、`));
  });

  it('long lines in a block that has to be cut', () => {
    for (const line of ['x', '日', 'x '])
      assertSlight(() =>
        new BlockSplitter(90_000).push(`a\n${line.repeat(80_000 / line.length)}\n${'y\n'.repeat(8_000)} z`),
      );
  });
});
