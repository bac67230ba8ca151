// What ask() wants to know of earlier prompts. A record that cannot be read stops no prompt, and Stop does not wait
// for it.
import type { Ports } from '../model/ports';
import type { Request } from '../model/request';
import { abortable } from '../model/abortable';

/** ms that a prompt waits for the record, at most: a large one is still being read. */
const patience = 250;

const soon = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(patience)]);

type Kept = Pick<Ports, 'ledger' | 'log'>;

/** When an equal prompt was first asked here, ms since the epoch; undefined when none was, or nobody knows. */
export async function firstSeenAt(
  request: Request,
  { ledger, log }: Kept,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (!ledger) return undefined;
  return abortable(ledger.firstSeenAt(request), soon(signal)).catch(unread(log, undefined));
}

/** Whether the gateway's cache, which is asked to keep replies, does not keep this prompt's when it is streamed. */
export async function streamsNotCached(
  request: Request,
  { ledger, log }: Kept,
  signal: AbortSignal,
): Promise<boolean> {
  const { cacheTtl } = request.gateway;
  if (!ledger || cacheTtl === null || cacheTtl === 0) return false;
  return abortable(ledger.streamsNotCached(request), soon(signal)).catch(unread(log, false));
}

function unread<T>(log: Kept['log'], instead: T) {
  return (error: unknown): T => {
    log.warn(`earlier prompts are not known: ${String(error)}`);
    return instead;
  };
}
