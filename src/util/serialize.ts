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

/** Like serialize(), but only calls with the same key wait for each other. */
export function serializeByKey<A extends readonly unknown[], T>(
  action: (key: string, ...args: A) => Promise<T>,
): (key: string, ...args: A) => Promise<T> {
  const running = new Map<string, { readonly run: (...args: A) => Promise<T>; count: number }>();
  return async (key, ...args) => {
    const line = running.get(key) ?? { run: serialize((...given: A) => action(key, ...given)), count: 0 };
    running.set(key, line);
    line.count++;
    try {
      return await line.run(...args);
    } finally {
      line.count--;
      if (line.count === 0) running.delete(key);
    }
  };
}
