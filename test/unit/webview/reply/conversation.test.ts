// The conversation on the page, as the host tells it: its turns, their details, and what is read out.
import assert from 'node:assert/strict';
import type { AttemptView } from '../../../../src/protocol/attempt';
import type { ReplyToHost, State, TurnView } from '../../../../src/protocol/reply';
import { Pictures } from '../../../../src/webview/reply/attachments/pictures';
import { ConversationView } from '../../../../src/webview/reply/conversation';
import { ReplyMemory } from '../../../../src/webview/reply/memory';
import { ReadingPosition } from '../../../../src/webview/reply/readingPosition';
import { drawFrame, place, withPage } from '../dom';
import { composerView, strings } from '../strings';

const streaming: State = { phase: 'streaming', elapsed: 0, note: '', stats: [], attempts: 0 };
const ended: State = { ...streaming, phase: 'ended', stats: [{ text: 'a model' }] };
const outcome = {
  kind: 'failed',
  title: 'It failed',
  advice: 'Try again.',
  providerMessage: '',
  actions: [],
} as const;

function turn(id: string, more: Partial<TurnView> = {}): TurnView {
  return {
    id,
    prompt: `Prompt ${id}`,
    notSent: '',
    source: '',
    text: '',
    reasoning: '',
    state: streaming,
    ...more,
  };
}

const attempt: AttemptView = {
  ...{ number: 1, title: 'Attempt 1', notes: [], differing: [], spans: [] },
  requestIds: [{ name: 'Log ID', value: '01J', copy: 'logId' }],
  copies: [],
};

/** A page with a conversation, and the host behind it. */
class Conversation {
  readonly told: ReplyToHost[] = [];
  readonly heard: string[] = [];
  readonly edited: (readonly [string, string])[] = [];
  readonly page = place();
  readonly view: ConversationView;

  constructor(kept: { readonly unfolded?: readonly string[] } = {}) {
    const post = (message: ReplyToHost) => void this.told.push(message);
    const host = { post, guarded: (_: string, run: () => void) => run() };
    this.view = new ConversationView(this.page, {
      host,
      memory: new ReplyMemory({ getState: () => kept, setState: () => undefined }),
      announce: (text) => this.heard.push(text.trim()),
      pictures: new Pictures(post),
      reading: new ReadingPosition(this.page, { onMove: () => undefined }),
      edit: (id, prompt) => void this.edited.push([id, prompt]),
    });
  }

  show(turns: readonly TurnView[], position = { index: 1, count: 1 }): void {
    const conversation = { conversation: 'one', draft: '', composer: composerView };
    this.view.show({ type: 'snapshot', strings, ...conversation, turns, position });
    drawAll();
  }

  get last(): ReplyToHost | undefined {
    return this.told.at(-1);
  }

  find(selector: string): HTMLElement {
    const found = this.page.querySelector<HTMLElement>(selector);
    assert.ok(found, selector);
    return found;
  }

  fold(selector: string, open: boolean): void {
    const details = this.find(selector) as HTMLDetailsElement;
    details.open = open;
    details.dispatchEvent(new Event('toggle'));
  }
}

function drawAll(): void {
  while (drawFrame()) continue;
}

describe('a conversation on the page', () => {
  withPage();

  it('says how to begin where there is no turn', () => {
    const conversation = new Conversation();
    conversation.show([]);
    assert.equal(conversation.find('.empty').textContent, strings.empty);
    conversation.show([turn('a')]);
    assert.equal(conversation.page.querySelector('.empty'), null);
  });

  it('draws a reply as it arrives, and what stands under it when it is over', () => {
    const conversation = new Conversation();
    conversation.show([turn('a', { text: 'first *wor' })]);
    assert.equal(conversation.find('.markdown').innerHTML, '<p>first <em>wor</em></p>');
    assert.equal(conversation.find('.markdown').getAttribute('aria-busy'), 'true');
    assert.equal(conversation.find('.status').textContent, strings.stop);
    conversation.view.turn('a')?.append('ds*\n\nlast', '');
    conversation.view.turn('a')?.update(ended);
    assert.equal(conversation.page.querySelector('.facts'), null, 'it is drawn in the next frame');
    drawAll();
    assert.equal(conversation.find('.markdown').innerHTML, '<p>first <em>words</em></p><p>last</p>');
    assert.equal(conversation.find('.markdown').getAttribute('aria-busy'), 'false');
    assert.equal(conversation.find('.status').childElementCount, 0);
    assert.deepEqual(
      [...conversation.page.querySelectorAll('.foot > .facts, .foot button')].map(
        ({ textContent }) => textContent,
      ),
      ['a model', strings.sendAgain, strings.askAnotherModel, strings.copyReply],
    );
  });

  it('reads out each block once, and then that the reply is complete', () => {
    const conversation = new Conversation();
    conversation.show([turn('a')]);
    for (const text of ['one\n\nt', 'wo\n', '\n', '```js\nlet a;\n```\n']) {
      conversation.view.turn('a')?.append(text, '');
      drawAll();
    }
    conversation.view.turn('a')?.update(ended);
    drawAll();
    assert.deepEqual(conversation.heard, ['one', 'two', 'js\nlet a;', strings.replyFinished]);
  });

  it('reads out how a reply failed, but nothing of one that was over before', () => {
    const conversation = new Conversation();
    conversation.show([turn('a', { text: 'old', state: ended })]);
    assert.deepEqual(conversation.heard, []);
    conversation.show([turn('b')]);
    conversation.view.turn('b')?.update({ ...ended, outcome });
    drawAll();
    assert.deepEqual(conversation.heard, ['It failed\nTry again.']);
    assert.equal(conversation.find('.problem.failed > .title').textContent, 'It failed');
  });

  it('leaves a turn as it is that is told again and has gone on', () => {
    const conversation = new Conversation();
    conversation.show([turn('a', { text: 'one\n\ntw' })]);
    const paragraph = conversation.find('.markdown > p');
    conversation.show([turn('a', { text: 'one\n\ntwo', state: ended })]);
    assert.equal(conversation.find('.markdown > p'), paragraph);
    assert.equal(conversation.find('.markdown').innerHTML, '<p>one</p><p>two</p>');
    // Shorter than before, it is another.
    conversation.show([turn('a', { text: 'one' })]);
    assert.notEqual(conversation.find('.markdown > p'), paragraph);
    assert.equal(conversation.find('.markdown').innerHTML, '<p>one</p>');
  });

  it('leaves other turns alone while one is drawn', () => {
    const conversation = new Conversation();
    conversation.show([turn('a', { text: 'over', state: ended }), turn('b')]);
    const [first] = conversation.page.querySelectorAll('article');
    conversation.view.turn('b')?.append('text', '');
    drawAll();
    assert.equal(conversation.page.querySelectorAll('article')[0], first);
    assert.deepEqual(
      [...conversation.page.querySelectorAll('.markdown')].map(({ textContent }) => textContent),
      ['over', 'text'],
    );
  });

  it('names the reply that runs, the last of several', () => {
    const conversation = new Conversation();
    conversation.show([turn('a'), turn('b'), turn('c', { state: ended })]);
    assert.equal(conversation.view.running, 'b');
    conversation.find('article:nth-of-type(2) .status button').click();
    assert.deepEqual(conversation.told, [{ type: 'stop', turn: 'b' }]);
  });

  it('leads to the conversations beside it', () => {
    const conversation = new Conversation();
    conversation.show([turn('a')]);
    assert.equal(conversation.page.querySelector('nav'), null);
    conversation.show([turn('a')], { index: 1, count: 2 });
    const [previous, next] = conversation.page.querySelectorAll<HTMLButtonElement>('nav > button');
    assert.deepEqual([previous?.disabled, next?.disabled], [true, false]);
    assert.equal(conversation.find('nav > span').textContent, '1 of 2');
    next?.click();
    assert.deepEqual(conversation.told, [{ type: 'step', by: 1 }]);
  });

  it('shows the note of a reply, and its reasoning once it is unfolded', async () => {
    const conversation = new Conversation();
    conversation.show([turn('a', { state: { ...streaming, note: 'Sent again' } })]);
    assert.equal(conversation.find('.note').textContent, 'Sent again');
    assert.equal(conversation.page.querySelector('.reasoning'), null);
    conversation.view.turn('a')?.append('', 'because');
    drawAll();
    assert.equal(conversation.find('.reasoning > .words').textContent, '');
    conversation.fold('.reasoning', true);
    await Promise.resolve();
    conversation.view.turn('a')?.append('', ' of this');
    drawAll();
    assert.equal(conversation.find('.reasoning > .words').textContent, 'because of this');
  });

  it('has nothing to unfold where the model does not show its thinking', () => {
    const conversation = new Conversation();
    const thinking = 'The model doesn’t show its thinking';
    conversation.show([turn('a', { state: { ...ended, thinking } })]);
    const shown = conversation.find('.reasoning');
    assert.equal(shown.textContent, thinking);
    assert.equal(shown.localName, 'p');
  });

  it('tells how long it has waited, by the clock alone', () => {
    const conversation = new Conversation();
    conversation.show([turn('a', { state: { ...streaming, phase: 'waiting', elapsed: 61_000 } })]);
    assert.equal(conversation.find('.doing').textContent, 'Waiting for the model… 61 s');
    const before = performance.now.bind(performance);
    performance.now = () => before() + 5_000;
    try {
      conversation.view.tick();
    } finally {
      performance.now = before;
    }
    assert.equal(conversation.find('.doing').textContent, 'Waiting for the model… 66 s');
  });

  it('copies by names and numbers, and says so', () => {
    const conversation = new Conversation();
    const text = 'a\n\n```js\n1\n```\n\n```\n2\n```\n';
    conversation.show([turn('a', { text, state: ended })]);
    const [, second] = [...conversation.page.querySelectorAll<HTMLButtonElement>('.code button')].filter(
      ({ textContent }) => textContent === strings.copyCode,
    );
    second?.click();
    conversation.find('.foot .buttons > :last-child').click();
    const code = { block: 1, length: text.length, isOver: false };
    const [copied, whole] = conversation.told;
    assert.deepEqual(whole, { type: 'copyReply', turn: 'a' });
    assert.deepEqual(copied, { type: 'code', turn: 'a', code, action: 'copy' });
    assert.equal(second?.textContent, strings.copied);
    assert.deepEqual(conversation.heard, [strings.copied, strings.copied]);
  });
});

describe('two conversations on one page', () => {
  withPage();

  it('have each its own turns, memory and host', () => {
    const [one, other] = [new Conversation({ unfolded: ['a details'] }), new Conversation()];
    for (const each of [one, other]) each.show([turn('a', { state: { ...streaming, attempts: 1 } })]);
    one.view.turn('a')?.append('one', '');
    other.view.turn('a')?.append('other', '');
    drawAll();
    assert.deepEqual(
      [one, other].map((each) => each.find('.markdown').textContent),
      ['one', 'other'],
    );
    assert.deepEqual([one.told.length, other.told.length], [1, 0]);
  });
});

describe('the details of a reply', () => {
  withPage();

  it('are there when an attempt is over, and asked for when they are unfolded', async () => {
    const conversation = new Conversation();
    conversation.show([turn('a')]);
    const details = conversation.find('.details');
    assert.ok(details.hidden);
    conversation.view.turn('a')?.update({ ...streaming, attempts: 1 });
    drawAll();
    assert.ok(!details.hidden);
    assert.deepEqual(conversation.told, []);
    conversation.fold('.details', true);
    await Promise.resolve();
    assert.deepEqual(conversation.told, [{ type: 'details', turn: 'a' }]);
    conversation.view.turn('a')?.setAttempts([attempt]);
    drawAll();
    assert.equal(conversation.find('.attempt > h3').textContent, 'Attempt 1');
    conversation.find('.attempt .fact').click();
    const copied = { type: 'copyDetail', turn: 'a', attempt: 1, what: 'logId' };
    assert.deepEqual(conversation.last, copied);
  });

  it('are asked for again when another attempt is over, and not otherwise', () => {
    const conversation = new Conversation({ unfolded: ['a details'] });
    conversation.show([turn('a', { state: { ...streaming, attempts: 1 } })]);
    assert.equal(conversation.told.length, 1);
    conversation.view.turn('a')?.update({ ...streaming, attempts: 1, note: 'x' });
    drawAll();
    assert.equal(conversation.told.length, 1);
    conversation.view.turn('a')?.update({ ...streaming, attempts: 2 });
    drawAll();
    assert.equal(conversation.told.length, 2);
  });
});
