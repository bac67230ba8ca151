// Conversations end: what a window keeps of them is bounded, however long it is open.
import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import { Conversations, type KeptLimits } from '../../src/conversation/conversations';
import type { ReplyEvent } from '../../src/core/model/reply';
import { textBlock } from '../../src/core/model/content';
import { type Request, frozen } from '../../src/core/model/request';
import { UnseenReplies } from '../../src/reply/unseenReplies';
import { prepared } from '../unit/asking';

const done: ReplyEvent = { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } };

describe('the conversations of a window', () => {
  let conversations: Conversations;
  /** Ends the replies that were not given at once, by the IDs of their requests. */
  let ends: Map<string, () => void>;

  const open = (limits?: KeptLimits) => {
    ends = new Map();
    async function* ask({ id, parameters }: Request): AsyncGenerator<ReplyEvent, void> {
      yield { type: 'text', text: 'A reply. ' };
      if (parameters.maxTokens === 1) await new Promise<void>((resolve) => ends.set(id, resolve));
      yield done;
    }
    const engine = () => Promise.resolve({ ask, endedLine: () => '' });
    conversations = new Conversations(engine, { info: () => undefined }, limits);
  };
  afterEach(() => {
    conversations.dispose();
  });

  const { request: sample } = prepared({ url: 'https://gateway.example/v1/account/gateway' });
  const requestIn = (conversation: string, id: string, text: string, waits = false): Request =>
    frozen({
      ...sample,
      ...{ id, conversation },
      messages: [{ role: 'user', content: [textBlock(text)] }],
      parameters: waits ? { maxTokens: 1 } : {},
    });
  const send = (name: string, text = 'A prompt.') => conversations.send(requestIn(name, name, text));
  it('are the latest: older ones are forgotten with their turns', async () => {
    open({ conversations: 3, characters: 1e6 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await send(name);
    assert.deepEqual(conversations.ids, ['c', 'd', 'e']);
    assert.deepEqual([conversations.get('b'), conversations.turn('b')], [undefined, undefined]);
    assert.equal(conversations.get('c')?.turns[0]?.reply.text, 'A reply. ');
  });

  it('are fewer where they are long, but the latest is always kept', async () => {
    open({ conversations: 100, characters: 100 });
    for (const name of ['a', 'b', 'c']) await send(name, 'x'.repeat(40));
    assert.deepEqual(conversations.ids, ['b', 'c']);
    await send('long', 'x'.repeat(1000));
    assert.deepEqual(conversations.ids, ['long']);
  });

  it('keep what somebody shows, for as long as it is shown', async () => {
    open({ conversations: 2, characters: 1e6 });
    await send('shown');
    const viewer = conversations.keepShown(() => 'shown');
    for (const name of ['a', 'b']) await send(name);
    assert.deepEqual(conversations.ids, ['shown', 'b']);
    viewer.dispose();
    await send('c');
    assert.deepEqual(conversations.ids, ['b', 'c']);
  });

  it('keep what still runs, to its end', async () => {
    open({ conversations: 1, characters: 1e6 });
    const running = conversations.send(requestIn('running', 'running', 'A prompt.', true));
    while (!ends.has('running')) await new Promise(setImmediate);
    assert.equal(conversations.latestRunning, 'running');
    await send('a');
    assert.deepEqual(conversations.ids, ['running', 'a']);
    ends.get('running')?.();
    await running;
    assert.equal(conversations.turn('running')?.reply.outcome?.kind, 'done');
    assert.equal(conversations.latestRunning, undefined);
    await send('b');
    assert.deepEqual(conversations.ids, ['b']);
  });

  it('tell the end of a reply whose conversation is removed, at once', async () => {
    open();
    const running = conversations.send(requestIn('removed', 'removed', 'A prompt.', true));
    while (!ends.has('removed')) await new Promise(setImmediate);
    const told: unknown[] = [];
    const listening = conversations.onDidChange(({ conversation, turn: { reply }, event }) =>
      told.push([conversation, event?.type, reply.outcome?.kind, reply.text, conversations.isRunning()]),
    );
    conversations.remove('removed');
    assert.deepEqual(told, [['removed', 'ended', 'stopped', 'A reply. ', false]]);
    assert.equal(conversations.get('removed'), undefined);
    ends.get('removed')?.();
    await running;
    assert.equal(told.length, 1);
    listening.dispose();
  });

  it('lead to no reply that was deleted, unseen or running', async () => {
    open();
    const removed = new EventEmitter<readonly string[]>();
    const panel = {
      isInSight: () => false,
      onDidShow: () => ({ dispose: () => undefined }),
      show: () => Promise.resolve(),
    };
    const unseen = new UnseenReplies({
      ...{ conversations, panel, onDidRemove: removed.event, labelOf: () => undefined },
    });
    const remove = (conversation: string) => {
      conversations.remove(conversation);
      removed.fire([conversation]);
    };
    await send('a');
    await send('b');
    assert.equal(unseen.latest, 'b');
    let changes = 0;
    unseen.onDidChange(() => (changes += 1));
    remove('b');
    assert.deepEqual([unseen.latest, changes], ['a', 1]);
    const running = conversations.send(requestIn('running', 'running', 'A prompt.', true));
    while (!ends.has('running')) await new Promise(setImmediate);
    conversations.remove('running');
    assert.equal(unseen.latest, 'a');
    ends.get('running')?.();
    await running;
    for (const part of [unseen, removed]) part.dispose();
  });

  it('hold the turns of each in their order, of which an event touches its own alone', async () => {
    open();
    const after = (parent: string, id: string): Request => ({ ...requestIn('one', id, id), parent });
    for (const [parent, id] of [
      ['', '1'],
      ['1', '2'],
      ['2', '3'],
    ] as const)
      await conversations.send(after(parent, id));
    const before = conversations.get('one')?.turns ?? [];
    assert.deepEqual(
      before.map(({ request }) => request.id),
      ['1', '2', '3'],
    );
    await conversations.send(after('3', '4'));
    const now = conversations.get('one')?.turns ?? [];
    before.forEach((turn, at) => assert.equal(now[at], turn));
    assert.equal(now.length, 4);
  });
});
