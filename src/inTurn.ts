/** `deed`, of which one begins when the one before has ended, however that ended: what reads on reads nothing twice. */
export function inTurn<T>(deed: () => Promise<T>): () => Promise<T> {
  let latest: Promise<unknown> = Promise.resolve();
  return () => {
    const next = latest.then(deed, deed);
    latest = next;
    return next;
  };
}
