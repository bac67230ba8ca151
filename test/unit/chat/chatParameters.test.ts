import assert from 'node:assert/strict';
import { type ParametersContext, chatParameters } from '../../../src/chat/chatParameters';
import type { Parameters } from '../../../src/core/model/request';
import { modelFacts } from '../../../src/models/modelFacts';

const opus = modelFacts('us.anthropic.claude-opus-5-5');
const haiku = modelFacts('us.anthropic.claude-haiku-4-5-20251001-v1:0');
const settings: Parameters = { systemPrompt: 'Be brief.', effort: 'high', temperature: 0.2, topP: 0.9 };
const context: ParametersContext = {
  ...{ api: 'converse', facts: undefined, picked: undefined },
  maxOutputTokens: () => 64_000,
};

describe('the parameters of a request of Chat', () => {
  it('are the user’s settings, for a model that is not known', () =>
    assert.deepEqual(chatParameters(settings, context), settings));

  it('leave out what the model refuses', () => {
    assert.deepEqual(chatParameters(settings, { ...context, facts: opus }), {
      ...{ systemPrompt: 'Be brief.', effort: 'high' },
    });
    assert.deepEqual(chatParameters(settings, { ...context, facts: haiku }), {
      ...{ systemPrompt: 'Be brief.', temperature: 0.2, topP: 0.9 },
    });
  });

  it('have the effort that the user has picked, before that of the settings', () => {
    const effortOf = (picked: unknown) =>
      chatParameters(settings, { ...context, facts: opus, picked }).effort;
    assert.equal(effortOf({ effort: 'low' }), 'low');
    for (const other of [undefined, null, {}, { effort: 'default' }, { effort: 1 }, 'low'])
      assert.equal(effortOf(other), 'high');
  });

  it('have a limit for InvokeModel: the user’s own, or else what Chat was told', () => {
    const limitOf = (maxTokens: number | undefined, more: Partial<ParametersContext>) =>
      chatParameters({ ...(maxTokens !== undefined && { maxTokens }) }, { ...context, ...more }).maxTokens;
    assert.equal(limitOf(undefined, { api: 'invoke', facts: opus }), 64_000);
    assert.equal(limitOf(500, { api: 'invoke', facts: opus }), 500);
    assert.equal(limitOf(undefined, { api: 'invoke' }), undefined);
    assert.equal(limitOf(undefined, { facts: opus }), undefined);
  });
});
