// Texts over which a pattern once walked again from each of their characters.
import assert from 'node:assert/strict';
import { BlockSplitter } from '../../../src/webview/markdown/blockSplitter';
import { healPartialMarkdown } from '../../../src/webview/markdown/healPartialMarkdown';
import { namesOtherHost } from '../../../src/webview/markdown/links';
import { calibrated, timed } from '../threadTime';
import { drawn, drawnSoFar } from './drawn';

/** What a fixed amount of work takes here, ms. */
let measure: number | undefined;

/** That `work` takes next to nothing: what walked from each character took ten times the measure and more. */
function assertSwift(work: () => unknown): void {
  const took = timed(work);
  measure ??= calibrated();
  assert.ok(took < 4 * measure, `${(took / measure).toFixed(1)} times as long as the measure`);
}

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
  for (const [name, source] of Object.entries(whole)) it(name, () => assertSwift(() => drawn(source)));

  it('many hosts in a link', () => {
    for (const text of [
      'com.'.repeat(20_000) + '日',
      'co.'.repeat(20_000) + '手',
      'a.test.'.repeat(10_000) + 'あ',
    ])
      assertSwift(() => namesOtherHost(text, 'https://x.example/'));
  });
});

describe('what has arrived of a reply is drawn swiftly that has', () => {
  const begun: Readonly<Record<string, string>> = {
    'blanks at the beginning of a line': `${' '.repeat(100_000)}x`,
    'tabs at the beginning of a line': `${'\t'.repeat(100_000)}1x`,
    'both at the beginning of a line': `a\n${' \t'.repeat(50_000)}- x`,
  };
  for (const [name, source] of Object.entries(begun))
    it(name, () => assertSwift(() => healPartialMarkdown(source)));

  it('brackets in the address of a link', () => {
    for (const [bracket, times] of [
      ['(bbbb', 12],
      ['(b', 24],
      ['(b)(bbb', 14],
    ] as const)
      assertSwift(() => drawnSoFar(`[a](${bracket.repeat(times)} x`));
  });

  it('letters in the path of an address', () => {
    for (const letter of ['a', '7', 'E'])
      assertSwift(() => drawnSoFar(`https://docs.example.net/${letter.repeat(30)}、`));
  });

  it('long lines in a block that has to be cut', () => {
    for (const line of ['x', '日', 'x '])
      assertSwift(() =>
        new BlockSplitter(90_000).take(`a\n${line.repeat(80_000 / line.length)}\n${'y\n'.repeat(8_000)} z`),
      );
  });
});
