// What a follow-up repeats: models refuse messages whose roles do not alternate.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { earlierMessages } from '../../../src/conversation/followUp';
import { ConversationTree } from '../../../src/conversation/tree';
import { isBlank } from '../../../src/core/model/blank';
import { failure } from '../../../src/core/model/failure';
import type { Outcome, Turn } from '../../../src/core/model/reply';
import { textOf } from '../../../src/core/model/content';
import { textEvent, turnIn } from '../history/turns';

const failed = failure('windowClosed');
const outcomes: readonly (Outcome | undefined)[] = [
  { kind: 'done', stopReason: 'end_turn' },
  { kind: 'stopped' },
  ...(['cut', 'blocked', 'failed'] as const).map((kind) => ({ kind, failure: failed })),
  undefined,
];

const turnWith = (id: string, text: string, outcome: Outcome | undefined, parent?: string): Turn =>
  turnIn(
    { id, parent, prompt: `Prompt ${id}` },
    textEvent(text),
    ...(outcome ? [{ type: 'ended' as const, outcome }] : []),
  );

const sent = (turns: readonly Turn[]) =>
  earlierMessages(turns).map((message) => `${message.role}: ${textOf(message)}`);

describe('the earlier messages of a follow-up', () => {
  it('are prompts with their replies, also with one that was stopped or cut', () => {
    const turns = [
      turnWith('a', 'A', { kind: 'done', stopReason: 'end_turn' }),
      turnWith('b', 'B', { kind: 'stopped' }),
      turnWith('c', 'C', { kind: 'cut', failure: failed }),
    ];
    assert.deepEqual(sent(turns), [
      ...['user: Prompt a', 'assistant: A', 'user: Prompt b', 'assistant: B'],
      ...['user: Prompt c', 'assistant: C'],
    ]);
  });

  it('lack a prompt without a reply, and one that was blocked', () => {
    const turns = [
      turnWith('a', '', { kind: 'failed', failure: failed }),
      turnWith('b', ' \n', { kind: 'done', stopReason: 'end_turn' }),
      turnWith('c', 'Blocked', { kind: 'blocked', failure: failed }),
      turnWith('d', 'D', { kind: 'done', stopReason: 'end_turn' }),
    ];
    assert.deepEqual(sent(turns), ['user: Prompt d', 'assistant: D']);
  });

  it('lack what a request repeated itself: its last prompt alone counts', () => {
    const turn = turnWith('b', 'B', { kind: 'stopped' });
    const repeated = { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'Earlier' }] };
    const request = { ...turn.request, messages: [repeated, ...turn.request.messages] };
    assert.deepEqual(sent([{ ...turn, request }]), ['user: Prompt b', 'assistant: B']);
  });

  it('begin with the user and alternate, whatever the tree and the outcomes are', () => {
    const step = fc.record({
      parent: fc.nat(30),
      text: fc.constantFrom('', ' ', '\u200b', 'text', '日本語'),
      outcome: fc.constantFrom(...outcomes),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        const tree = new ConversationTree();
        steps.forEach(({ parent, text, outcome }, index) => {
          // Of itself, of one before it, or of one that does not exist.
          tree.put(turnWith(String(index), text, outcome, String(parent % (index + 2))));
        });
        for (const { request } of tree.turns) {
          const turn = tree.get(request.id);
          const messages = earlierMessages([...tree.before(request.id), ...(turn ? [turn] : [])]);
          messages.forEach(({ role }, at) => assert.equal(role, at % 2 === 0 ? 'user' : 'assistant'));
          assert.equal(messages.length % 2, 0);
          assert.ok(messages.every((message) => !isBlank(textOf(message))));
        }
      }),
    );
  });
});
