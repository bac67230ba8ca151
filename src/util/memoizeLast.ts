// What is worked out of the record once, and holds until there is more of it: requests that run change none of it.
import type { ActivityRecord } from '../core/activity/record';

type Records = readonly ActivityRecord[];

/**
 * `make`, which gives again what it gave last for the same records and the same `rest`, each compared by identity:
 * an array of records is never changed, other records are another array.
 */
export function lasting<A extends readonly unknown[], T>(
  make: (records: Records, ...rest: A) => T,
): (records: Records, ...rest: A) => T {
  const latest = new WeakMap<Records, { readonly rest: A; readonly value: T }>();
  return (records, ...rest) => {
    const known = latest.get(records);
    if (known?.rest.every((value, index) => Object.is(value, rest[index]))) return known.value;
    const value = make(records, ...rest);
    latest.set(records, { rest, value });
    return value;
  };
}
