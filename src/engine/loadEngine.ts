// Loads ask(), and with it the SDK's chunk, with the first prompt, not at activation.
import type { Engine, MachinePorts } from './engine.chunk';
import type { Ports } from '../core/model/ports';
import { lazy } from '../util/lazy';

type EnginePorts = Omit<Ports, MachinePorts | 'ledger'>;

/**
 * Returns a function that loads ask() and check() once. `openLedger` resolves to undefined if requests cannot be
 * recorded.
 */
export function engineLoader(
  ports: EnginePorts,
  openLedger: () => Promise<Ports['ledger']>,
): () => Promise<Engine> {
  return lazy(async () => {
    const [{ createEngine }, ledger] = await Promise.all([import('./engine.chunk'), openLedger()]);
    return createEngine({ ...ports, ...(ledger && { ledger }) });
  });
}
