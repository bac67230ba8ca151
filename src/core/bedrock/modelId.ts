// Parses model IDs: a model ID, an inference profile ID, or an ARN.
import { splitId } from './geographies';

export interface Arn {
  /** `aws`, `aws-us-gov`, `aws-cn`, `aws-eusc`, … */
  readonly partition: string;
  /** '' if the ARN names none. */
  readonly region: string;
  /** '' in ARNs of foundation models. */
  readonly account: string;
  /** `foundation-model`, `inference-profile`, `application-inference-profile`, `provisioned-model`, … */
  readonly kind: string;
  /** The part after the kind. */
  readonly resource: string;
}

/**
 * Parses an ARN of Bedrock, or of SageMaker (Bedrock Marketplace models are called by their endpoint's ARN); undefined
 * for any other text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(id: string): Arn | undefined {
  const match = /^arn:([^:]*):(?:bedrock|sagemaker):([^:]*):([^:]*):([^:/]+)[:/](.+)$/.exec(id);
  if (!match) return undefined;
  const [, partition = '', region = '', account = '', kind = '', resource = ''] = match;
  return { partition, region, account, kind, resource };
}

/** The region in an ARN; undefined if it has none, and for other texts. */
export function regionOfArn(id: string): string | undefined {
  const region = parseArn(id)?.region;
  return region === '' ? undefined : region;
}

/** Kinds of ARNs that hold the ID of a model or an inference profile. Other kinds hold a name of the account's own. */
const kindsWithModelId: ReadonlySet<string> = new Set(['foundation-model', 'inference-profile']);

/**
 * The ID of a model or an inference profile, taken from its ARN if it is one; undefined for an ARN that does not name
 * its model, such as that of an application inference profile.
 */
export function profileIdOf(id: string): string | undefined {
  if (!id.startsWith('arn:')) return id;
  const arn = parseArn(id);
  return arn && kindsWithModelId.has(arn.kind) ? arn.resource : undefined;
}

/** The foundation model ID: without a geography, and taken from an ARN; undefined if the ARN does not name it. */
export function baseIdOf(id: string): string | undefined {
  const profile = profileIdOf(id);
  return profile === undefined ? undefined : splitId(profile).base;
}
