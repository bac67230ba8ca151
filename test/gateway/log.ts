import type { Received } from './received.js';

export type AuthenticationMode = 'none' | 'signature' | 'apiKey' | 'storedKeys';

/** A request to the gateway, and its result. Times are ms since the epoch. */
export interface Entry {
  readonly number: number;
  readonly method: string;
  /** Path and query exactly as received. */
  readonly url: string;
  /** Names in lower case, including the gateway's own headers. */
  readonly headers: Readonly<Record<string, string>>;
  body: string;
  provider: string | undefined;
  region: string | undefined;
  /** Decoded. */
  model: string | undefined;
  operation: string | undefined;
  /** Set once the request reached AWS. */
  seenByAws: { path: string; headers: Readonly<Record<string, string>> } | undefined;
  authentication: AuthenticationMode;
  /** Unchecked: the request did not get that far, or was not signed. */
  signature: 'unchecked' | 'accepted' | 'refused';
  signatureReason: string | undefined;
  status: number | undefined;
  /** The gateway's code or AWS's exception. */
  error: string | undefined;
  cache: 'HIT' | 'MISS' | undefined;
  framesSent: number;
  framesTotal: number;
  bytesSent: number;
  readonly openedAt: number;
  closedByClientAt: number | undefined;
  /** Everything that the gateway intended to send was sent, also for an intended interruption. */
  finished: boolean;
}

interface Waiting {
  readonly predicate: (entry: Entry) => boolean;
  readonly found: (entry: Entry) => void;
}

export class Log {
  readonly entries: Entry[] = [];
  readonly #waiting = new Set<Waiting>();
  #opened = 0;

  /** @param keep how many entries are kept, the latest */
  constructor(private readonly keep = Infinity) {}

  open({ method, url, headers }: Omit<Received, 'body'>): Entry {
    const entry: Entry = {
      number: ++this.#opened,
      method,
      url,
      headers,
      body: '',
      provider: undefined,
      region: undefined,
      model: undefined,
      operation: undefined,
      seenByAws: undefined,
      authentication: 'none',
      signature: 'unchecked',
      signatureReason: undefined,
      status: undefined,
      error: undefined,
      cache: undefined,
      framesSent: 0,
      framesTotal: 0,
      bytesSent: 0,
      openedAt: Date.now(),
      closedByClientAt: undefined,
      finished: false,
    };
    this.entries.push(entry);
    if (this.entries.length > this.keep) this.entries.shift();
    return entry;
  }

  changed(entry: Entry, changes: Partial<Entry>): void {
    Object.assign(entry, changes);
    for (const waiting of this.#waiting) {
      if (!waiting.predicate(entry)) continue;
      this.#waiting.delete(waiting);
      waiting.found(entry);
    }
  }

  /**
   * Resolves to the first entry, old or new, for which the predicate is or becomes true. Rejects after `timeout` ms.
   */
  waitFor(predicate: (entry: Entry) => boolean, timeout = 60_000): Promise<Entry> {
    const present = this.entries.find(predicate);
    if (present) return Promise.resolve(present);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        const received = this.entries.map(summary).join('\n') || 'nothing';
        reject(new Error(`No such request within ${timeout} ms. The gateway got:\n${received}`));
      }, timeout);
      const waiting: Waiting = {
        predicate,
        found: (entry) => {
          clearTimeout(timer);
          resolve(entry);
        },
      };
      this.#waiting.add(waiting);
    });
  }
}

/** A summary in one line, without text of the prompt or a key. */
export function summary(entry: Entry): string {
  const size = entry.framesTotal
    ? `${entry.framesSent}/${entry.framesTotal} frames`
    : `${entry.bytesSent} bytes`;
  const parts = [
    `#${entry.number} ${entry.method}`,
    entry.operation ?? entry.url.split('?')[0],
    entry.region,
    entry.model,
    `→ ${entry.status ?? 'no answer yet'}`,
    entry.error,
    entry.authentication === 'signature' ? `signature ${entry.signature}` : entry.authentication,
    entry.cache && `cache ${entry.cache}`,
    size,
    `${(entry.closedByClientAt ?? Date.now()) - entry.openedAt} ms`,
    entry.closedByClientAt && 'closed by the client',
  ];
  return parts.filter(Boolean).join(' ');
}
