// How the page follows a reply that grows: for as long as the reader is at its end.
import assert from 'node:assert/strict';
import type { ScrollPosition } from '../../../../src/webview/reply/memory';
import { StickToBottom } from '../../../../src/webview/reply/stickToBottom';
import { place, withPage } from '../dom';

const windowHeight = 500;

describe('following a reply', () => {
  withPage();
  let height: number;
  let remembered: ScrollPosition[];
  let follow: StickToBottom;
  const top = () => document.documentElement.scrollTop;
  const jump = () => document.querySelector<HTMLButtonElement>('.jump')!;
  /** As a reader does. */
  const scroll = (to: number) => {
    document.documentElement.scrollTop = to;
    dispatchEvent(new Event('scroll'));
  };
  const grow = (by: number) => {
    height += by;
    follow.grown();
  };
  const begin = (view?: ScrollPosition) => {
    const memory = { view, rememberView: (now: ScrollPosition) => void remembered.push(now) };
    follow = new StickToBottom(memory);
    follow.label = 'Jump';
  };

  beforeEach(() => {
    height = 2000;
    remembered = [];
    // Nothing is laid out here: the page is as high as the test says.
    const root = document.documentElement;
    Object.defineProperty(root, 'scrollHeight', { get: () => height });
    Object.defineProperty(root, 'clientHeight', { get: () => windowHeight });
    let now = 0;
    Object.defineProperty(root, 'scrollTop', {
      get: () => now,
      set: (to: number) => (now = Math.max(0, Math.min(to, height - windowHeight))),
    });
    Object.defineProperty(globalThis, 'scrollTo', {
      value: (_: number, to: number) => (root.scrollTop = to),
      configurable: true,
    });
  });

  it('goes along while the reader is at the end', () => {
    begin();
    follow.begin('a', place(), true);
    assert.equal(top(), 1500);
    grow(300);
    assert.equal(top(), 1800);
    assert.ok(jump().hidden);
  });

  it('stops when the reader scrolls up, and goes on when the end is reached or asked for', () => {
    begin();
    follow.begin('a', place(), true);
    scroll(1000);
    grow(300);
    assert.equal(top(), 1000);
    assert.ok(!jump().hidden);
    scroll(1790);
    grow(300);
    assert.equal(top(), 2100, 'near the end is there');
    scroll(1000);
    grow(0);
    jump().click();
    assert.equal(top(), 2100);
    grow(100);
    assert.equal(top(), 2200);
  });

  it('stops where the reader unfolds something', () => {
    begin();
    follow.begin('a', place(), true);
    const details = document.createElement('details');
    const summary = details.appendChild(document.createElement('summary'));
    place().append(details);
    summary.click();
    grow(300);
    assert.equal(top(), 1500);
  });

  it('shows a reply that is over as it was left', () => {
    begin({ turn: 'a', top: 700 });
    follow.begin('a', place(), false);
    assert.equal(top(), 700);
    grow(300);
    assert.equal(top(), 700);
  });

  it('shows another that is over from its beginning', () => {
    begin({ turn: 'b', top: 700 });
    const article = place();
    let shown = 0;
    article.scrollIntoView = () => {
      shown++;
    };
    follow.begin('a', article, false);
    assert.equal(shown, 1);
    follow.begin('a', article, false);
    assert.equal(shown, 1, 'the same is not gone to again');
  });

  it('remembers where it is', () => {
    begin();
    follow.begin('a', place(), true);
    scroll(1200);
    assert.deepEqual(remembered.at(-1), { turn: 'a', top: 1200 });
  });
});
