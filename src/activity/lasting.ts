// What is worked out of the record once, and holds until there is more of it: requests that run change none of it.
import type { ActivityRecord } from '../core/activity/record';

type Records = readonly ActivityRecord[];

interface Made<A, T> {
  /** Records are added to the array that is there. */
  readonly length: number;
  readonly first: ActivityRecord | undefined;
  readonly last: ActivityRecord | undefined;
  readonly rest: A;
  readonly value: T;
}

/**
 * `make`, which gives again what it gave last for the same records and the same `rest`, each compared by identity.
 * Records that do not stand in order yet are about to be sorted where they are: what is made of those is not kept.
 */
export function lasting<A extends readonly unknown[], T>(
  make: (records: Records, ...rest: A) => T,
): (records: Records, ...rest: A) => T {
  const latest = new WeakMap<Records, Made<A, T>>();
  return (records, ...rest) => {
    const { length, 0: first } = records;
    const last = records.at(-1);
    const known = latest.get(records);
    if (
      known?.length === length &&
      known.first === first &&
      known.last === last &&
      known.rest.every((value, index) => Object.is(value, rest[index]))
    )
      return known.value;
    const value = make(records, ...rest);
    if (isInOrder(records)) latest.set(records, { length, first, last, rest, value });
    else latest.delete(records);
    return value;
  };
}

function isInOrder(records: Records): boolean {
  let before = -Infinity;
  for (const { at } of records) {
    if (at < before) return false;
    before = at;
  }
  return true;
}
