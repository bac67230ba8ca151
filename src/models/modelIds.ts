// What a model's ID says about it, and the models that the picker offers beside those of the setting.
import { isAskedFrom, splitId } from '../core/bedrock/geographies';
import { regionOfArn } from '../core/bedrock/modelId';
import type { Model } from '../settings';

/**
 * Models of the article behind this project, which AWS has retired since. They are offered last, for those who
 * run them as custom or provisioned models.
 */
export const retired: readonly Pick<Model, 'id' | 'label'>[] = [
  { id: 'anthropic.claude-3-sonnet-20240229-v1:0', label: 'Claude 3 Sonnet' },
  { id: 'anthropic.claude-v2:1', label: 'Claude 2.1' },
  { id: 'amazon.titan-text-express-v1', label: 'Titan Text Express' },
];

/** Whether a model can be asked in `region`, as far as its ID tells by a geography, or as an ARN by its region. */
export function fitsRegion(id: string, region: string): boolean {
  if (id.startsWith('arn:')) return (regionOfArn(id) ?? region) === region;
  const { geography } = splitId(id);
  return geography === undefined || isAskedFrom(geography, region);
}

/**
 * A name short enough for the status bar: the label, or what is left of the ID without its geography, vendor,
 * date and version; of an ARN, its last segment.
 */
export function shortName(id: string, label?: string): string {
  if (label) return label;
  const last = id.startsWith('arn:') ? (id.split('/').at(-1) ?? id) : id;
  const short = splitId(last)
    .base.replace(/^[a-z0-9-]+\./, '')
    .replace(/(-\d{8})?(-v\d+)?(:\d+)?$/, '');
  return short || id;
}
