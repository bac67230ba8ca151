// The line under a reply: what it says of Bedrock's prompt cache.
import assert from 'node:assert/strict';
import type { Cost } from '../../src/core/model/cost';
import { replyStats } from '../../src/reply/stats';
import { textEvent, turnIn, done } from '../unit/history/turns';

const sum = (usd: number): Cost => ({ kind: 'sum', usd, parts: [], source: 'settings' }) as unknown as Cost;

describe('the line under a reply', () => {
  /** What it says of the prompt cache, and in the tooltip. */
  const ofCache = (read: number, write: number, costs?: { usd: number; without: number }) => {
    const counted = { input: 10, output: 5, cacheRead: read, cacheWrite: write };
    const turn = turnIn({ id: 'a' }, textEvent('A.'), { type: 'usage', usage: counted }, done);
    const stats = replyStats(turn, {
      ...{ label: undefined, runsElsewhere: false },
      cost: costs && sum(costs.usd),
      uncachedCost: costs && sum(costs.without),
    });
    return stats.find(({ text }) => text.startsWith('prompt cache'));
  };

  it('says in words what the prompt cache read and wrote, and what that saved or cost', () => {
    const textOf = (...input: Parameters<typeof ofCache>) => ofCache(...input)?.text;
    assert.equal(textOf(1991, 0), 'prompt cache: 1,991 tokens read');
    assert.equal(textOf(0, 1991), 'prompt cache: 1,991 tokens written');
    assert.equal(textOf(20_480, 4096), 'prompt cache: 20,480 tokens read, 4,096 written');
    assert.equal(
      textOf(0, 1991, { usd: 0.003_996, without: 0.003 }),
      'prompt cache: 1,991 tokens written, $0.0010 more',
    );
    assert.equal(
      textOf(1991, 0, { usd: 0.001, without: 0.005 }),
      'prompt cache: 1,991 tokens read, $0.0040 saved',
    );
    assert.equal(
      textOf(1991, 12, { usd: 0.001, without: 0.005 }),
      'prompt cache: 1,991 tokens read, 12 written, $0.0040 saved',
    );
    // Neither more nor less.
    assert.equal(textOf(1991, 12, { usd: 1, without: 1 }), 'prompt cache: 1,991 tokens read, 12 written');
    assert.equal(textOf(0, 0, { usd: 1, without: 2 }), undefined);
  });

  it('says in the tooltip what the prompt cache is for', () => {
    assert.equal(
      ofCache(0, 1991, { usd: 0.004, without: 0.003 })?.detail,
      'Tokens read from and written to Bedrock’s prompt cache. This reply cost $0.0010 more than without it, which later prompts can save.',
    );
    assert.equal(
      ofCache(1991, 0, { usd: 0.001, without: 0.005 })?.detail,
      'Tokens read from and written to Bedrock’s prompt cache. This reply cost $0.0040 less than without it.',
    );
  });
});
