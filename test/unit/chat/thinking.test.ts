import assert from 'node:assert/strict';
import { ThinkingMemory } from '../../../src/chat/thinking';
import { type ContentBlock, type Message, textBlock } from '../../../src/core/model/content';

const model = 'us.anthropic.claude-sonnet-5-5';
const thought = (text: string): ContentBlock => ({ type: 'reasoning', text, signature: `of ${text}` });
const use = (id: string): ContentBlock => ({ type: 'toolUse', id, name: 'read_file', input: {} });
const result = (id: string): ContentBlock => ({ type: 'toolResult', toolUse: id, content: [textBlock('x')] });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentBlock[]): Message => ({ role: 'assistant', content });

const first = [thought('one'), textBlock('I read it.'), use('a')];
const second = [thought('two'), textBlock('Done.')];
/** As VS Code gives it back. */
const chat = [
  user(textBlock('Read it')),
  assistant(textBlock('I read it.'), use('a')),
  user(result('a')),
  assistant(textBlock('Done.')),
  user(textBlock('Again')),
];
const thoughtsIn = (messages: readonly Message[]) =>
  messages.flatMap(({ content }) =>
    content.flatMap((block) => (block.type === 'reasoning' ? [block.text] : [])),
  );

/** What was asked before each of the two replies. */
const asked = [{ messages: chat.slice(0, 1) }, { messages: chat.slice(0, 3) }] as const;

describe('what models thought in VS Code Chat', () => {
  for (const needsAll of [true, false])
    it(`goes back where it was${needsAll ? ', if the model needs all of it' : ''}`, () => {
      const memory = new ThinkingMemory();
      memory.remember(model, first, asked[0]);
      memory.remember(model, second, asked[1]);
      const restored = memory.restore({ messages: chat }, { needsAll });
      assert.deepEqual(restored[1]!.content, [{ ...first[0], model }, ...first.slice(1)]);
      assert.deepEqual(thoughtsIn(restored), ['one', 'two']);
    });

  it('is dropped whole if some is not remembered, and the model needs all of it', () => {
    const memory = new ThinkingMemory();
    memory.remember(model, second, asked[1]);
    assert.deepEqual(thoughtsIn(memory.restore({ messages: chat }, { needsAll: true })), []);
    assert.deepEqual(thoughtsIn(memory.restore({ messages: chat }, { needsAll: false })), ['two']);
  });

  it('does not go back without a proof that the model thought it', () => {
    const memory = new ThinkingMemory();
    memory.remember(model, [{ type: 'reasoning', text: 'unsigned' }, ...second], asked[1]);
    assert.deepEqual(thoughtsIn(memory.restore({ messages: chat }, { needsAll: false })), ['two']);
  });

  it('is forgotten once the model has refused it', () => {
    const memory = new ThinkingMemory();
    memory.remember(model, first, asked[0]);
    memory.remember(model, second, asked[1]);
    memory.forget({ messages: chat });
    assert.deepEqual(memory.restore({ messages: chat }, { needsAll: false }), chat);
  });

  it('is found though white space differs, and not for another reply', () => {
    const memory = new ThinkingMemory();
    memory.remember(model, second, asked[0]);
    const restored = (text: string, before = 'Read it', initiator?: string) =>
      thoughtsIn(
        memory.restore(
          {
            messages: [user(textBlock(before)), assistant(textBlock(text)), user(textBlock('Again'))],
            ...(initiator !== undefined && { initiator }),
          },
          { needsAll: false },
        ),
      );
    assert.deepEqual(restored('\nDone.\n', 'Read  it'), ['two']);
    assert.deepEqual(restored('Not done.'), []);
    assert.deepEqual(restored('Done.', 'Write it'), []);
    assert.deepEqual(restored('Done.', 'Read it', 'some.extension'), []);
  });

  it('is found by the ID of a use of a tool alone, which the model has made', () => {
    const memory = new ThinkingMemory();
    memory.remember(model, first, asked[0]);
    const later = [user(textBlock('Summary: …')), ...chat.slice(1, 3)];
    assert.deepEqual(thoughtsIn(memory.restore({ messages: later }, { needsAll: false })), ['one']);
  });
});
