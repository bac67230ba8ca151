// The host half of the composer: where a typed prompt goes.
import assert from 'node:assert/strict';
import { promptOf } from '../../src/core/model/request';
import { emptyDraft } from '../../src/history/draft';
import { Scene } from './composerScene';

describe('a typed prompt', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());

  it('that is queued while questions about the one before are open follows that one', async () => {
    scene.asks = true;
    const first = scene.submit('First.');
    await scene.submit('Second.');
    assert.deepEqual(scene.queued, ['Second.']);
    await scene.answer(true);
    await first;
    assert.deepEqual(scene.sent, ['First.']);
    await scene.end('First.');
    await scene.answer(true);
    assert.deepEqual(scene.sent, ['First.', 'Second.']);
    assert.equal(scene.requests[1]?.parent, scene.requests[0]?.id);
    assert.deepEqual(scene.queued, []);
  });
});

describe('a question about a prompt', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
    scene.asks = true;
  });
  afterEach(() => scene.dispose());
  const asked = (conversation = 'one') =>
    scene.questions.of(conversation).map(({ prompt, text, buttons }) => [prompt.text, text, ...buttons]);

  it('is asked next to its conversation, and says which prompt it is about', async () => {
    const sending = scene.submit('First.');
    assert.deepEqual(asked(), [['First.', 'Send it?', 'Send', 'Cancel']]);
    assert.deepEqual(asked('another'), []);
    await scene.answer(true);
    await sending;
    assert.deepEqual([scene.sent, asked()], [['First.'], []]);
  });

  it('that is answered twice counts once', async () => {
    const sending = scene.submit('First.');
    const { id = '' } = scene.questions.of('one')[0] ?? {};
    scene.questions.answer(id, 0);
    scene.questions.answer(id, 1);
    await sending;
    assert.deepEqual([scene.sent, scene.draft.text], [['First.'], '']);
  });

  it('holds up what is typed after it, which waits for the user if the prompt is not sent', async () => {
    const sending = scene.submit('First.');
    await scene.submit('Second.');
    const awaited = () =>
      scene.composer.queue.of('one').map((prompt) => scene.composer.queue.awaitedBy(prompt));
    assert.deepEqual(awaited(), ['prompt']);
    await scene.answer(false);
    await sending;
    assert.deepEqual([awaited(), scene.held, scene.draft.text], [['userAfterPrompt'], ['Second.'], 'First.']);
  });

  it('that is not sent when its turn has come is not said to wait for a reply that failed', async () => {
    scene.asks = false;
    await scene.submit('First.');
    await scene.submit('Second.');
    scene.asks = true;
    await scene.end('First.');
    await scene.answer(false);
    const [second] = scene.composer.queue.of('one');
    assert.equal(second && scene.composer.queue.awaitedBy(second), 'user');
  });

  it('is not opened once its conversation is deleted', async () => {
    const ask = scene.questions.askerFor('one', { text: 'First.', attachments: [] }, () => false);
    assert.equal(await ask('Send it?', 'Send'), undefined);
    assert.deepEqual(asked(), []);
  });

  it('ends with its conversation, which does not come back', async () => {
    const sending = scene.submit('First.');
    await scene.drafts.forget(['one']);
    scene.questions.forget(['one']);
    await sending;
    assert.deepEqual([scene.sent, scene.draft, asked()], [[], emptyDraft, []]);
  });

  it('cannot send a prompt whose conversation is deleted', async () => {
    const sending = scene.submit('First.');
    await scene.drafts.forget(['one']);
    await scene.answer(true);
    await sending;
    assert.deepEqual([scene.sent, scene.draft], [[], emptyDraft]);
  });
});

describe('a queued prompt', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());

  it('is sent when the reply before it has ended, one after the other', async () => {
    for (const text of ['First.', 'Second.', 'Third.']) await scene.submit(text);
    assert.deepEqual([scene.sent, scene.queued, scene.held], [['First.'], ['Second.', 'Third.'], []]);
    await scene.end('First.');
    assert.deepEqual([scene.sent, scene.queued, scene.held], [['First.', 'Second.'], ['Third.'], []]);
    await scene.end('Second.');
    await scene.end('Third.');
    assert.deepEqual(scene.shown, ['First.', 'Second.', 'Third.']);
    assert.deepEqual(scene.queued, []);
  });

  it('waits for the user once the reply before it has failed, whatever else is answered', async () => {
    for (const text of ['First.', 'Second.', 'Third.']) await scene.submit(text);
    await scene.end('First.', 'stopped');
    assert.deepEqual(scene.held, ['Second.', 'Third.']);
    await scene.submit('Instead.');
    await scene.submit('After it.');
    assert.deepEqual(scene.held, ['Second.', 'Third.']);
    await scene.end('Instead.');
    await scene.end('After it.');
    assert.deepEqual(scene.sent, ['First.', 'Instead.', 'After it.']);
    await scene.sendNow('Third.');
    await scene.end('Third.');
    assert.deepEqual([scene.sent.at(-1), scene.held], ['Third.', ['Second.']]);
  });

  it('waits for the user after the window was reloaded in the middle of the reply', async () => {
    await scene.submit('First.');
    await scene.end('First.', 'stopped');
    const { id: after } = scene.turn('First.').request;
    scene.drafts.update('one', { queue: [{ id: 'q', text: 'Queued.', attachments: [], after }] });
    assert.deepEqual(scene.held, ['Queued.']);
    await scene.submit('Second.');
    await scene.end('Second.');
    assert.deepEqual([scene.sent, scene.held], [['First.', 'Second.'], ['Queued.']]);
  });

  it('that the user sends while a reply is running waits for that one', async () => {
    await scene.submit('First.');
    await scene.submit('Second.');
    await scene.end('First.', 'stopped');
    await scene.submit('Instead.');
    await scene.sendNow('Second.');
    assert.deepEqual([scene.sent, scene.queued, scene.held], [['First.', 'Instead.'], ['Second.'], []]);
    await scene.end('Instead.');
    assert.deepEqual(scene.shown, ['First.', 'Instead.', 'Second.']);
  });

  it('is in the draft until it is sent, and is not sent twice', async () => {
    await scene.submit('First.');
    await scene.submit('Second.');
    await scene.submit('Third.');
    scene.asks = true;
    await scene.end('First.');
    const [second] = scene.draft.queue;
    assert.deepEqual([second?.text, scene.queued, scene.held], ['Second.', ['Third.'], []]);
    await scene.sendNow('Second.');
    assert.equal(scene.composer.queue.take('one', second?.id ?? ''), undefined);
    await scene.answer(false);
    assert.deepEqual([scene.questions.of('one').length, scene.held], [0, ['Second.', 'Third.']]);
    const sending = scene.sendNow('Second.');
    await scene.sendNow('Second.');
    await scene.answer(true);
    await sending;
    await scene.end('Second.');
    assert.deepEqual(
      [scene.sent, scene.held, scene.questions.of('one').length],
      [['First.', 'Second.'], ['Third.'], 0],
    );
  });
});

describe('a queued prompt of a conversation with branches', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());
  const askOther = (prompt: string, model: string) => scene.composer.resend(scene.turn(prompt), { model });
  const branchOf = (prompt: string) => {
    const { request } = scene.turn(prompt);
    const turns = [...scene.conversations.before(request.id), scene.turn(prompt)];
    return turns.map((turn) => `${promptOf(turn.request)} ${turn.request.target.model}`);
  };

  it('goes where the user sees it when it is sent by hand', async () => {
    await scene.submit('First.');
    await scene.submit('Queued.');
    await scene.end('First.', 'stopped');
    await askOther('First.', 'B');
    await scene.end('First.');
    await scene.sendNow('Queued.');
    assert.deepEqual(scene.shown, ['First.', 'Queued.']);
    assert.deepEqual(branchOf('Queued.'), ['First. B', 'Queued. B']);
    assert.deepEqual(
      scene.requests.at(-1)?.messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
  });

  it('goes where it was typed, to the model there, when it goes by itself', async () => {
    await scene.submit('First.');
    const first = scene.turn('First.').request.id;
    await scene.submit('In A.');
    await askOther('First.', 'B');
    await scene.submit('In B.');
    const goesToShown = () =>
      scene.composer.queue.of('one').map((prompt) => scene.composer.queue.goesToShownBranch(prompt));
    assert.deepEqual(
      [scene.queued, goesToShown()],
      [
        ['In A.', 'In B.'],
        [false, true],
      ],
    );
    await scene.endRequest(first);
    assert.deepEqual(scene.queued, ['In B.']);
    assert.deepEqual(branchOf('In A.'), ['First. A', 'In A. A']);
    assert.deepEqual([scene.shown, scene.model], [['First.'], 'B']);
    await scene.end('First.');
    assert.deepEqual(branchOf('In B.'), ['First. B', 'In B. B']);
    assert.deepEqual(scene.shown, ['First.', 'In B.']);
  });

  it('keeps the model that was chosen when it was typed', async () => {
    await scene.submit('First.');
    const first = scene.turn('First.').request.id;
    scene.drafts.update('one', { model: 'C' });
    await scene.submit('In C.');
    await askOther('First.', 'B');
    await scene.endRequest(first);
    assert.deepEqual(branchOf('In C.'), ['First. A', 'In C. C']);
    // It was sent where nobody looks, so the choice holds for what is typed here.
    assert.equal(scene.model, 'C');
  });

  it('does not make a prompt wait that is typed in another branch', async () => {
    await scene.submit('First.');
    const first = scene.turn('First.').request.id;
    await scene.submit('In A.');
    await askOther('First.', 'B');
    await scene.end('First.');
    scene.asks = true;
    await scene.endRequest(first);
    const sending = scene.submit('In B.');
    assert.equal(scene.draft.outgoing?.[0]?.text, 'In B.');
    await scene.answer(true);
    await scene.answer(true);
    await sending;
    assert.deepEqual([branchOf('In A.')[0], branchOf('In B.')[0]], ['First. A', 'First. B']);
    assert.deepEqual([scene.queued, scene.draft.outgoing], [[], undefined]);
  });

  it('shows its branch if another was shown while questions about it were open', async () => {
    await scene.submit('First.');
    await scene.end('First.');
    const first = scene.turn('First.').request.id;
    await askOther('First.', 'B');
    await scene.end('First.');
    scene.asks = true;
    const sending = scene.submit('In B.');
    scene.conversations.showVersion(first);
    await scene.answer(true);
    await sending;
    assert.deepEqual(scene.shown, ['First.', 'In B.']);
    assert.deepEqual(branchOf('In B.'), ['First. B', 'In B. B']);
  });
});

describe('the edit of an earlier prompt', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = new Scene();
    for (const text of ['First.', 'Second.']) {
      await scene.submit(text);
      await scene.end(text);
    }
  });
  afterEach(() => scene.dispose());
  const attached = { id: 'x', name: 'main.ts:1', text: '```\ncode\n```', sources: [] };
  const type = (text: string) => scene.drafts.update('one', { text });
  const edit = (prompt: string, text = prompt) =>
    scene.handle({
      type: 'editPrompt',
      ...{ turn: scene.turn(prompt).request.id, text, before: scene.draft.text },
    });
  const cancel = () => scene.handle({ type: 'cancelEdit', conversation: 'one' });
  const typed = () => [scene.draft.text, scene.draft.attachments.length];

  it('leaves what was typed and attached before as it was, sent or not', async () => {
    scene.drafts.update('one', { text: 'Typed.', attachments: [attached] });
    await edit('First.');
    assert.deepEqual(typed(), ['First.', 0]);
    await cancel();
    assert.deepEqual(typed(), ['Typed.', 1]);
    await edit('First.');
    scene.drafts.update('one', { attachments: [{ ...attached, id: 'y' }] });
    await scene.submit('First, edited.');
    assert.deepEqual(typed(), ['Typed.', 1]);
    assert.deepEqual(scene.draft.attachments, [attached]);
    assert.equal(scene.sent.at(-1)?.match(/code/g)?.length, 1);
    assert.deepEqual(scene.shown.length, 1);
  });

  it('is kept when another begins, or when it is cancelled', async () => {
    type('Typed.');
    await edit('First.');
    type('First, edited.');
    await edit('Second.');
    type('Second, edited.');
    await edit('First.', 'First, edited.');
    await cancel();
    assert.equal(scene.draft.text, 'Typed.');
    const kept = scene.draft.rewrites?.map(({ turn, text }) => [turn, text]);
    const id = (prompt: string) => scene.turn(prompt).request.id;
    assert.deepEqual(
      new Map(kept as [string, string][]),
      new Map([
        [id('First.'), 'First, edited.'],
        [id('Second.'), 'Second, edited.'],
      ]),
    );
    await edit('Second.', 'Second, edited.');
    await scene.submit('Second, edited.');
    assert.equal(scene.draft.text, 'Typed.');
    assert.deepEqual(
      scene.draft.rewrites?.map(({ text }) => text),
      ['First, edited.'],
    );
  });

  it('is edited again if it is not sent, with what was typed before as it was', async () => {
    scene.asks = true;
    type('Typed.');
    await edit('First.');
    const sending = scene.submit('First, edited.');
    assert.deepEqual([scene.draft.text, scene.draft.outgoing?.[0]?.text], ['Typed.', 'First, edited.']);
    await scene.answer(false);
    await sending;
    assert.deepEqual([scene.draft.text, scene.draft.outgoing], ['First, edited.', undefined]);
    await cancel();
    assert.equal(scene.draft.text, 'Typed.');
  });

  it('is in the draft while it is about to be sent, and so is a prompt that was sent before it', async () => {
    scene.asks = true;
    const sending = scene.submit('Third.');
    await edit('First.');
    const editing = scene.submit('First, edited.');
    const outgoing = () => scene.draft.outgoing?.map(({ text }) => text);
    assert.deepEqual(outgoing(), ['Third.', 'First, edited.']);
    await scene.answer(true);
    assert.deepEqual(outgoing(), ['First, edited.']);
    await scene.answer(true);
    await Promise.all([sending, editing]);
    assert.equal(outgoing(), undefined);
  });
});

describe('the model that was chosen in a conversation', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());
  const choose = (model: string) => scene.drafts.update('one', { model });
  const models = () => scene.requests.map((request) => request.target.model);

  it('stays when its prompt fails', async () => {
    await scene.submit('First.');
    await scene.end('First.');
    choose('B');
    await scene.submit('Second.');
    assert.equal(scene.draft.model, undefined);
    await scene.end('Second.', 'stopped');
    assert.equal(scene.model, 'B');
    await scene.submit('Third.');
    await scene.end('Third.', 'stopped');
    assert.deepEqual([scene.model, ...models()], ['B', 'A', 'B', 'B']);
  });

  it('is asked again when its first prompt is sent again, or edited', async () => {
    choose('B');
    await scene.submit('First.');
    await scene.end('First.', 'stopped');
    assert.equal(scene.model, 'B');
    await scene.composer.resend(scene.turn('First.'));
    await scene.end('First.', 'stopped');
    scene.drafts.update('one', { editing: { turn: scene.turn('First.').request.id, before: '' } });
    await scene.submit('First, edited.');
    await scene.end('First, edited.', 'stopped');
    assert.deepEqual([scene.model, ...models()], ['B', 'B', 'B', 'B']);
  });

  it('is not the one that the settings chose and that failed', async () => {
    await scene.submit('First.');
    await scene.end('First.', 'stopped');
    scene.settingsModel = 'C';
    assert.equal(scene.model, undefined);
    await scene.composer.resend(scene.turn('First.'));
    await scene.end('First.');
    scene.settingsModel = 'D';
    assert.deepEqual([scene.model, ...models()], ['C', 'A', 'C']);
  });

  it('is the one that was chosen while questions about a prompt with another were open', async () => {
    choose('B');
    scene.asks = true;
    const sending = scene.submit('First.');
    choose('C');
    await scene.answer(true);
    await sending;
    assert.deepEqual([scene.model, ...models()], ['C', 'B']);
  });
});
