// Unsupported targets: regions outside the partitions "aws" and "aws-us-gov", and models that bedrock-runtime does not
// have.
import { splitId } from './geographies';
import { profileIdOf } from './modelId';

/** Why a region is not supported. */
export type Unsupported =
  /** The AWS European Sovereign Cloud: hosts end in amazonaws.eu. */
  | 'sovereign'
  /** AWS China has no Bedrock models (only AgentCore). */
  | 'china'
  /** Government clouds, of the United States and others, that are not connected to the internet. */
  | 'isolated';

/** https://docs.aws.amazon.com/general/latest/gr/bedrock.html and .../rande.html (partitions; November 2026) */
const partitions: readonly (readonly [RegExp, Unsupported])[] = [
  [/^eusc-/, 'sovereign'],
  [/^cn-/, 'china'],
  [/^(us|eu)-iso[a-z]*-/, 'isolated'],
];

/** Why prompts cannot be sent to `region`; undefined if they can, as far as is known. */
export function unsupportedRegion(region: string): Unsupported | undefined {
  return partitions.find(([pattern]) => pattern.test(region))?.[1];
}

/**
 * The IDs of models that AWS offers only on its Mantle endpoint, by their model cards and the table beside them. A date
 * or a snapshot may follow.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/models-endpoint-availability.html (September 2026)
 */
const mantleOnly = [
  'anthropic.claude-mythos-5',
  'anthropic.claude-mythos-preview',
  'google.gemma-4-26b-a4b',
  'google.gemma-4-31b',
  'google.gemma-4-e2b',
  'openai.gpt-5.4',
  'openai.gpt-5.5',
  'xai.grok-4.3',
].map((id) => new RegExp(`^${id.replaceAll('.', '\\.')}(-\\d{4}-?\\d{2}-?\\d{2})?(-v\\d+)?(:\\d+)?$`));

/** Whether AWS offers a model only on its Mantle endpoint, which is not supported. Takes an ID or an ARN. */
export function isOnMantleAlone(model: string): boolean {
  const profile = profileIdOf(model);
  if (profile === undefined) return false;
  const { base } = splitId(profile);
  return mantleOnly.some((pattern) => pattern.test(base));
}
