import assert from 'node:assert/strict';
import { isAskedFrom, splitId } from '../../../../src/core/bedrock/geographies';
import { baseIdOf, parseArn, profileIdOf, regionOfArn } from '../../../../src/core/bedrock/modelId';
import { isOnMantleAlone, unsupportedRegion } from '../../../../src/core/bedrock/support';

describe('the geography of', () => {
  const geographies: Readonly<Record<string, string | undefined>> = {
    'us.anthropic.claude-opus-5': 'us',
    'us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0': 'us-gov',
    'in.anthropic.claude-haiku-4-5-20251001-v1:0': 'in',
    'apac.amazon.nova-lite-v1:0': 'apac',
    'global.xai.grok-4.7': 'global',
    // None of them is in the table yet.
    'kr.anthropic.claude-opus-5': 'kr',
    'sa.amazon.nova-2-lite-v1:0': 'sa',
    'uk.zai.glm-5.3': 'uk',
    'mx-ca.deepseek.v3.2': 'mx-ca',
    // A vendor that is not known here, behind a geography that is.
    'eu.newcomer.model-1': 'eu',

    'anthropic.claude-opus-5': undefined,
    'xai.grok-4.7': undefined,
    'zai.glm-5.3': undefined,
    'deepseek.v3.2': undefined,
    'deepseek.v3-v1:0': undefined,
    'moonshotai.kimi-k2.5': undefined,
    'minimax.minimax-m2.1': undefined,
    'newcomer.model-1.5': undefined,
    'us.model': undefined,
    'US.anthropic.claude-opus-5': undefined,
    us: undefined,
    '': undefined,
  };
  for (const [id, geography] of Object.entries(geographies))
    it(`${id || 'nothing'}: ${geography ?? 'none'}`, () => {
      const split = splitId(id);
      assert.equal(split.geography, geography);
      assert.equal([...(geography === undefined ? [] : [geography]), split.base].join('.'), id);
    });

  it('tells from where it is asked, where that is known', () => {
    const asked: readonly (readonly [string, string, boolean])[] = [
      ['us', 'us-west-2', true],
      ['us', 'ca-central-1', true],
      ['us', 'us-gov-west-1', false],
      ['us-gov', 'us-gov-west-1', true],
      ['us', 'eu-west-1', false],
      ['apac', 'ap-northeast-2', true],
      ['jp', 'ap-northeast-2', false],
      ['au', 'ap-southeast-2', true],
      ['in', 'ap-south-1', true],
      ['in', 'ap-southeast-1', false],
      ['ca', 'us-east-1', false],
      ['global', 'sa-east-1', true],
      ['kr', 'eu-west-1', true],
      ['toString', 'eu-west-1', true],
    ];
    for (const [geography, region, expected] of asked)
      assert.equal(isAskedFrom(geography, region), expected, `${geography} from ${region}`);
  });
});

describe('the ARN', () => {
  const arns: Readonly<
    Record<string, readonly [string | undefined, string | undefined, string | undefined]>
  > = {
    'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-opus-5': [
      'eu-west-1',
      'eu.anthropic.claude-opus-5',
      'anthropic.claude-opus-5',
    ],
    'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0': [
      'us-east-1',
      'amazon.nova-pro-v1:0',
      'amazon.nova-pro-v1:0',
    ],
    'arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5': [
      undefined,
      'anthropic.claude-opus-5',
      'anthropic.claude-opus-5',
    ],
    'arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:application-inference-profile/a1b2c3': [
      'us-gov-west-1',
      undefined,
      undefined,
    ],
    'arn:aws:bedrock:ap-south-1:123456789012:provisioned-model/a1b2c3': ['ap-south-1', undefined, undefined],
    'arn:aws:bedrock:us-west-2:123456789012:custom-model-deployment/a1b2c3': [
      'us-west-2',
      undefined,
      undefined,
    ],
    'arn:aws:bedrock:us-west-2:123456789012:imported-model/a1b2c3': ['us-west-2', undefined, undefined],
    'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1': [
      'us-east-1',
      undefined,
      undefined,
    ],
    'arn:aws:sagemaker:us-east-2:123456789012:endpoint/my-endpoint': ['us-east-2', undefined, undefined],
    'arn:aws-eusc:bedrock:eusc-de-east-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0': [
      'eusc-de-east-1',
      'eu.amazon.nova-pro-v1:0',
      'amazon.nova-pro-v1:0',
    ],
  };
  for (const [arn, [region, profileId, base]] of Object.entries(arns))
    it(`${arn} is read`, () => {
      assert.equal(regionOfArn(arn), region);
      assert.equal(profileIdOf(arn), profileId);
      assert.equal(baseIdOf(arn), base);
    });

  it('is none without a resource, or of another service', () => {
    for (const text of [
      'arn:aws:bedrock:eu-west-1',
      'arn:aws:bedrock:eu-west-1:123456789012:inference-profile',
      'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/',
      'arn:aws:s3:::bucket/key',
      'amazon.nova-pro-v1:0',
    ])
      assert.equal(parseArn(text), undefined, text);
  });
});

describe('what is not supported', () => {
  it('are the regions of clouds that a gateway does not reach', () => {
    const regions: Readonly<Record<string, string | undefined>> = {
      'eusc-de-east-1': 'sovereign',
      'eusc-fr-west-2': 'sovereign',
      'cn-north-1': 'china',
      'cn-northwest-1': 'china',
      'us-iso-east-1': 'isolated',
      'us-isob-east-1': 'isolated',
      'eu-isoe-west-1': 'isolated',
      'us-isof-south-1': 'isolated',
      'eu-central-1': undefined,
      'us-gov-west-1': undefined,
      'us-east-1': undefined,
      'mx-central-1': undefined,
    };
    for (const [region, reason] of Object.entries(regions)) assert.equal(unsupportedRegion(region), reason);
  });

  it('are models that only Mantle has, however they are named', () => {
    for (const id of [
      'anthropic.claude-mythos-5',
      'us.anthropic.claude-mythos-5',
      'kr.anthropic.claude-mythos-5',
      'anthropic.claude-mythos-preview',
      'openai.gpt-5.4',
      'xai.grok-4.3',
      'google.gemma-4-31b',
      'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-mythos-5',
    ])
      assert.ok(isOnMantleAlone(id), id);
    for (const id of [
      'anthropic.claude-mythos-5-1',
      'anthropic.claude-opus-5',
      'openai.gpt-oss-120b-1:0',
      'xai.grok-4.7',
      'google.gemma-3-27b-it',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/mythos',
    ])
      assert.ok(!isOnMantleAlone(id), id);
  });
});
