// The way from the shell to ask(): the SDK's chunk is loaded with the first prompt, not at activation.
import type { Asking } from './ask.chunk';
import type { Clock, Ports } from './core/ports';
import { lazily } from './lazily';

/** Loads ask() and check() when first called; the same ever after. */
export function askLoader(ports: Omit<Ports, 'http' | 'sockets' | 'clock'>): () => Promise<Asking> {
  return lazily(async () => (await import('./ask.chunk')).openAsk({ ...ports, clock: systemClock }));
}

const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    }),
  every(ms, run) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};
