// What is around a reply: its prompt, what is waited for, how it ended.
import assert from 'node:assert/strict';
import { render } from 'preact';
import { chunks } from '../../../../src/markdown/limits';
import type { OutcomeView, TurnView } from '../../../../src/protocol/reply';
import { fill } from '../../../../src/webview/kit/format';
import { StatLine, OutcomeBox } from '../../../../src/webview/reply/outcome';
import { Prompt, promptStart } from '../../../../src/webview/reply/prompt';
import { Status, waitingText } from '../../../../src/webview/reply/status';

import { place, withPage } from '../dom';
import { strings } from '../strings';

describe('a prompt', () => {
  withPage();
  const unfolded = new Set<string>();
  const memory = {
    isUnfolded: (part: string) => unfolded.has(part),
    rememberUnfolded: (part: string, open: boolean) => (open ? unfolded.add(part) : unfolded.delete(part)),
  };
  const noPictures = { attach: () => () => undefined, open: () => undefined };
  let done: string[] = [];
  beforeEach(() => {
    unfolded.clear();
    done = [];
  });
  const drawn = (view: Partial<TurnView>) => {
    const page = place();
    render(
      <Prompt
        view={{ id: 'a', prompt: '', notSent: '', source: '', ...view }}
        strings={strings}
        memory={memory}
        pictures={noPictures}
        openAttachment={(attachment) => done.push(`open ${attachment}`)}
        edit={() => done.push('edit')}
        showVersion={(by) => done.push(`version ${by}`)}
      />,
      page,
    );
    return page;
  };

  it('is shown whole when it is short', () => {
    for (const prompt of ['', 'x', 'a\nb', 'line\n'.repeat(9), 'x'.repeat(900)])
      assert.equal(promptStart(prompt), prompt);
  });

  it('is shown by its beginning when it is long', () => {
    assert.equal(promptStart('line\n'.repeat(1000)), 'line\n'.repeat(8).trimEnd());
    assert.equal(promptStart('😀'.repeat(1_000_000)).length, 800);
    assert.ok(promptStart(`x${'😀'.repeat(1_000)}`).isWellFormed());
  });

  it('puts only that on the page, until it is unfolded', async () => {
    const prompt = 'word '.repeat(200_000);
    const page = drawn({ prompt });
    assert.ok(page.textContent.length < 1000);
    const fold = page.querySelector<HTMLButtonElement>('.fold')!;
    assert.equal(fold.textContent, strings.showAll);
    fold.click();
    await Promise.resolve();
    assert.equal(page.querySelector('.words')?.textContent, prompt);
    assert.deepEqual([...unfolded], ['a prompt'], 'it is remembered');
    assert.equal(fold.textContent, strings.showLess);
    fold.click();
    await Promise.resolve();
    assert.ok(page.textContent.length < 1000);
    assert.deepEqual([...unfolded], []);
  });

  it('is unfolded again where it was', () => {
    const prompt = 'word '.repeat(1_000);
    unfolded.add('a prompt');
    assert.equal(drawn({ prompt }).querySelector('.words')?.textContent, prompt);
  });

  it('is edited, and has buttons for its other versions', () => {
    const page = drawn({ prompt: 'x', version: { index: 1, count: 2 } });
    const [previous, next, edit] = page.querySelectorAll('button');
    assert.deepEqual([previous?.disabled, next?.disabled], [true, false]);
    for (const button of [next, edit]) button?.click();
    assert.deepEqual(done, ['version 1', 'edit']);
    assert.equal(page.querySelector('.versions')?.textContent, '‹1 / 2›');
  });

  it('says where it came from', () =>
    assert.match(drawn({ prompt: 'x', source: 'main.ts:3' }).textContent, /^You.*main\.ts:3/s));
});

describe('waiting', () => {
  withPage();
  const state = { phase: 'waiting', elapsed: 0, note: '', stats: [], attempts: 0 } as const;

  it('tells the time from the second second on', () => {
    assert.equal(waitingText(state, 1999, strings), strings.waiting);
    assert.equal(waitingText(state, 2000, strings), 'Waiting for the model… 2 s');
    assert.equal(waitingText({ ...state, elapsed: 9_500 }, 600, strings), 'Waiting for the model… 10 s');
  });

  it('counts down to the next attempt', () => {
    assert.equal(waitingText({ ...state, retryIn: 3000 }, 0, strings), 'Retrying in 3 s');
    assert.equal(waitingText({ ...state, retryIn: 3000 }, 2500, strings), 'Retrying in 1 s');
    assert.equal(
      waitingText({ ...state, elapsed: 1000, retryIn: 3000 }, 3000, strings),
      'Waiting for the model… 4 s',
    );
  });

  it('is over when the reply streams', () =>
    assert.equal(waitingText({ ...state, phase: 'streaming' }, 9999, strings), ''));

  it('can be stopped until the reply is over', () => {
    const page = place();
    let stopped = 0;
    const stop = () => stopped++;
    render(<Status state={state} since={0} strings={strings} stop={stop} />, page);
    page.querySelector('button')?.click();
    assert.equal(stopped, 1);
    render(<Status state={{ ...state, phase: 'ended' }} since={0} strings={strings} stop={stop} />, page);
    assert.equal(page.childElementCount, 0);
  });
});

describe('an ending', () => {
  withPage();
  const drawn = (ending: OutcomeView | undefined, act: (action: string) => void = () => undefined) => {
    const page = place();
    render(<OutcomeBox outcome={ending} act={act} />, page);
    return page;
  };

  it('that is natural says nothing', () => {
    const ending = { kind: 'done', title: '', advice: '', providerMessage: '', actions: [] } as const;
    for (const each of [undefined, ending]) assert.equal(drawn(each).childNodes.length, 0);
  });

  it('has its words and its buttons', () => {
    const acted: string[] = [];
    const actions = [
      { id: 'retry', label: 'Try Again' },
      { id: 'log', label: 'Show Log' },
    ];
    const page = drawn(
      { kind: 'failed', title: 'T', advice: 'A', providerMessage: '<b>S</b>', actions },
      (action) => acted.push(action),
    );
    const buttons = [...page.querySelectorAll('button')];
    assert.deepEqual(
      buttons.map(({ textContent, className }) => [textContent, className]),
      [
        ['Try Again', 'primary'],
        ['Show Log', 'secondary'],
      ],
    );
    for (const each of buttons) each.click();
    assert.deepEqual(acted, ['retry', 'log']);
    const texts = [...page.querySelectorAll('.problem.failed > :not(.actions)')].map(
      ({ textContent }) => textContent,
    );
    assert.deepEqual(texts, ['T', 'A', '<b>S</b>']);
  });

  it('has facts, of which some are copied', () => {
    const facts = [
      { text: 'model' },
      { text: '3 in', detail: 'tokens read' },
      { text: 'log 1', detail: 'copy', copy: 'logId' },
    ] as const;
    const page = place();
    const copied: string[] = [];
    render(
      <StatLine
        stats={facts}
        strings={strings}
        copyStat={(what) => copied.push(what)}
        copyReply={undefined}
        resend={undefined}
        askAnother={undefined}
      />,
      page,
    );
    assert.deepEqual(
      [...page.querySelectorAll('*')].map((each) => [
        each.localName,
        each.getAttribute('title'),
        each.getAttribute('aria-label'),
      ]),
      [
        ['ul', null, null],
        ['li', null, null],
        ['li', 'tokens read', '3 in: tokens read'],
        ['li', null, null],
        ['button', 'copy', 'log 1: copy'],
        ['span', null, null],
      ],
    );
    page.querySelector('button')?.click();
    assert.deepEqual(copied, ['logId']);
  });

  it('has a reply to copy where there is one', () => {
    const page = place();
    let copied = 0;
    render(
      <StatLine
        stats={[]}
        strings={strings}
        copyStat={() => undefined}
        copyReply={() => copied++}
        resend={undefined}
        askAnother={undefined}
      />,
      page,
    );
    page.querySelector('button')?.click();
    assert.deepEqual([page.textContent, copied], [strings.copyReply, 1]);
  });
});

describe('words', () => {
  it('are filled with what varies, as it is', () => {
    assert.equal(fill('{1} of {0}, {2}', '$&', 2), '2 of $&, {2}');
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
