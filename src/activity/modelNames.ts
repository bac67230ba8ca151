// Names of models that stand in one list.
import { shortName } from '../models/modelIds';

/** A short name for each of `ids`; its whole ID where another has the same name. */
export function modelNames(
  ids: Iterable<string>,
  labelOf: (model: string) => string | undefined,
): ReadonlyMap<string, string> {
  const names = new Map([...ids].map((id) => [id, shortName(id, labelOf(id))]));
  const times = new Map<string, number>();
  for (const name of names.values()) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map([...names].map(([id, name]) => [id, times.get(name) === 1 ? name : id]));
}
