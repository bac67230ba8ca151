// Names of models that are unique within a list.
import { shortName } from '../models/modelIds';

/** ID → short name; the full ID if several models have the same short name. */
export function modelNames(
  ids: Iterable<string>,
  labelOf: (model: string) => string | undefined,
): ReadonlyMap<string, string> {
  const names = new Map([...ids].map((id) => [id, shortName(id, labelOf(id))]));
  const counts = new Map<string, number>();
  for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...names].map(([id, name]) => [id, counts.get(name) === 1 ? name : id]));
}
