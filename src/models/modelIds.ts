// Reads a model's region and name from its ID.
import { isAskedFrom, splitId } from '../core/bedrock/geographies';
import { regionOfArn } from '../core/bedrock/modelId';

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
