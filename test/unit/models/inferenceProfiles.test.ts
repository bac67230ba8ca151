import assert from 'node:assert/strict';
import { profilesFor, successorsOf } from '../../../src/models/inferenceProfiles';
import { fitsRegion, shortName } from '../../../src/models/modelIds';

const haiku = 'anthropic.claude-haiku-4-5-20251001-v1:0';

describe('the inference profiles of a model', () => {
  const profiles: readonly (readonly [model: string, region: string, ids: readonly string[]])[] = [
    [haiku, 'ap-south-1', [`in.${haiku}`, `global.${haiku}`]],
    [haiku, 'ap-northeast-1', [`jp.${haiku}`, `global.${haiku}`]],
    [haiku, 'us-gov-west-1', [`us-gov.${haiku}`]],
    [`in.${haiku}`, 'ap-south-1', [`global.${haiku}`]],
    // No geography stands before another one, also none that is yet to come.
    [`in.${haiku}`, 'us-east-1', [`us.${haiku}`, `global.${haiku}`]],
    [`kr.${haiku}`, 'eu-west-1', [`eu.${haiku}`, `global.${haiku}`]],
    [`us-gov.${haiku}`, 'us-east-1', [`us.${haiku}`, `global.${haiku}`]],
    // India's is for few.
    ['anthropic.claude-opus-4-6-v1', 'ap-south-1', ['global.anthropic.claude-opus-4-6-v1']],
    ['amazon.nova-lite-v1:0', 'ap-south-1', ['apac.amazon.nova-lite-v1:0']],
    ['in.amazon.nova-lite-v1:0', 'ap-south-1', ['apac.amazon.nova-lite-v1:0']],
    ['amazon.nova-lite-v1:0', 'ca-central-1', ['ca.amazon.nova-lite-v1:0', 'us.amazon.nova-lite-v1:0']],
    [
      'amazon.nova-2-lite-v1:0',
      'ca-central-1',
      ['us.amazon.nova-2-lite-v1:0', 'global.amazon.nova-2-lite-v1:0'],
    ],
    // By a rule, since the catalogue does not have them.
    [
      'anthropic.claude-sonnet-7',
      'ap-northeast-1',
      ['jp', 'global'].map((g) => `${g}.anthropic.claude-sonnet-7`),
    ],
    ['anthropic.claude-sonnet-7', 'us-gov-west-1', ['us-gov.anthropic.claude-sonnet-7']],
    ['meta.llama5-8b-instruct-v1:0', 'ap-northeast-1', ['apac.meta.llama5-8b-instruct-v1:0']],
    // Called by its own ID, and retired.
    ['deepseek.v3.2', 'us-east-1', []],
    ['anthropic.claude-v2:1', 'us-east-1', []],
    [`arn:aws:bedrock:eu-west-1::foundation-model/${haiku}`, 'eu-west-1', [`eu.${haiku}`, `global.${haiku}`]],
    ['arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1', 'eu-west-1', []],
  ];
  for (const [model, region, ids] of profiles)
    it(`${model} in ${region}`, () => assert.deepEqual(profilesFor(model, region), ids));

  it('are those of its successor, in the geography that was asked for', () => {
    assert.deepEqual(successorsOf('in.anthropic.claude-3-5-haiku-20241022-v1:0', 'ap-south-1'), [
      `in.${haiku}`,
    ]);
    // The latest that has it.
    assert.deepEqual(successorsOf('global.anthropic.claude-3-5-haiku-20241022-v1:0', 'eu-west-1'), [
      'global.anthropic.claude-haiku-5-5',
    ]);
    assert.deepEqual(successorsOf('deepseek.v3-v1:0', 'us-west-2'), ['deepseek.v3.2']);
    assert.deepEqual(successorsOf('anthropic.claude-instant-v1', 'ap-south-1'), [
      'global.anthropic.claude-haiku-5-5',
    ]);
    assert.deepEqual(successorsOf('mistral.mixtral-8x7b-instruct-v0:1', 'eu-west-1'), [
      'mistral.mistral-large-3-675b-instruct',
    ]);
    for (const none of [
      'anthropic.claude-haiku-5-5',
      'made.up-model',
      'arn:aws:bedrock:eu-west-1:1:custom-model/a',
    ])
      assert.deepEqual(successorsOf(none, 'eu-west-1'), []);
  });
});

describe('a model in a region', () => {
  it('fits as far as its ID tells', () => {
    const arn = 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1';
    assert.ok(fitsRegion(arn, 'eu-west-1'));
    assert.ok(!fitsRegion(arn, 'us-east-1'));
    assert.ok(fitsRegion('arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0', 'us-east-1'));
    assert.ok(fitsRegion(`in.${haiku}`, 'ap-south-2'));
    assert.ok(!fitsRegion(`in.${haiku}`, 'us-east-1'));
    assert.ok(fitsRegion(`kr.${haiku}`, 'us-east-1'), 'nobody knows yet');
    assert.ok(fitsRegion(haiku, 'us-east-1'));
  });

  it('has a short name without its geography', () => {
    for (const geography of ['us', 'in', 'us-gov', 'kr'])
      assert.equal(shortName(`${geography}.${haiku}`), 'claude-haiku-4-5');
    assert.equal(shortName('deepseek.v3.2'), 'v3.2');
    assert.equal(shortName('zai.glm-5.3'), 'glm-5.3');
  });
});
