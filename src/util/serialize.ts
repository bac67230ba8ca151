/** Runs calls of `action` one at a time, in order. A failed call does not block the next. */
export function serialize<A extends readonly unknown[], T>(
  action: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  let latest: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const run = () => action(...given);
    const next = latest.then(run, run);
    latest = next;
    return next;
  };
}
