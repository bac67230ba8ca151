// The way from the shell to ask(): the SDK's chunk is loaded with the first prompt, not at activation.
import type { Asking } from './ask.chunk';
import { systemClock } from './clock';
import type { Ports } from './core/ports';
import { lazily } from './lazily';

/** Loads ask() and check() when first called; the same ever after. */
export function askLoader(ports: Omit<Ports, 'http' | 'sockets' | 'clock'>): () => Promise<Asking> {
  return lazily(async () => (await import('./ask.chunk')).openAsk({ ...ports, clock: systemClock }));
}
