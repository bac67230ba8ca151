// What the panel says about a model's thinking: while it thinks, after it, and if it does not show what.
import assert from 'node:assert/strict';
import type { ReplyEvent, Turn } from '../../src/core/model/reply';
import { panelState, noEarlierTurns, turnView, withTurn } from '../../src/reply/view';
import { asked, closeGatewaysAfterEach, openGateway, prepared } from '../unit/asking';
import { done, textEvent, turnIn } from '../unit/history/turns';

const context = { label: undefined, cost: undefined, uncachedCost: undefined, runsElsewhere: false };
const thinkingOf = (turn: Turn) => panelState(turn, context, 5000).thinking;
const usage: ReplyEvent = {
  type: 'usage',
  usage: { input: 1, output: 2, reasoning: 1234, cacheRead: 0, cacheWrite: 0 },
};

describe('about thinking, the panel says', () => {
  closeGatewaysAfterEach();

  const played: Readonly<Record<string, RegExp | undefined>> = {
    ...{ tool: undefined, thinks: /^Thought for [\d.]+ s$/, 'thinks-interleaved': /^Thought for [\d.]+ s$/ },
    'thinks-redacted': /^Thinking that only the model can read$/,
    'thinks-unseen': /^The model doesn’t show its thinking$/,
  };
  for (const [behaviour, says] of Object.entries(played))
    for (const api of ['converse', 'invoke'] as const)
      it(`${says?.source ?? 'nothing'} (${behaviour}, ${api})`, async () => {
        const gateway = await openGateway();
        const asking = { api, model: `anthropic.claude-stand-in.${behaviour}` };
        const { reply } = await asked(gateway, asking);
        const thinking = thinkingOf({ request: prepared(gateway, asking).request, reply });
        if (says) assert.match(thinking ?? '', says);
        else assert.equal(thinking, undefined);
      });

  it('for how many tokens the model thought, where that is known', () => {
    const signed: ReplyEvent = { type: 'blockEnd', block: 'reasoning', signature: 's' };
    const thought: ReplyEvent = { type: 'reasoning', text: 'Hm' };
    assert.equal(
      thinkingOf(turnIn({ id: 'a' }, thought, signed, textEvent('A'), usage, done)),
      'Thought for 0.0 s · 1,234 tokens',
    );
    assert.equal(
      thinkingOf(turnIn({ id: 'a' }, signed, textEvent('A'), usage, done)),
      'The model doesn’t show its thinking · 1,234 tokens',
    );
    assert.equal(thinkingOf(turnIn({ id: 'a' }, thought)), 'Thinking…');
  });

  it('that it was not sent along to another model, also if it was never shown', () => {
    const signed: ReplyEvent = { type: 'blockEnd', block: 'reasoning', signature: 's' };
    const before = turnIn({ id: 'a' }, signed, textEvent('A'), done);
    const next = turnIn({ id: 'b', parent: 'a' }, textEvent('B'), done);
    const target = { ...next.request.target, model: 'anthropic.claude-y' };
    const notSent = (turn: Turn) => {
      const place = { before: withTurn(noEarlierTurns, before), versions: { ids: ['b'], index: 0 } };
      return turnView(turn, place, context, 5000).notSent;
    };
    assert.equal(notSent(next), '');
    assert.match(
      notSent({ ...next, request: { ...next.request, target } }),
      /^Not sent along: the reasoning/,
    );
  });
});
