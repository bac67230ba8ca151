// The page of Check Connection: what it shows of a view, where the focus goes, and what is read out.
import assert from 'node:assert/strict';
import type { CheckToHost, CheckView, StageView } from '../../../../src/protocol/check';
import { CheckPage } from '../../../../src/webview/check/checkPage';
import { place, withPage } from '../dom';

const stageView = (id: string, more: Partial<StageView> = {}): StageView => ({
  ...{
    id,
    title: `Stage ${id}`,
    state: 'waiting',
    stateText: 'Not yet',
    result: '',
    duration: '',
    warning: '',
  },
  ...more,
});

const buttons = (offered: readonly string[]): CheckView['actions'] =>
  ['begin', 'stop', 'copyReport', 'forget'].map((id) => ({ id, label: id, offered: offered.includes(id) }));

const before: CheckView = {
  ...{ heading: 'Check', subject: 'A gateway', plan: 'It costs little', phase: 'before' },
  ...{
    stages: [stageView('1'), stageView('2')],
    summary: '',
    changed: '',
    observationsHeading: 'Settled',
    observations: [],
  },
  ...{
    actions: buttons(['begin']),
    offer: 7,
    lineHeads: { part: 'Part', signed: 'Ours', received: 'Theirs' },
  },
  ...{ differs: 'differs', copied: 'Copied' },
};

const running: CheckView = {
  ...before,
  ...{ phase: 'running', plan: '', actions: buttons(['stop']), offer: 8 },
  stages: [stageView('1', { state: 'running', stateText: 'Running' }), stageView('2')],
};

const problem: StageView['problem'] = {
  ...{
    title: 'Refused',
    advice: 'Sign anew.',
    providerMessage: '<b>no</b>',
    actions: [{ id: 'fix', label: 'Fix' }],
  },
  lines: [
    { name: 'host', signed: 'a', received: 'b', differs: true },
    { name: 'date', signed: 'c', received: 'c', differs: false },
  ],
};

const failed: CheckView = {
  ...running,
  ...{ phase: 'ended', summary: 'It failed', actions: buttons(['begin', 'copyReport']), offer: 9 },
  stages: [
    stageView('1', { state: 'failed', stateText: 'Failed', duration: '3 ms', problem }),
    stageView('2'),
  ],
};

describe('the page of Check Connection', () => {
  withPage();
  let told: CheckToHost[];
  let heard: string[];
  let page: HTMLElement;
  let check: CheckPage;
  const show = (view: CheckView) => check.show({ type: 'show', view });
  const button = (label: string) =>
    [...page.querySelectorAll('button')].find(({ textContent }) => textContent === label)!;

  beforeEach(() => {
    [told, heard] = [[], []];
    page = place();
    document.hasFocus = () => true;
    check = new CheckPage(page, { post: (message) => void told.push(message) }, (text) => heard.push(text));
  });

  it('has all its parts from the beginning, hidden while they say nothing', () => {
    show(before);
    const parts = [...page.children];
    assert.deepEqual(
      parts.filter((part) => (part as HTMLElement).hidden).map(({ className }) => className),
      ['progress', 'summary', 'changed'],
    );
    show(failed);
    assert.deepEqual([...page.children], parts, 'they stay the same elements');
    assert.deepEqual(
      parts.filter((part) => (part as HTMLElement).hidden).map(({ className }) => className),
      ['plan', 'progress', 'changed'],
    );
    assert.equal(page.querySelector('.summary > strong')?.textContent, 'It failed');
  });

  it('says of a stage how it is, for the eye and in words', () => {
    show(failed);
    const [first, second] = page.querySelectorAll('.stage');
    assert.deepEqual([first?.className, second?.className], ['stage failed', 'stage waiting']);
    assert.equal(first?.querySelector('.mark')?.getAttribute('aria-hidden'), 'true');
    assert.equal(first.querySelector('.line')?.textContent, 'Stage 1Failed3 ms');
    assert.equal(first.querySelector('.quote')?.textContent, '<b>no</b>');
    assert.deepEqual(
      [...first.querySelectorAll('tbody tr')].map((row) => [row.className, row.textContent]),
      [
        ['differs', 'host (differs)ab'],
        ['', 'datecc'],
      ],
    );
  });

  it('hands back what was pressed, with the offer of the view', () => {
    show(before);
    button('begin').click();
    show(failed);
    button('Fix').click();
    assert.deepEqual(told, [
      { type: 'do', action: 'begin', offer: 7 },
      { type: 'act', action: 'fix' },
    ]);
  });

  it('says that the report was copied', () => {
    show(failed);
    button('copyReport').click();
    assert.equal(page.querySelector('.actions > button:nth-child(3)')?.textContent, 'Copied');
    assert.equal(heard.at(-1), 'Copied');
  });

  it('stops while it runs, and not otherwise', () => {
    for (const view of [before, running, failed]) {
      show(view);
      check.stop();
    }
    assert.deepEqual(told, [{ type: 'do', action: 'stop', offer: 8 }]);
  });

  it('puts the focus on Stop where Begin was, and on the summary where Stop was', () => {
    show(before);
    button('begin').focus();
    show(running);
    assert.equal(document.activeElement!.textContent, 'stop');
    show(failed);
    assert.equal(document.activeElement!.className, 'summary');
    button('Fix').focus();
    show(running);
    assert.equal(document.activeElement!.textContent, 'stop', 'what had it has gone with its stage');
  });

  it('takes the focus from nowhere else', () => {
    document.hasFocus = () => false;
    show(before);
    button('begin').focus();
    show(running);
    assert.notEqual(document.activeElement!.textContent, 'stop');
  });

  it('reads out the stage that runs, and how it ended, once', () => {
    for (const view of [before, running, running, failed, failed]) show(view);
    assert.deepEqual(heard, ['Stage 1: Running', 'It failed\nRefused\nSign anew.']);
  });
});
