// Reads a model's region and name from its ID, and lists models that the picker offers besides those of the setting.
import { isAskedFrom, splitId } from '../core/bedrock/geographies';
import { regionOfArn } from '../core/bedrock/modelId';
import type { Model } from '../settings';

/**
 * Models of the article that this project is based on, which AWS has since retired. They are offered last, for users
 * who run them as custom or provisioned models.
 */
export const retired: readonly Pick<Model, 'id' | 'label'>[] = [
  { id: 'anthropic.claude-3-sonnet-20240229-v1:0', label: 'Claude 3 Sonnet' },
  { id: 'anthropic.claude-v2:1', label: 'Claude 2.1' },
  { id: 'amazon.titan-text-express-v1', label: 'Titan Text Express' },
];

/** Whether a model can be called in `region`, judging by the geography in its ID, or the region in its ARN. */
export function fitsRegion(id: string, region: string): boolean {
  if (id.startsWith('arn:')) return (regionOfArn(id) ?? region) === region;
  const { geography } = splitId(id);
  return geography === undefined || isAskedFrom(geography, region);
}

/**
 * A short name for the status bar: the label, or the ID without its geography, vendor, date and version; for an ARN,
 * its last segment.
 */
export function shortName(id: string, label?: string): string {
  if (label) return label;
  const last = id.startsWith('arn:') ? (id.split('/').at(-1) ?? id) : id;
  const short = splitId(last)
    .base.replace(/^[a-z0-9-]+\./, '')
    .replace(/(-\d{8})?(-v\d+)?(:\d+)?$/, '');
  return short || id;
}
