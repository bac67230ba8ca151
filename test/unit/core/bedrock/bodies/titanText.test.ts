import assert from 'node:assert/strict';
import { titanText } from '../../../../../src/core/bedrock/bodies/titanText';
import { AnswerUnreadable } from '../../../../../src/core/model/errors';
import { conversation, read, single } from './conversation';

const reasons: Readonly<Record<string, string>> = {
  FINISHED: 'end_turn',
  FINISH: 'end_turn',
  LENGTH: 'max_tokens',
  STOP_CRITERIA_MET: 'stop_sequence',
  CONTENT_FILTERED: 'content_filtered',
  RAG_QUERY_WHEN_RAG_DISABLED: 'RAG_QUERY_WHEN_RAG_DISABLED',
};

describe("Titan's text", () => {
  it('is asked for as a conversation, the system prompt before it', () => {
    const turns = 'User: What is 2 + 2?\nBot: 4.\r\n\nUser: $& and 3 + 3?\nBot:';
    assert.deepEqual(titanText.body(conversation, {}), { inputText: turns });
    assert.deepEqual(titanText.body(conversation, { systemPrompt: 'Be brief.' }), {
      inputText: `Be brief.\n\n${turns}`,
    });
  });

  it('is asked for with what was set, and needs no limit', () => {
    const inputText = 'User: What is 2 + 2?\nBot:';
    const set = { maxTokens: 7, temperature: 0, topP: 1, stopSequences: ['User:'] };
    assert.deepEqual(titanText.body(single, set), {
      inputText,
      textGenerationConfig: { maxTokenCount: 7, temperature: 0, topP: 1, stopSequences: ['User:'] },
    });
    assert.deepEqual(titanText.body(single, { topP: 0 }), { inputText, textGenerationConfig: { topP: 0 } });
    assert.equal(titanText.limit, undefined);
  });

  it('is read as it streams, its counts from whichever chunks tell them', () => {
    const chunks = [
      { outputText: '\nFo', completionReason: null, inputTextTokenCount: 3, totalOutputTextTokenCount: null },
      { outputText: 'ur', completionReason: null, inputTextTokenCount: null, totalOutputTextTokenCount: 5 },
    ];
    const running = read(titanText, ...chunks, {}, { outputText: '' });
    assert.deepEqual(running.parts, [
      { type: 'text', text: '\nFo' },
      { type: 'text', text: 'ur' },
    ]);
    assert.equal(running.stopReason, undefined);
    const { stopReason, usage } = read(titanText, ...chunks, { completionReason: 'FINISH' });
    assert.equal(stopReason, 'end_turn');
    assert.deepEqual(usage, { input: 3, output: 5, cacheRead: 0, cacheWrite: 0 });
    assert.equal(read(titanText, chunks[0]!).usage, undefined);
  });

  for (const [reason, stopReason] of Object.entries(reasons)) {
    it(`ends in ${reason}: ${stopReason}`, () => {
      assert.equal(read(titanText, { outputText: 'x', completionReason: reason }).stopReason, stopReason);
      const results = [{ outputText: 'x', completionReason: reason, tokenCount: 2 }];
      assert.deepEqual(titanText.parseWhole({ inputTextTokenCount: 1, results }), {
        parts: [{ type: 'text', text: 'x' }],
        stopReason,
        usage: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 },
      });
    });
  }

  it('is not read out of what is none', () => {
    const result = { outputText: 'x', completionReason: 'FINISHED' };
    for (const output of [{}, { results: [] }, { results: [{ outputText: 1 }] }, { results: result }])
      assert.throws(() => titanText.parseWhole(output), AnswerUnreadable);
    assert.equal(titanText.parseWhole({ results: [result] }).usage, undefined);
  });
});
