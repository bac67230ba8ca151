// The way from the shell to ask(): the SDK's chunk is loaded with the first prompt, not at activation.
import type { Asking } from './engine.chunk';
import { systemClock } from '../platform/clock';
import type { Ports } from '../core/model/ports';
import { lazily } from '../util/lazy';

type Given = Omit<Ports, 'http' | 'sockets' | 'clock' | 'ledger'>;

/** Loads ask() and check() when first called; the same ever after. `ledger` gives undefined where none can be kept. */
export function askLoader(ports: Given, openLedger: () => Promise<Ports['ledger']>): () => Promise<Asking> {
  return lazily(async () => {
    const [{ openAsk }, ledger] = await Promise.all([import('./engine.chunk'), openLedger()]);
    return openAsk({ ...ports, clock: systemClock, ...(ledger && { ledger }) });
  });
}
