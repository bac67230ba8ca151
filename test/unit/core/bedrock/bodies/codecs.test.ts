import assert from 'node:assert/strict';
import { bodyFor, codecFor, requiredLimit } from '../../../../../src/core/bedrock/codecs';
import { BodyUnknown } from '../../../../../src/core/model/errors';
import { type Asking, arn, claudeText, prepared, sonnet, titanText } from '../../../asking';

const request = (asking: Asking) =>
  prepared({ url: 'https://ai.example.com' }, { api: 'invoke', model: sonnet, prompt: 'p', ...asking })
    .request;
const body = (asking: Asking) => bodyFor(request(asking));

describe('the body of a request', () => {
  it('is that of its model, and that of what the user says before that', () => {
    assert.ok('messages' in body({}));
    assert.ok('prompt' in body({ model: claudeText }));
    assert.ok('inputText' in body({ model: titanText }));
    assert.ok('inputText' in body({ model: arn, body: 'titanText' }));
    assert.ok('prompt' in body({ model: sonnet, body: 'claudeText' }));
  });

  it('is not guessed', () => {
    for (const model of [arn, 'us.amazon.nova-pro-v1:0']) {
      assert.throws(() => codecFor(request({ model }).target), BodyUnknown);
      assert.equal(requiredLimit(request({ model })), undefined);
    }
  });

  it('leaves out what is empty', () => {
    const parameters = { systemPrompt: '', stopSequences: [] };
    assert.deepEqual(body({ parameters }), body({}));
    assert.deepEqual(Object.keys(body({ model: titanText, parameters })), ['inputText']);
  });

  it('has lone surrogates of the system prompt replaced', () => {
    assert.equal(body({ parameters: { systemPrompt: 'a\ud800b' } })['system'], 'a\ufffdb');
  });

  it('has additional fields at its top, verbatim', () => {
    const additionalFields = { thinking: { type: 'adaptive' }, effort: 'low', none: null, list: [1.5] };
    const { thinking, effort, none, list } = body({ parameters: { additionalFields } });
    assert.deepEqual({ thinking, effort, none, list }, additionalFields);
  });

  it('lets an additional field replace ours, and merges objects', () => {
    const parameters = {
      temperature: 0.5,
      topP: 0.5,
      additionalFields: { top_p: 0.1, textGenerationConfig: { topP: 0.1 } },
    };
    assert.deepEqual([body({ parameters })['temperature'], body({ parameters })['top_p']], [0.5, 0.1]);
    const { textGenerationConfig } = body({ model: titanText, parameters });
    assert.deepEqual(textGenerationConfig, { temperature: 0.5, topP: 0.1 });
  });
});

describe('the limit that a body requires', () => {
  const limits: readonly (readonly [string, Asking, number | undefined])[] = [
    ['Claude, nothing set', {}, 4096],
    ['Claude, set', { parameters: { maxTokens: 100 } }, 100],
    ['Claude, set as a field of its own', { parameters: { additionalFields: { max_tokens: 50 } } }, 50],
    ['Claude 2, nothing set', { model: claudeText }, 4096],
    ['Claude 2, set', { model: claudeText, parameters: { maxTokens: 100 } }, 100],
    ['Titan, nothing set', { model: titanText }, undefined],
    ['Titan, set', { model: titanText, parameters: { maxTokens: 100 } }, undefined],
    ['an ARN that is told', { model: arn, body: 'claudeText' }, 4096],
    ['Converse', { api: 'converse', parameters: { maxTokens: 100 } }, undefined],
  ];
  for (const [what, asking, limit] of limits) {
    it(`${what}: ${limit ?? 'none'}`, () => {
      assert.equal(requiredLimit(request(asking)), limit);
      if (limit === undefined) return;
      const { max_tokens, max_tokens_to_sample } = body(asking);
      assert.equal(max_tokens ?? max_tokens_to_sample, limit);
    });
  }
});
