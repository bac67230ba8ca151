// What a prompt cannot be sent to, however it is asked: regions outside of what AWS calls "aws" and "aws-us-gov", and
// models that bedrock-runtime does not have.
import { splitId } from './geographies';
import { profileIdOf } from './modelId';

/** Why a region is not supported. */
export type Unsupported =
  /** The AWS European Sovereign Cloud: hosts end in amazonaws.eu. */
  | 'sovereign'
  /** Of Bedrock, AWS China has no models (AgentCore alone). */
  | 'china'
  /** The clouds of the United States' and other governments' that no internet reaches. */
  | 'isolated';

/** https://docs.aws.amazon.com/general/latest/gr/bedrock.html and .../rande.html (partitions; November 2026) */
const partitions: readonly (readonly [RegExp, Unsupported])[] = [
  [/^eusc-/, 'sovereign'],
  [/^cn-/, 'china'],
  [/^(us|eu)-iso[a-z]*-/, 'isolated'],
];

/** Why prompts cannot be sent to `region`; undefined where they can, as far as is known. */
export function unsupportedRegion(region: string): Unsupported | undefined {
  return partitions.find(([pattern]) => pattern.test(region))?.[1];
}

/**
 * Models that AWS offers on its Mantle endpoint alone, by their own ID: what their cards, and the table beside them,
 * say. Dates and snapshots may follow.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/models-endpoint-availability.html (September 2026)
 */
const onMantleAlone = [
  'anthropic.claude-mythos-5',
  'anthropic.claude-mythos-preview',
  'google.gemma-4-26b-a4b',
  'google.gemma-4-31b',
  'google.gemma-4-e2b',
  'openai.gpt-5.4',
  'openai.gpt-5.5',
  'xai.grok-4.3',
].map((id) => new RegExp(`^${id.replaceAll('.', '\\.')}(-\\d{4}-?\\d{2}-?\\d{2})?(-v\\d+)?(:\\d+)?$`));

/** Whether AWS has a model on its Mantle endpoint alone, which is not asked here. Takes an ID or an ARN. */
export function isOnMantleAlone(model: string): boolean {
  const profile = profileIdOf(model);
  if (profile === undefined) return false;
  const { base } = splitId(profile);
  return onMantleAlone.some((pattern) => pattern.test(base));
}
