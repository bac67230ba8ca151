// What the ID of a model says: an ID, the ID of an inference profile, or an ARN.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html (modelId)
import { splitId } from './geographies';

export interface Arn {
  /** `aws`, `aws-us-gov`, `aws-cn`, `aws-eusc`, … */
  readonly partition: string;
  /** '' where the ARN names none. */
  readonly region: string;
  /** '' in ARNs of foundation models. */
  readonly account: string;
  /** `foundation-model`, `inference-profile`, `application-inference-profile`, `provisioned-model`, … */
  readonly kind: string;
  /** What follows the kind. */
  readonly resource: string;
}

/**
 * The parts of an ARN of Bedrock's, or of SageMaker's (a model of the Bedrock Marketplace is asked by its endpoint's);
 * undefined for any other text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(id: string): Arn | undefined {
  const match = /^arn:([^:]*):(?:bedrock|sagemaker):([^:]*):([^:]*):([^:/]+)[:/](.+)$/.exec(id);
  if (!match) return undefined;
  const [, partition = '', region = '', account = '', kind = '', resource = ''] = match;
  return { partition, region, account, kind, resource };
}

/** The region that an ARN names; undefined where it names none, and for what is no ARN. */
export function regionOfArn(id: string): string | undefined {
  const region = parseArn(id)?.region;
  return region === '' ? undefined : region;
}

/** ARNs that hold the ID of the model, or of the profile, that is asked. An account's own name for one tells nothing. */
const kindsWithModelId: ReadonlySet<string> = new Set(['foundation-model', 'inference-profile']);

/**
 * The ID of a model or of an inference profile, out of its ARN; undefined for an ARN that does not tell its model,
 * such as an application inference profile's.
 */
export function profileIdOf(id: string): string | undefined {
  if (!id.startsWith('arn:')) return id;
  const arn = parseArn(id);
  return arn && kindsWithModelId.has(arn.kind) ? arn.resource : undefined;
}

/** The foundation model's own ID: without a geography, and out of its ARN; undefined where that does not tell it. */
export function baseIdOf(id: string): string | undefined {
  const profile = profileIdOf(id);
  return profile === undefined ? undefined : splitId(profile).base;
}
