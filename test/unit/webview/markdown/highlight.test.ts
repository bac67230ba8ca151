// Colours for code: what they cost, and that pieces are coloured as the whole is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { common, createLowlight } from 'lowlight';
import { Highlighting, highlighted, pieceLength } from '../../../../src/webview/markdown/highlight';
import { Painter } from '../../../../src/webview/markdown/painter';
import type { Child } from '../../../../src/webview/markdown/renderContext';
import { calibrated, timed } from '../../threadTime';
import { project } from '../../../vscode/project';

const lowlight = createLowlight(common);
const length = 3 * pieceLength;

const lines = (line: (index: number) => string) => {
  let text = '';
  for (let index = 0; text.length < length; index++) text += `${line(index)}\n`;
  return text;
};
const longLines = (word: string) => lines(() => word.repeat(pieceLength).slice(0, pieceLength - 1));

/** What is slow in one grammar or another. */
const codes: Readonly<Record<string, string>> = {
  'an identifier a line': lines((index) => `identifier${index}`),
  'a word a line': lines(() => 'if'),
  'long lines': longLines('int a '),
  'one word as long': longLines('x'),
  'deep nesting': lines((index) => `${' '.repeat(index % 60)}if (a) {`),
  'opened brackets': longLines('({['),
  'opened placeholders': lines(() => 'x = "${a "#{b `${c'),
  'quotes without end': lines((index) => `a = "foo${index}`),
  quotes: longLines('\'"'),
  'one comment': `/*\n${lines((index) => ` * text ${index}`)}`,
  'comments of all kinds': lines(() => '/* a // b # c -- d <!-- e'),
  tags: longLines('<a b="c" '),
};

/** A clock that stands: what is coloured is not to depend on how busy this machine is. */
const standing = () => 0;

describe('the colours of code', () => {
  it('hold nothing up: no call takes long, in any language', () => {
    const measure = calibrated();
    let worst = { calls: 0, took: 0, what: '' };
    for (const language of Object.keys(common))
      for (const [name, code] of Object.entries(codes)) {
        const highlighting = new Highlighting(language);
        let isOver = false;
        for (let calls = 1; !isOver; calls++) {
          const took = timed(
            () => (isOver = highlighting.next(code, 0) !== undefined || highlighting.isGivenUp),
          );
          if (took > worst.took) worst = { calls, took, what: `${name} in ${language}` };
        }
      }
    assert.ok(
      worst.took < 3 * measure,
      `${worst.what}: call ${worst.calls} took ${(worst.took / measure).toFixed(1)} times as long as the measure`,
    );
  });

  for (const [language, file] of [
    ['typescript', 'src/webview/activity/main.ts'],
    ['css', 'media/panel.css'],
    ['json', 'package.json'],
    ['markdown', 'CHANGELOG.md'],
    ['javascript', 'esbuild.js'],
  ] as const)
    it(`are in pieces what they are in the whole: ${language}`, () => {
      const text = readFileSync(path.join(project, file), 'utf8')
        .split('\n')
        .filter((line) => line.length < pieceLength)
        .join('\n');
      const code = text.repeat(Math.ceil((3 * pieceLength) / text.length));
      const whole = lowlight.highlight(language, code).children as readonly Node[];
      assert.deepEqual(coloursOf(highlighted(code, language, standing) ?? []), coloursOf(whole));
    });

  it('are found for several thousand lines', () => {
    const code = 'const name: string = `text ${value}`; // why\n'.repeat(3_000);
    assert.match(JSON.stringify(highlighted(code, 'ts', standing)?.at(-2)), /hljs-comment/);
  });

  it('follow code that grows', () => {
    const code = 'let a = "x"; // b\n'.repeat(400);
    const highlighting = new Highlighting('js', standing);
    let contents: readonly Child[] | undefined;
    for (let end = 90; end <= code.length; end += 90)
      contents = highlighting.next(code.slice(0, end), Infinity);
    assert.deepEqual(coloursOf(contents ?? []), coloursOf(highlighted(code, 'js', standing) ?? []));
  });

  it('are not found in code that one construct fills', () => {
    const code = `let a = \`\n${'text ${b(`\n'.repeat(4_000)}`;
    const highlighting = new Highlighting('js');
    assert.equal(highlighting.next(code, Infinity), undefined);
    assert.ok(highlighting.isGivenUp);
    assert.equal(highlighted(code, 'js'), undefined);
  });

  it('nest no deeper than a page can', () => {
    const deepest = (contents: readonly Child[]): number =>
      Math.max(0, ...contents.map((each) => (typeof each === 'string' ? 0 : 1 + deepest(childrenOf(each)))));
    const code = '"${'.repeat(600);
    const contents = highlighted(code, 'bash') ?? [];
    assert.equal(coloursOf(contents).length, code.length);
    assert.ok(deepest(contents) <= 50, `${deepest(contents)}`);
  });

  it('come when there is time for them', () => {
    const code = 'let a = 1;\n'.repeat(1_000);
    const painter = new Painter(0);
    assert.equal(painter.highlight(code, 'js'), undefined);
    assert.equal(painter.isDone, false);
    let calls = 1;
    while (!painter.paint(0)) calls++;
    assert.ok(calls > 3, `${calls}`);
    assert.deepEqual(
      coloursOf(painter.highlight(code, 'js') ?? []),
      coloursOf(highlighted(code, 'js') ?? []),
    );
    assert.equal(new Painter(0).highlight('a', 'nosuch'), undefined);
  });
});

interface Node {
  readonly value?: string;
  readonly properties?: { readonly className?: readonly string[] };
  readonly children?: readonly Node[];
}

type Coloured = Exclude<Child, string>;

function childrenOf({ props }: Coloured): readonly Child[] {
  return (props as { readonly children: readonly Child[] }).children;
}

/** The colour of each character. */
function coloursOf(contents: readonly (Child | Node)[], around = ''): readonly string[] {
  return contents.flatMap((each) => {
    const text = typeof each === 'string' ? each : 'value' in each ? each.value : undefined;
    if (text !== undefined) return Array.from({ length: text.length }, () => around);
    if (typeof each !== 'string' && 'props' in each) {
      const { class: name = around } = each.props as { readonly class?: string };
      return coloursOf(childrenOf(each), name);
    }
    const { children = [], properties } = each as Node;
    return coloursOf(children, properties?.className?.join(' ') ?? around);
  });
}
