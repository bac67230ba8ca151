// The way from the shell to ask(): the SDK's chunk is loaded with the first prompt, not at activation.
import type { Engine, OfThisMachine } from './engine.chunk';
import type { Ports } from '../core/model/ports';
import { lazy } from '../util/lazy';

type Given = Omit<Ports, OfThisMachine | 'ledger'>;

/** Loads ask() and check() when first called; the same ever after. `ledger` gives undefined where none can be kept. */
export function engineLoader(
  ports: Given,
  openLedger: () => Promise<Ports['ledger']>,
): () => Promise<Engine> {
  return lazy(async () => {
    const [{ createEngine }, ledger] = await Promise.all([import('./engine.chunk'), openLedger()]);
    return createEngine({ ...ports, ...(ledger && { ledger }) });
  });
}
