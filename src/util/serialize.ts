/** `deed`, of which one begins when the one before has ended, however that ended: what reads on reads nothing twice. */
export function inTurn<A extends readonly unknown[], T>(
  deed: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  let latest: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const run = () => deed(...given);
    const next = latest.then(run, run);
    latest = next;
    return next;
  };
}
