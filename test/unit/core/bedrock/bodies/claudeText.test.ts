import assert from 'node:assert/strict';
import { claudeText } from '../../../../../src/core/bedrock/bodies/claudeText';
import { AnswerUnreadable } from '../../../../../src/core/model/errors';
import { conversation, read, single } from './conversation';

const human = '\n\nHuman:';

describe("Claude's completion", () => {
  it('is asked for by one text of alternating turns', () => {
    assert.deepEqual(claudeText.body(conversation, {}), {
      prompt: '\n\nHuman: What is 2 + 2?\n\nAssistant: 4.\r\n\n\nHuman: $& and 3 + 3?\n\nAssistant:',
      stop_sequences: [human],
    });
  });

  it('has the system prompt at the beginning of the first turn', () => {
    const { prompt } = claudeText.body(conversation, { systemPrompt: 'Be brief.' });
    assert.equal(
      prompt,
      '\n\nHuman: Be brief.\n\nWhat is 2 + 2?\n\nAssistant: 4.\r\n\n\nHuman: $& and 3 + 3?\n\nAssistant:',
    );
  });

  it('is asked for with what was set, and always with the stop sequence that it needs', () => {
    const prompt = '\n\nHuman: What is 2 + 2?\n\nAssistant:';
    assert.deepEqual(claudeText.body(single, { temperature: 0, topP: 1, stopSequences: ['x', human] }), {
      prompt,
      temperature: 0,
      top_p: 1,
      stop_sequences: [human, 'x'],
    });
    assert.deepEqual(claudeText.limit!.field, 'max_tokens_to_sample');
    assert.deepEqual([{}, { maxTokens: 7 }].map(claudeText.limit!.tokens), [4096, 7]);
  });

  const chunk = (completion: unknown, stop_reason: unknown = null, stop: unknown = null) => ({
    completion,
    stop_reason,
    stop,
  });

  it('is read as it streams, until a chunk says why it stopped', () => {
    const { parts, stopReason, usage } = read(claudeText, chunk(' Fo'), chunk('ur'), {}, chunk(''), chunk(1));
    assert.deepEqual(parts, [
      { type: 'text', text: ' Fo' },
      { type: 'text', text: 'ur' },
    ]);
    assert.deepEqual([stopReason, usage], [undefined, undefined]);
    assert.equal(read(claudeText, chunk('x', 'max_tokens')).stopReason, 'max_tokens');
    assert.deepEqual(read(claudeText, chunk('x', 'max_tokens')).parts, [{ type: 'text', text: 'x' }]);
  });

  it('ends by itself at the next question, or at a stop sequence of the user', () => {
    const reasons = [human, null, undefined, 'END'].map(
      (stop) => claudeText.parseWhole(chunk('x', 'stop_sequence', stop)).stopReason,
    );
    assert.deepEqual(reasons, ['end_turn', 'end_turn', 'end_turn', 'stop_sequence']);
  });

  it('is read whole, and not out of what is none', () => {
    const parts = [{ type: 'text', text: ' Four' }];
    assert.deepEqual(claudeText.parseWhole(chunk(' Four', 'max_tokens')), {
      parts,
      stopReason: 'max_tokens',
    });
    assert.deepEqual(claudeText.parseWhole(chunk('', 'max_tokens')).parts, []);
    for (const output of [{}, chunk(1), { stop_reason: 'max_tokens' }])
      assert.throws(() => claudeText.parseWhole(output), AnswerUnreadable);
  });
});
