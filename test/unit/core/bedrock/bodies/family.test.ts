import assert from 'node:assert/strict';
import { familyOf } from '../../../../../src/core/bedrock/family';
import type { Family } from '../../../../../src/core/model/request';

const arn = (rest: string) => `arn:aws:bedrock:eu-west-1:${rest}`;

const families: Readonly<Record<string, Family | undefined>> = {
  'anthropic.claude-3-sonnet-20240229-v1:0': 'claudeMessages',
  'anthropic.claude-3-5-haiku-20241022-v1:0': 'claudeMessages',
  'anthropic.claude-sonnet-4-5-20250929-v1:0': 'claudeMessages',
  'anthropic.claude-opus-5': 'claudeMessages',
  'anthropic.claude-something-yet-to-come': 'claudeMessages',
  ...Object.fromEntries(
    ['us', 'eu', 'apac', 'jp', 'au', 'ca', 'in', 'global', 'us-gov', 'kr', 'xy', 'sixlet'].map(
      (geography) => [`${geography}.anthropic.claude-haiku-4-5-20251001-v1:0`, 'claudeMessages' as const],
    ),
  ),
  'anthropic.claude-v2': 'claudeText',
  'anthropic.claude-v2:1': 'claudeText',
  'anthropic.claude-v2:1:200k': 'claudeText',
  'anthropic.claude-instant-v1': 'claudeText',
  'us.anthropic.claude-instant-v1': 'claudeText',
  'amazon.titan-text-express-v1': 'titanText',
  'amazon.titan-text-lite-v1:0:4k': 'titanText',
  'amazon.titan-text-premier-v1:0': 'titanText',

  [arn(':foundation-model/anthropic.claude-3-haiku-20240307-v1:0')]: 'claudeMessages',
  [arn(':foundation-model/anthropic.claude-v2:1')]: 'claudeText',
  [arn('123456789012:inference-profile/us.anthropic.claude-sonnet-4-6')]: 'claudeMessages',
  [arn('123456789012:custom-model/amazon.titan-text-express-v1:0:8k/abcdef123456')]: 'titanText',
  'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0':
    'claudeMessages',

  'amazon.titan-embed-text-v2:0': undefined,
  'amazon.titan-image-generator-v2:0': undefined,
  'us.amazon.nova-pro-v1:0': undefined,
  'meta.llama3-70b-instruct-v1:0': undefined,
  'sevenlt.anthropic.claude-sonnet-4-6': undefined,
  'notanthropic.claude-sonnet-4-6': undefined,
  claude: undefined,
  '': undefined,
  [arn('123456789012:application-inference-profile/a1b2c3d4e5f6')]: undefined,
  [arn('123456789012:provisioned-model/a1b2c3d4e5f6')]: undefined,
  [arn('123456789012:imported-model/a1b2c3d4e5f6')]: undefined,
  [arn('123456789012:custom-model-deployment/a1b2c3d4e5f6')]: undefined,
  [arn('123456789012:inference-profile/us.amazon.nova-pro-v1:0')]: undefined,
  // An account's own name for something tells nothing of what is behind it.
  [arn('123456789012:provisioned-model/anthropic.claude-3')]: undefined,
};

describe('the family of', () => {
  for (const [id, family] of Object.entries(families))
    it(`${id || 'nothing'}: ${family ?? 'unknown'}`, () => assert.equal(familyOf(id), family));
});
