// Looks up earlier prompts for ask(). A record that cannot be read does not fail a prompt, and Stop does not wait for
// it.
import type { Ports } from '../model/ports';
import type { Request } from '../model/request';
import { abortable } from '../model/abortable';

/** How long a prompt waits for the record, ms: a large one may still be loading. */
const timeout = 250;

const withTimeout = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(timeout)]);

type LedgerPorts = Pick<Ports, 'ledger' | 'log'>;

/** When an equal prompt was first sent, ms since the epoch; undefined if it never was, or if that is unknown. */
export async function firstSeenAt(
  request: Request,
  { ledger, log }: LedgerPorts,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (!ledger) return undefined;
  return abortable(ledger.firstSeenAt(request), withTimeout(signal)).catch(orElse(log, undefined));
}

/** Whether the gateway, though asked to cache replies, does not cache this prompt's reply if it is streamed. */
export async function streamsNotCached(
  request: Request,
  { ledger, log }: LedgerPorts,
  signal: AbortSignal,
): Promise<boolean> {
  const { cacheTtl } = request.gateway;
  if (!ledger || cacheTtl === null || cacheTtl === 0) return false;
  return abortable(ledger.streamsNotCached(request), withTimeout(signal)).catch(orElse(log, false));
}

function orElse<T>(log: LedgerPorts['log'], fallback: T) {
  return (error: unknown): T => {
    log.warn(`earlier prompts could not be looked up: ${String(error)}`);
    return fallback;
  };
}
