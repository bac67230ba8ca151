// What a follow-up repeats: models refuse messages whose roles do not alternate.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { earlierMessages } from '../../../src/conversation/followUp';
import { ConversationTree } from '../../../src/conversation/tree';
import { isBlank } from '../../../src/core/model/blank';
import { failure } from '../../../src/core/model/failure';
import { withReasoningOf } from '../../../src/core/bedrock/reasoning';
import type { Outcome, ReplyEvent, Turn } from '../../../src/core/model/reply';
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

  describe('of a model that thinks', () => {
    const done: Outcome = { kind: 'done', stopReason: 'end_turn' };
    const thoughtful = (
      id: string,
      more: Partial<Turn['request']> = {},
      ...events: readonly ReplyEvent[]
    ): Turn => {
      const { request, reply } = turnIn(
        { id, prompt: `Prompt ${id}` },
        ...events,
        { type: 'reasoning', text: `Hm ${id}` },
        { type: 'blockEnd', block: 'reasoning', signature: `s ${id}` },
        textEvent(id),
        { type: 'ended', outcome: done },
      );
      return { request: { ...request, ...more }, reply };
    };
    const kinds = (turns: readonly Turn[]) =>
      earlierMessages(turns).map(({ content }) => content.map(({ type }) => type).join(' '));

    it('have its thinking as it was, with the name of the model', () => {
      const [, reply] = earlierMessages([thoughtful('a')]);
      const { model } = thoughtful('a').request.target;
      assert.deepEqual(reply?.content, [
        { type: 'reasoning', text: 'Hm a', signature: 's a', model },
        { type: 'text', text: 'a' },
      ]);
    });

    it('have all of it or none: not if a turn was taken over, or was refused with it', () => {
      const withAll = ['text', 'reasoning text', 'text', 'reasoning text'];
      const withNone = ['text', 'text', 'text', 'text'];
      const refused = {
        type: 'attempt',
        number: 2,
        operation: 'converse',
        because: 'reasoningDropped',
      } as const;
      assert.deepEqual(kinds([thoughtful('a'), thoughtful('b')]), withAll);
      assert.deepEqual(kinds([thoughtful('a', { copied: true }), thoughtful('b')]), withNone);
      assert.deepEqual(kinds([thoughtful('a'), thoughtful('b', {}, refused)]), withNone);
      const failedTurn = turnWith('x', '', { kind: 'failed', failure: failed });
      // It is left out, and so it was when the model thought about what came after it.
      assert.deepEqual(kinds([thoughtful('a'), failedTurn, thoughtful('b')]), withAll);
    });

    it('lack thinking that no signature proves, and tools that nobody has answered', () => {
      const turn = turnIn(
        { id: 'a', prompt: 'A' },
        { type: 'reasoning', text: 'Hm' },
        { type: 'blockEnd', block: 'reasoning' },
        textEvent('I look.'),
        { type: 'toolUse', id: 't', name: 'read', input: {} },
        { type: 'ended', outcome: { kind: 'done', stopReason: 'tool_use' } },
      );
      assert.deepEqual(kinds([turn]), ['text', 'text']);
    });

    it('lack it for another model, but not for the same one in another geography', () => {
      const messages = earlierMessages([thoughtful('a')]);
      const base = thoughtful('a').request.target.model;
      const has = (model: string) =>
        withReasoningOf(model, messages).some(({ content }) =>
          content.some(({ type }) => type === 'reasoning'),
        );
      assert.deepEqual(
        [
          `eu.${base}`,
          base,
          `${base}-x`,
          'anthropic.claude-opus-5',
          'arn:aws:bedrock:us-east-1:1:application-inference-profile/x',
        ].map(has),
        [true, true, false, false, false],
      );
    });
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
