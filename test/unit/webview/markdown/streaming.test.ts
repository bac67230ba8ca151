// What models write, drawn at once and as it arrives: cut at any place, and one character at a time.
import assert from 'node:assert/strict';
import { accessibleText } from '../../../../src/webview/kit/accessibleText';
import type { Child } from '../../../../src/webview/markdown/renderContext';
import { addresses } from '../../markdown/cases/addresses';
import { emphasis } from '../../markdown/cases/emphasis';
import { fences } from '../../markdown/cases/fences';
import { formulas } from '../../markdown/cases/formulas';
import { tags } from '../../markdown/cases/tags';
import { withPage } from '../dom';
import { type Case, drawn, drawnInParts, drawnSoFar, elementsOf, outlineOf } from './drawn';

const groups: Readonly<Record<string, readonly Case[]>> = { emphasis, addresses, fences, formulas, tags };

for (const [name, cases] of Object.entries(groups))
  describe(`${name} in a reply`, () => {
    withPage();
    for (const [source, outline] of cases)
      it(JSON.stringify(source), () => {
        assert.equal(outlineOf(drawn(source)), outline);
        for (let at = 0; at <= source.length; at++)
          assert.equal(
            outlineOf(drawnInParts([source.slice(0, at), source.slice(at)])),
            outline,
            `cut at ${at}`,
          );
        assert.equal(outlineOf(drawnInParts(source.split(''))), outline, 'one by one');
      });
  });

describe('a reply that is arriving', () => {
  withPage();
  /** Calls `check` with all that is shown of a reply until it is over. */
  const atEachMoment = (cases: readonly Case[], check: (shown: readonly Child[], begun: string) => void) => {
    for (const [source] of cases)
      for (let at = 1; at <= source.length; at++) check(drawnSoFar(source.slice(0, at)), source.slice(0, at));
  };

  it('leads nowhere that it does not lead when it is over', () => {
    for (const [source] of Object.values(groups).flat()) {
      const over = new Set(hosts(drawn(source)));
      atEachMoment([[source, '']], (shown, begun) => {
        for (const host of hosts(shown)) assert.ok(over.has(host), `${host}: ${JSON.stringify(begun)}`);
      });
    }
  });

  it('shows no marks of emphasis that it does not show when it is over', () => {
    const asWritten = /`|\\|^(?:2 |src|5|a\*|\*\*a\*\*\*\*)/;
    atEachMoment(
      emphasis.filter(([source]) => !asWritten.test(source)),
      (shown, begun) => assert.doesNotMatch(accessibleText([...shown]), /\*|~~/, JSON.stringify(begun)),
    );
  });

  it('keeps the backslashes of a formula', () => {
    const source = 'Let $\\exists\\, \\delta_1$ be \\(a\\,b\\) and\n\n\\[\n\\{x\\} \\\\\n\\]\n\nso $$\\%$$.';
    atEachMoment([[source, '']], (shown, begun) => {
      // The last one may yet be anything, and what it is before its formula's mark is known is not shown.
      const backslashes = begun.replace(/\\.?$/, '').match(/\\/g)?.length ?? 0;
      const seen = accessibleText([...shown]).match(/\\/g)?.length ?? 0;
      assert.ok(seen >= backslashes - 1, `${JSON.stringify(begun)}: ${accessibleText([...shown])}`);
    });
  });

  it('folds what is being written', () => {
    const source = '<details>\n<summary>A **b**</summary>\n\ntext **c**\n</details>';
    const begun = source.slice(0, source.indexOf('c**'));
    assert.equal(
      outlineOf(drawnSoFar(`${begun}c`)),
      '<details.folded><summary>A <strong>b</strong></summary><p>text <strong>c</strong></p></details>',
    );
    atEachMoment([[source, '']], (shown, so) => assert.doesNotMatch(accessibleText([...shown]), /[<>]/, so));
  });

  it('keeps in one block a document whose own blocks are being written', () => {
    const [source] = fences[0]!;
    const inside = source.slice(0, source.indexOf('text'));
    for (let at = inside.indexOf('bash'); at <= inside.length; at++)
      assert.match(outlineOf(drawnSoFar(source.slice(0, at))), /^<p>Here:<\/p><div\.code>.*<\/div>$/s);
  });
});

function hosts(contents: readonly Child[]): readonly string[] {
  return elementsOf(contents).flatMap((element) => {
    const href = element.getAttribute('href');
    return href === null ? [] : [new URL(href).host || href];
  });
}
