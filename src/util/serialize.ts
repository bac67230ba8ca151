/** `deed`, of which one begins when the one before has ended, however that ended: what reads on reads nothing twice. */
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
