import assert from 'node:assert/strict';
import type { ComponentChildren } from 'preact';
import { calibrated, timed } from '../../threadTime';
import { highlighted, isHighlightable } from '../../../../src/webview/markdown/highlight';
import { OpenCode } from '../../../../src/webview/markdown/openCode';
import { isTooDeep, parse } from '../../../../src/markdown/parser';
import { healPartialMarkdown } from '../../../../src/markdown/healPartialMarkdown';
import { renderTokens } from '../../../../src/webview/markdown/render';
import { accessibleText } from '../../../../src/webview/kit/accessibleText';
import type { Child } from '../../../../src/webview/markdown/renderContext';
import { withPage } from '../dom';
import { context, drawnSoFar, elementsOf, onPage, outlineOf } from './drawn';

/** What a fixed amount of work takes here, ms. */
let measure: number | undefined;

describe('the elements of a reply', () => {
  withPage();

  it('are elements of the page', () => {
    const source = '# A\n\n1. b\n2. **c**\n\n| x | y |\n|---|--:|\n| 1 | ~~2~~ |\n\n---\n';
    assert.deepEqual(outline(renderTokens(parse(source, {}), context())), [
      'h3.first',
      'ol',
      'li',
      'li',
      'strong',
      'div.table',
      'table',
      'thead',
      'tr',
      'th',
      'th.right',
      'tbody',
      'tr',
      'td',
      'td.right',
      'del',
      'hr',
    ]);
  });

  it('know code by its language, and do not guess', () => {
    const [code] = renderTokens(parse('```TS title=x\nconst a = 1;\n```\n', {}), context());
    assert.deepEqual(outline([code!]).slice(0, 8), [
      'div.code',
      'div.bar',
      'span.language',
      'button.quiet',
      'button.quiet',
      'button.quiet',
      'pre',
      'code',
    ]);
    assert.ok(outline([code!]).includes('span.hljs-keyword'));
    assert.equal(accessibleText([code!]).trim(), 'TS\nconst a = 1;');
    assert.equal(highlighted('const a = 1;', 'nosuch'), undefined);
    assert.equal(isHighlightable('x'.repeat(3_000), 'js'), false);
    assert.equal(isHighlightable('x\n'.repeat(80_000), 'js'), false);
  });

  it('colour open code up to its last line, and lose none of it', () => {
    const open = new OpenCode();
    const fence = { marker: '```', info: 'js', indent: 0 };
    const code = 'let a = "x";\nlet b = `y`;\n``';
    for (let end = 0; end <= code.length; end++) {
      const shape = open.draw(`\`\`\`js\n${code.slice(0, end)}`, fence, context(), end * 1000);
      const shown = code.slice(0, end).replace(/\n`+$/, '\n');
      assert.equal(
        accessibleText((shape.props as { readonly children: ComponentChildren[] }).children[1]).trimEnd(),
        shown.trimEnd(),
      );
    }
  });

  for (const [name, source] of Object.entries({
    quotes: '>'.repeat(10_000),
    'quotes and text': '> '.repeat(10_000) + 'x',
    lists: '- '.repeat(10_000) + 'x',
    brackets: '['.repeat(50_000),
    'brackets and text': '[a]('.repeat(10_000),
    pictures: '!['.repeat(20_000),
    stars: '*a '.repeat(20_000),
    'nested stars': '*a **b '.repeat(700),
    underscores: '_a __b '.repeat(10_000),
    ticks: '`a``b```'.repeat(5_000),
    tildes: '~~a '.repeat(20_000),
    'one line': 'word '.repeat(40_000),
    addresses: 'http://a.b/'.repeat(10_000),
    colons: '://'.repeat(20_000),
    angles: '<a '.repeat(20_000),
    entities: '&amp'.repeat(20_000),
    escapes: '\\'.repeat(60_000),
    'a wide table': `${'|a'.repeat(2_000)}|\n${'|-'.repeat(2_000)}|\n|1|`,
    'a long table': `|a|b|\n|-|-|\n${'|1|\n'.repeat(10_000)}`,
    definitions: '[a]: /b\n'.repeat(5_000),
    'a fence': '```js\n' + 'let a = {}\n'.repeat(5_000),
    pluses: '+ '.repeat(5_000),
    tabs: '\t'.repeat(60_000),
    dollars: '$a '.repeat(20_000),
    'opened formulas': '\\(a '.repeat(15_000),
    'display formulas': '$$a\n'.repeat(10_000),
    tags: '<sub>'.repeat(10_000),
    breaks: '<br>'.repeat(10_000),
    folds: '<details>\n'.repeat(2_400),
    'folds and one end': '<details>\n'.repeat(2_400) + '</details>\n',
    'fences in fences': '```a\n```b\n```\n'.repeat(5_000),
    'opened fences': '```md\n'.repeat(10_000),
    'fences that were introduced': '```md\n\n```\nx\n'.repeat(3_000),
    footnotes: '[^1]: a [^1]\n'.repeat(2_000),
    tasks: '- [ ] a\n'.repeat(2_000),
    'marks of CJK': '**「甲」**'.repeat(3_000),
    'hosts and letters': 'https://a.example手'.repeat(2_000),
    'one long host': `https://${'a.'.repeat(10_000)}手`,
  })) {
    it(`take little time: ${name}`, () => {
      let drawn: ReturnType<typeof renderTokens> = [];
      const took = timed(() => {
        const tokens = parse(source, {});
        drawn = isTooDeep(tokens) ? [source] : renderTokens(tokens, context());
        parse(healPartialMarkdown(source), {}, true);
      });
      measure ??= calibrated();
      assert.ok(took < 15 * measure, `${(took / measure).toFixed(1)} times as long as the measure`);
      assert.ok(depth(onPage(drawn)) < 110, 'not too deep for a browser');
    });
  }
});

describe('an unfinished block', () => {
  withPage();

  for (const [tail, shown] of [
    ['text **bol', '<p>text <strong>bol</strong></p>'],
    ['text **bold*', '<p>text <strong>bold</strong></p>'],
    ['text *it*', '<p>text <em>it</em></p>'],
    ['**bold *it', '<p><strong>bold <em>it</em></strong></p>'],
    ['~~old', '<p><del>old</del></p>'],
    ['text *it', '<p>text <em>it</em></p>'],
    ['a `cod', '<p>a <code>cod</code></p>'],
    ['a ``co`d', '<p>a <code>co`d</code></p>'],
    ['**a `cod', '<p><strong>a <code>cod</code></strong></p>'],
    ['2 ** 3 and', '<p>2 ** 3 and</p>'],
    ['a * b', '<p>a * b</p>'],
    ['src/**/*.t', '<p>src/**/*.t</p>'],
    ['snake_case', '<p>snake_case</p>'],
    ['設定の**', '<p>設定の</p>'],
    ['設定の**「接', '<p>設定の<strong>「接</strong></p>'],
    ['- a **b\n- c', '<ul><li>a **b</li><li>c</li></ul>'],
    ['> a **b\n> c', '<blockquote><p>a <strong>b\nc</strong></p></blockquote>'],
    ['see [docs](https://exa', '<p>see docs</p>'],
    ['see [docs](https://exa "ti', '<p>see docs</p>'],
    ['see [docs]', '<p>see docs</p>'],
    ['see ![pic](htt', '<p>see </p>'],
    ['see https://docs.exa', '<p>see https://docs.exa</p>'],
    ['text\n-', '<p>text</p>'],
    ['text\n===', '<p>text</p>'],
    ['text\n12.', '<p>text</p>'],
    ['text\n##', '<p>text</p>'],
    ['[a]\n\n- [a]: https://docs.exa', '<p>[a]</p>'],
    ['- [x', ''],
    ['H<sub>2', '<p>H<sub>2</sub></p>'],
    ['H<su', '<p>H</p>'],
    ['x **<kbd>A', '<p>x <strong><kbd>A</kbd></strong></p>'],
    ['it is $\\alpha', '<p>it is <span.formula>$\\alpha$</span></p>'],
    ['it is $5 and', '<p>it is $5 and</p>'],
    ['$$\nu \\\\', '<div.formula>$$\nu \\\\</div>'],
    ['| a | b', ''],
    ['| a | b |\n|--', ''],
    ['**a** and **b**', '<p><strong>a</strong> and <strong>b</strong></p>'],
    ['plain', '<p>plain</p>'],
  ] as const) {
    it(`is shown: ${JSON.stringify(tail)}`, () => assert.equal(outlineOf(drawnSoFar(tail)), shown));
  }

  it('is a table as soon as it has a ruler', () => {
    const table = '| a | b |\n|---|---|\n';
    assert.match(outlineOf(drawnSoFar(table)), /^<div\.table>.*<th>b<\/th>/);
    assert.match(outlineOf(drawnSoFar(`${table}| **1`)), /<td><strong>1<\/strong><\/td><td><\/td>/);
  });
});

function outline(contents: readonly Child[]): readonly string[] {
  return elementsOf(contents).map(({ localName, className }) =>
    className ? `${localName}.${className}` : localName,
  );
}

/** How deep elements stand in one another, of the first ones. */
function depth(parent: Element): number {
  return Math.max(0, ...[...parent.children].slice(0, 1000).map((child) => 1 + depth(child)));
}
