// Messages of VS Code Chat, of whatever order and content, as those that Bedrock accepts.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ChatMessage, chatPrompt } from '../../../src/chat/messages';
import { isBlank } from '../../../src/core/model/blank';
import type { Message } from '../../../src/core/model/request';

const message = (role: ChatMessage['role'], ...texts: string[]): ChatMessage => ({
  role,
  parts: texts.map((text) => ({ type: 'text', text })),
});
const texts = ({ content }: Message) => content.map(({ text }) => text);

/** Texts that somebody may send: blank ones, lone surrogates, and sentences. */
const someText = fc.oneof(
  fc.constantFrom('', ' ', '\n\t', '\u200b', '\ud800', 'a', '日本語'),
  fc.string({ unit: 'binary' }),
);
const someMessages = fc.array(
  fc
    .tuple(fc.constantFrom<ChatMessage['role']>('user', 'assistant', 'system'), fc.array(someText))
    .map(([role, parts]) => message(role, ...parts)),
);

describe('messages of VS Code Chat', () => {
  it('become one system prompt and messages in turn', () => {
    const { system, messages } = chatPrompt([
      message('system', 'Be brief.'),
      message('user', 'Where am I?'),
      message('user', ' ', 'In which file?'),
      message('assistant', 'In main.ts.'),
      message('system', 'Now be long.'),
      message('user', 'Go on.'),
    ]);
    assert.equal(system, 'Be brief.\n\nNow be long.');
    assert.deepEqual(
      messages.map((each) => [each.role, ...texts(each)]),
      [
        ['user', 'Where am I?', 'In which file?'],
        ['assistant', 'In main.ts.'],
        ['user', 'Go on.'],
      ],
    );
  });

  it('begin with the user, even if Chat has left out the beginning', () => {
    const { messages } = chatPrompt([message('assistant', 'As I said'), message('user', 'What?')]);
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
  });

  it('always have the form that Bedrock accepts, and lose nothing', () => {
    fc.assert(
      fc.property(someMessages, (given) => {
        const { system, messages } = chatPrompt(given);
        messages.forEach(({ role, content }, index) => {
          assert.equal(role, index % 2 === 0 ? 'user' : 'assistant');
          assert.ok(content.length > 0);
          assert.ok(content.every(({ text }) => !isBlank(text) && text.isWellFormed()));
        });
        const sent = (isMeant: (each: ChatMessage) => boolean) =>
          given
            .filter(isMeant)
            .flatMap(({ parts }) => parts.map(({ text }) => text))
            .filter((text) => !isBlank(text))
            .map((text) => text.toWellFormed());
        const received = messages.flatMap(texts);
        const expected = sent(({ role }) => role !== 'system');
        assert.deepEqual(received.slice(received.length - expected.length), expected);
        assert.equal(
          system.replaceAll('\n\n', ''),
          sent(({ role }) => role === 'system')
            .join('')
            .replaceAll('\n\n', ''),
        );
      }),
    );
  });
});
