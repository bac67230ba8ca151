// What the model is to cache of a prompt, and when it is no longer worth it.
import assert from 'node:assert/strict';
import { type Message, type ToolConfig, textBlock } from '../../../src/core/model/content';
import type { Turn } from '../../../src/core/model/reply';
import type { Usage } from '../../../src/core/model/usage';
import { cachePointsFor, isCachingLost } from '../../../src/prompt/promptCaching';
import { prepared } from '../asking';
import { textEvent, turnIn } from '../history/turns';

const { request } = prepared({ url: 'https://gateway.example/v1/account/gateway' });
const long = 'word '.repeat(4000);
const turn = (role: Message['role'], text: string): Message => ({ role, content: [textBlock(text)] });
const result: Message = {
  role: 'user',
  content: [{ type: 'toolResult', toolUse: 't', content: [textBlock(long)] }],
};
const tools = (description: string): ToolConfig => ({
  tools: [{ name: 'read', description, inputSchema: { type: 'object' } }],
  choice: 'auto',
});

const sonnet = 'global.anthropic.claude-sonnet-5';
const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const nova = 'us.amazon.nova-pro-v1:0';

interface Input {
  readonly model?: string;
  readonly system?: string;
  readonly tools?: ToolConfig;
}

const pointsOf = (messages: readonly Message[], { model = sonnet, system, tools }: Input = {}) =>
  cachePointsFor({
    messages,
    target: { ...request.target, model },
    parameters: system === undefined ? {} : { systemPrompt: system },
    ...(tools && { tools }),
  });

describe('cache points', () => {
  const three = [turn('user', long), turn('assistant', 'Yes.'), turn('user', 'More?')];

  it('stand after the last user turn but one: the next prompt repeats that for sure', () => {
    assert.deepEqual(pointsOf(three), { messages: [0] });
    assert.deepEqual(pointsOf([...three, turn('assistant', 'No.'), turn('user', 'Why?')]), { messages: [2] });
  });

  it('stand after the tools and the system prompt too, each if it is long enough with what is before it', () => {
    assert.deepEqual(pointsOf(three, { system: long, tools: tools(long) }), {
      ...{ tools: true, system: true, messages: [0] },
    });
    assert.deepEqual(pointsOf(three, { system: 'Be brief.', tools: tools(long) }), {
      ...{ tools: true, system: true, messages: [0] },
    });
    assert.deepEqual(pointsOf(three, { system: 'Be brief.', tools: tools('Reads.') }), { messages: [0] });
    assert.deepEqual(pointsOf(three, { system: ' ', tools: tools('Reads.') }), { messages: [0] });
    // None is long enough alone, and together they are.
    const half = 'word '.repeat(500);
    const short = [turn('user', half), turn('assistant', 'Yes.'), turn('user', 'More?')];
    assert.deepEqual(pointsOf(short, { system: half, tools: tools(half) }), { system: true, messages: [0] });
    assert.deepEqual(pointsOf(short, { system: half }), { messages: [0] });
    assert.equal(pointsOf(short), undefined);
  });

  it('are not there for what the model would not cache', () => {
    const short = [turn('user', 'word '.repeat(1200)), turn('assistant', 'Yes.'), turn('user', 'More?')];
    assert.deepEqual(pointsOf(short), { messages: [0] });
    assert.equal(pointsOf(short, { model: haiku }), undefined);
    assert.deepEqual(pointsOf(three, { model: haiku }), { messages: [0] });
  });

  it('are not there for a first prompt, which may be the only one, unless it has tools', () => {
    assert.equal(pointsOf([turn('user', long)], { system: long }), undefined);
    assert.deepEqual(pointsOf([turn('user', long)], { system: long, tools: tools('Reads.') }), {
      system: true,
    });
  });

  it('stand after results of tools that have just come, too: an agent repeats them at once', () => {
    const use: Message = {
      role: 'assistant',
      content: [{ type: 'toolUse', id: 't', name: 'read', input: {} }],
    };
    const round = [turn('user', long), use, result];
    const all = { tools: true, system: true };
    assert.deepEqual(pointsOf(round, { system: long, tools: tools(long) }), { ...all, messages: [0, 2] });
    assert.deepEqual(pointsOf([...round, use, result], { system: long, tools: tools(long) }), {
      ...all,
      messages: [2, 4],
    });
    // Only together are they long enough.
    assert.deepEqual(pointsOf([turn('user', 'Read.'), use, result]), { messages: [2] });
    assert.deepEqual(pointsOf(round, { model: nova, system: long }), { system: true, messages: [0] });
  });

  it('of Nova are neither among the tools nor after a result of one', () => {
    const use: Message = {
      role: 'assistant',
      content: [{ type: 'toolUse', id: 't', name: 'read', input: {} }],
    };
    const messages = [turn('user', 'Read.'), use, result, turn('assistant', 'Yes.'), turn('user', 'More?')];
    assert.deepEqual(pointsOf(messages, { system: long, tools: tools(long) }), {
      ...{ tools: true, system: true, messages: [2] },
    });
    assert.deepEqual(pointsOf(messages, { model: nova, system: long, tools: tools(long) }), { system: true });
  });
});

describe('caching', () => {
  const counted = (
    id: string,
    cacheRead: number,
    cacheWrite: number,
    more: Partial<Turn['request']> = {},
  ) => {
    const usage: Usage = { input: 10, output: 10, cacheRead, cacheWrite };
    const { request, reply } = turnIn(
      { id },
      textEvent('Yes.'),
      { type: 'usage', usage },
      { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } },
    );
    return { request: { ...request, ...more }, reply };
  };

  it('goes on while what is written is read, and before anything could be read', () => {
    assert.equal(isCachingLost([]), false);
    assert.equal(isCachingLost([counted('a', 0, 0)]), false);
    assert.equal(isCachingLost([counted('a', 0, 0), counted('b', 0, 5000)]), false);
    assert.equal(isCachingLost([counted('b', 0, 5000), counted('c', 5000, 300)]), false);
  });

  it('ends in a conversation whose writes nobody reads', () => {
    assert.equal(isCachingLost([counted('b', 0, 5000), counted('c', 0, 5300)]), true);
    // And stays so: nothing is written any more.
    assert.equal(isCachingLost([counted('b', 0, 5000), counted('c', 0, 5300), counted('d', 0, 0)]), true);
  });

  it('goes on if one of many writes was not read', () => {
    const turns = [
      counted('a', 0, 5000),
      counted('b', 5000, 200),
      counted('c', 0, 5400),
      counted('d', 0, 5600),
    ];
    assert.equal(isCachingLost(turns), false);
  });

  it('does not count what a taken over turn has read and written elsewhere', () => {
    const copied = { copied: true } as const;
    assert.equal(isCachingLost([counted('b', 0, 5000, copied), counted('c', 0, 5300, copied)]), false);
  });
});
