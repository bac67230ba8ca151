// What is around a reply: its prompt, what is waited for, how it ended.
import assert from 'node:assert/strict';
import { endingContents, factsContents } from '../../../src/webview/reply/outcome';
import { chunks } from '../../../src/webview/markdown/limits';
import { promptStart, promptContents } from '../../../src/webview/reply/prompt';
import { shapeText, type Child, type VNode } from '../../../src/webview/kit/vnode';
import { waitingText } from '../../../src/webview/reply/status';
import { filled } from '../../../src/webview/kit/format';
import { words } from './words';

describe('a prompt', () => {
  const folding = { open: false, toggle: () => undefined };

  it('is shown whole when it is short', () => {
    for (const prompt of ['', 'x', 'a\nb', 'line\n'.repeat(9), 'x'.repeat(900)])
      assert.equal(promptStart(prompt), prompt);
  });

  it('is shown by its beginning when it is long', () => {
    assert.equal(promptStart('line\n'.repeat(1000)), 'line\n'.repeat(8).trimEnd());
    assert.equal(promptStart('😀'.repeat(1_000_000)).length, 800);
    assert.ok(promptStart(`x${'😀'.repeat(1_000)}`).isWellFormed());
  });

  it('puts only that on the page, until it is unfolded', () => {
    const prompt = 'word '.repeat(200_000);
    assert.ok(shapeText(promptContents({ prompt, source: '' }, words, folding)).length < 1000);
    assert.ok(
      shapeText(promptContents({ prompt, source: '' }, words, { ...folding, open: true })).length >
        prompt.length,
    );
  });

  it('says where it came from', () => {
    assert.match(
      shapeText(promptContents({ prompt: 'x', source: 'main.ts:3' }, words, folding)),
      /^You.*main\.ts:3/s,
    );
  });
});

describe('waiting', () => {
  const state = { phase: 'waiting', elapsed: 0, note: '', facts: [], attempts: 0 } as const;

  it('tells the time from the second second on', () => {
    assert.equal(waitingText(state, 1999, words), words.waiting);
    assert.equal(waitingText(state, 2000, words), 'Waiting for the model… 2 s');
    assert.equal(waitingText({ ...state, elapsed: 9_500 }, 600, words), 'Waiting for the model… 10 s');
  });

  it('counts down to the next attempt', () => {
    assert.equal(waitingText({ ...state, retryIn: 3000 }, 0, words), 'Trying again in 3 s');
    assert.equal(waitingText({ ...state, retryIn: 3000 }, 2500, words), 'Trying again in 1 s');
    assert.equal(
      waitingText({ ...state, elapsed: 1000, retryIn: 3000 }, 3000, words),
      'Waiting for the model… 4 s',
    );
  });

  it('is over when the reply streams', () =>
    assert.equal(waitingText({ ...state, phase: 'streaming' }, 9999, words), ''));
});

describe('an ending', () => {
  it('that is natural says nothing', () => {
    assert.deepEqual(
      endingContents({ kind: 'done', title: '', advice: '', said: '', actions: [] }, () => undefined),
      [],
    );
  });

  it('has its words and its buttons', () => {
    const acted: string[] = [];
    const actions = [
      { id: 'retry', label: 'Try Again' },
      { id: 'log', label: 'Show Log' },
    ];
    const ending = { kind: 'failed', title: 'T', advice: 'A', said: '<b>S</b>', actions } as const;
    const contents = endingContents(ending, (action) => acted.push(action));
    const buttons = inside(contents).filter(({ tag }) => tag === 'button');
    assert.deepEqual(
      buttons.map((each) => each.children[0]),
      ['Try Again', 'Show Log'],
    );
    for (const each of buttons) each.click?.(undefined as unknown as HTMLElement);
    assert.deepEqual(acted, ['retry', 'log']);
    assert.match(shapeText(contents), /T\nA\n<b>S<\/b>/);
  });

  it('has facts, of which some are copied', () => {
    const facts = [
      { text: 'model' },
      { text: '3 in', detail: 'tokens read' },
      { text: 'log 1', detail: 'copy', copy: 'logId' },
    ] as const;
    const shapes = inside(factsContents(facts, words, () => undefined, undefined));
    assert.deepEqual(
      shapes.map(({ tag, attributes }) => [tag, attributes?.title, attributes?.['aria-label']]),
      [
        ['ul', undefined, undefined],
        ['li', undefined, undefined],
        ['li', 'tokens read', '3 in: tokens read'],
        ['li', undefined, undefined],
        ['button', 'copy', 'log 1: copy'],
      ],
    );
  });
});

describe('words', () => {
  it('are filled with what varies, as it is', () => {
    assert.equal(filled('{1} of {0}, {2}', '$&', 2), '2 of $&, {2}');
  });
});

describe('long text', () => {
  it('is laid out in pieces that make it up', () => {
    for (const text of ['x'.repeat(50_000), 'line\n'.repeat(20_000), '😀'.repeat(30_000), '']) {
      const cut = chunks(text, 1000);
      assert.equal(cut.join(''), text);
      assert.ok(cut.every((piece) => piece.length <= 2000 && piece.isWellFormed()));
    }
  });
});

function inside(contents: readonly Child[]): readonly VNode[] {
  return contents.flatMap((content) =>
    typeof content === 'string' ? [] : [content, ...inside(content.children)],
  );
}
