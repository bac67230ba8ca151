// Counting tokens for VS Code Chat, which asks thousands of times a turn.
import assert from 'node:assert/strict';
import { TokenCounter } from '../../../src/chat/tokenCount';
import { estimateTokens } from '../../../src/core/content/tokens';

describe('counting tokens for Chat', () => {
  it('estimates a text as everywhere else, the first time and the second', () => {
    const counter = new TokenCounter();
    for (const text of ['', 'A question about main.ts', '日本語', 'A question about main.ts'])
      assert.equal(counter.ofText(text), estimateTokens(text));
  });

  it('adds up the parts of a message, and what a message takes besides them', () => {
    const counter = new TokenCounter();
    const parts = ['one', 'two words'].map((text) => ({ type: 'text', text }) as const);
    const sum = estimateTokens('one') + estimateTokens('two words');
    assert.ok(counter.ofMessage({ role: 'user', parts }) > sum);
    assert.ok(counter.ofMessage({ role: 'user', parts }) < sum + 10);
  });

  it('forgets before it holds too much', () => {
    const counter = new TokenCounter();
    const held = () =>
      JSON.stringify(counter, (_, value: unknown) => (value instanceof Map ? [...value.keys()] : value))
        .length;
    // 100 texts of 100 KB each.
    for (let number = 0; number < 100; number += 1) counter.ofText(`${number} `.padEnd(100_000, 'word '));
    assert.ok(held() < 5_000_000, `${held()} characters`);
    const huge = 'x '.repeat(4_000_000);
    assert.equal(counter.ofText(huge), estimateTokens(huge));
    assert.ok(held() < 5_000_000, `${held()} characters`);
  });
});
