import assert from 'node:assert/strict';
import { claudeMessages } from '../../../../../src/core/bedrock/bodies/claudeMessages';
import { AnswerUnreadable, ErrorEvent } from '../../../../../src/core/model/errors';
import { conversation, read, single } from './conversation';

const text = (...texts: string[]) => texts.map((each) => ({ type: 'text', text: each }));
const version = { anthropic_version: 'bedrock-2023-05-31' };

describe("Claude's messages", () => {
  it('are written turn by turn, with the system prompt in a field of its own', () => {
    assert.deepEqual(claudeMessages.body(conversation, { systemPrompt: 'Be brief.' }), {
      ...version,
      system: 'Be brief.',
      messages: [
        { role: 'user', content: text('What is 2 + 2?') },
        { role: 'assistant', content: text('4.\r\n') },
        { role: 'user', content: text('$& and ', '3 + 3?') },
      ],
    });
  });

  it('hold what was set, under its own names', () => {
    const set = { temperature: 0, topP: 1, stopSequences: ['x'], maxTokens: 5, effort: 'low' } as const;
    const messages = [{ role: 'user', content: text('What is 2 + 2?') }];
    assert.deepEqual(claudeMessages.body(single, set), {
      ...{ ...version, messages, temperature: 0, top_p: 1, stop_sequences: ['x'] },
      output_config: { effort: 'low' },
    });
  });

  it('need a limit: the one that was set, or one that holds a budget for thinking', () => {
    const tokens = claudeMessages.limit!.tokens;
    const additionalFields = { thinking: { type: 'enabled', budget_tokens: 2048 } };
    assert.equal(claudeMessages.limit!.field, 'max_tokens');
    assert.equal(tokens({}), 4096);
    assert.equal(tokens({ maxTokens: 1 }), 1);
    assert.equal(tokens({ additionalFields }), 6144);
    assert.equal(tokens({ maxTokens: 3000, additionalFields }), 3000);
    assert.equal(tokens({ additionalFields: { thinking: { type: 'adaptive' } } }), 4096);
  });

  const start = {
    type: 'message_start',
    message: {
      usage: {
        input_tokens: 10,
        output_tokens: 1,
        cache_read_input_tokens: 30,
        cache_creation_input_tokens: 40,
      },
    },
  };
  const delta = (more: object) => ({ type: 'content_block_delta', index: 0, delta: more });
  const end = (stop_reason: unknown, usage: object = { output_tokens: 20 }) => ({
    type: 'message_delta',
    delta: { stop_reason },
    usage,
  });
  const stop = { type: 'message_stop' };

  it('are read as they stream: text and thinking, and nothing of what is neither', () => {
    const { parts, stopReason } = read(
      claudeMessages,
      start,
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
      delta({ type: 'thinking_delta', thinking: 'Hm' }),
      delta({ type: 'signature_delta', signature: 'abc' }),
      delta({ type: 'text_delta', text: 'Fo' }),
      delta({ type: 'input_json_delta', partial_json: '{"a":' }),
      delta({ type: 'yet_to_come', text: 'no' }),
      { type: 'yet_to_come', delta: { type: 'text_delta', text: 'no' } },
      { text: 'no' },
      delta({ type: 'text_delta', text: '' }),
      delta({ type: 'text_delta', text: 'ur' }),
      { type: 'content_block_stop', index: 0 },
      end('end_turn'),
      stop,
    );
    assert.deepEqual(parts, [
      { type: 'reasoning', text: 'Hm' },
      { type: 'blockEnd', block: 'reasoning', signature: 'abc' },
      { type: 'text', text: 'Fo' },
      { type: 'text', text: 'ur' },
    ]);
    assert.equal(stopReason, 'end_turn');
  });

  it('have not ended before message_stop, whatever was said of why they would', () => {
    assert.equal(read(claudeMessages, start, end('end_turn')).stopReason, undefined);
    for (const reason of ['max_tokens', 'stop_sequence', 'tool_use', 'refusal', 'yet_to_come'])
      assert.equal(read(claudeMessages, start, end(reason), stop).stopReason, reason);
    assert.equal(read(claudeMessages, start, end(null), stop).stopReason, '');
  });

  it('are counted cumulatively: the last count holds, the first where there is no other', () => {
    const counts = (...deltas: object[]) =>
      read(claudeMessages, start, ...deltas.map((d) => end('x', d))).usage;
    const usage = { input: 10, output: 20, cacheRead: 30, cacheWrite: 40 };
    assert.deepEqual(counts({ output_tokens: 20 }), usage);
    assert.deepEqual(counts({ output_tokens: 5 }, { output_tokens: 20 }), usage);
    assert.deepEqual(counts({ output_tokens: 20, input_tokens: 11, cache_read_input_tokens: 0 }), {
      ...usage,
      input: 11,
      cacheRead: 0,
    });
    assert.deepEqual(counts({ output_tokens: 20, input_tokens: null }), usage);
    const cache_creation = { ephemeral_1h_input_tokens: 40, ephemeral_5m_input_tokens: 0 };
    assert.deepEqual(counts({ output_tokens: 20, cache_creation }), { ...usage, cacheWrite1h: 40 });
    assert.deepEqual(counts({ output_tokens: 20, cache_creation: null }), usage);
    assert.deepEqual(counts({ output_tokens: 20, cache_creation: { ephemeral_1h_input_tokens: -1 } }), usage);
    assert.equal(read(claudeMessages, start, delta({ type: 'text_delta', text: 'x' })).usage, undefined);
  });

  it('may end in an error of their own', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const thrown = (event: object) => {
      try {
        return read(claudeMessages, start, { ...event });
      } catch (caught) {
        return caught;
      }
    };
    const found = thrown(error);
    assert.ok(found instanceof ErrorEvent);
    assert.deepEqual([found.code, found.message], ['overloaded_error', 'Overloaded']);
    assert.ok(thrown({ type: 'error' }) instanceof ErrorEvent);
    assert.throws(() => claudeMessages.parseWhole(error), ErrorEvent);
  });

  it('are read whole', () => {
    const whole = claudeMessages.parseWhole({
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 's' },
        { type: 'text', text: 'Fo' },
        { type: 'tool_use', input: {} },
        null,
        { type: 'text', text: 'ur' },
      ],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 2 },
    });
    assert.deepEqual(whole, {
      parts: [
        { type: 'reasoning', text: 'Hm' },
        { type: 'blockEnd', block: 'reasoning', signature: 's' },
        { type: 'text', text: 'Fo' },
        { type: 'blockEnd', block: 'text' },
        { type: 'text', text: 'ur' },
      ],
      stopReason: 'end_turn',
      usage: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 },
    });
    assert.equal(claudeMessages.parseWhole({ content: [], stop_reason: 'refusal' }).usage, undefined);
  });

  it('are not read out of what is none', () => {
    for (const output of [{}, { content: 'Four' }, { completion: 'x', stop_reason: 'y' }])
      assert.throws(() => claudeMessages.parseWhole(output), AnswerUnreadable);
  });
});
