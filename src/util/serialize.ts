/** Runs calls of `action` one at a time, in order. A failed call does not block the next. */
export function serialize<A extends readonly unknown[], T>(
  action: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  let latest: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const run = () => action(...args);
    const next = latest.then(run, run);
    latest = next;
    return next;
  };
}
