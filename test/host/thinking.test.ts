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

  describe('at a prompt', () => {
    const signed: ReplyEvent = { type: 'blockEnd', block: 'reasoning', signature: 's' };
    const signedTurn = turnIn({ id: 'a' }, signed, textEvent('A'), done);
    const unsignedTurn = turnIn({ id: 'a' }, { type: 'reasoning', text: 'Hm' }, textEvent('A'), done);
    const next = turnIn({ id: 'b', parent: 'a' }, textEvent('B'), done);
    const ofOther = ({ request, reply }: Turn): Turn => ({
      request: { ...request, target: { ...request.target, model: 'anthropic.claude-y' } },
      reply,
    });
    const notSent = (turn: Turn, ...earlier: readonly Turn[]) => {
      const before = earlier.reduce(withTurn, noEarlierTurns);
      return turnView(turn, { before, versions: { ids: ['b'], index: 0 } }, context, 5000).notSent;
    };
    const others = 'Not sent along: the reasoning of other models.';
    const some = (count: number) => `Not sent along: the reasoning of earlier replies (${count}).`;

    it('nothing if all of it was sent along', () => {
      assert.equal(notSent(next), '');
      assert.equal(notSent(next, signedTurn, signedTurn), '');
      assert.equal(notSent(ofOther(next), ofOther(signedTurn)), '');
    });

    it('that other models’ was not, also if it was never shown', () => {
      assert.equal(notSent(ofOther(next), signedTurn), others);
      assert.equal(notSent(next, signedTurn, ofOther(signedTurn)), others);
    });

    it('of how many replies it was not, for any other reason', () => {
      assert.equal(notSent(next, signedTurn, unsignedTurn), some(1));
      assert.equal(notSent(next, ofOther(signedTurn), unsignedTurn), some(2));
      const copied = { ...signedTurn, request: { ...signedTurn.request, copied: true as const } };
      assert.equal(notSent(next, copied, signedTurn), some(2));
      const refused = { ...next, reply: { ...next.reply, reasoningDropped: true as const } };
      assert.equal(notSent(refused, signedTurn, ofOther(signedTurn)), some(2));
    });
  });
});
