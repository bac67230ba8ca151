/**
 * Memoizes the last result of `make` for each `key`: it is returned again while all other arguments are the same, each
 * compared by identity.
 */
export function memoizeLast<K extends object, A extends readonly unknown[], T>(
  make: (key: K, ...rest: A) => T,
): (key: K, ...rest: A) => T {
  const latest = new WeakMap<K, { readonly rest: A; readonly value: T }>();
  return (key, ...rest) => {
    const last = latest.get(key);
    if (last?.rest.every((value, index) => Object.is(value, rest[index]))) return last.value;
    const value = make(key, ...rest);
    latest.set(key, { rest, value });
    return value;
  };
}
