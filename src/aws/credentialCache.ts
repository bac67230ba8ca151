// Credentials that were obtained, until they are about to expire. They live outside of any client of the SDK: a
// client lasts for one reply, and somebody would be asked for a code at each.
import type { AwsCredentials } from '../core/model/ports';
import { abortable } from '../core/model/abortable';
import type { ResolvedCredentials } from './resolveContext';

/** What was obtained. */
interface CacheEntry {
  readonly credentials: ResolvedCredentials;
  /** What the files said. */
  readonly stamp: string;
}

/** Somebody obtains credentials; all who want the same wait for that. */
interface InFlight {
  readonly stamp: string;
  readonly landed: Promise<CacheEntry>;
  readonly stopping: AbortController;
  waiting: number;
}

export interface CredentialRequest {
  /** What is remembered together: a profile. */
  readonly key: string;
  /** What the files say of it now. */
  readonly stamp: string;
  /** ms before they expire at which credentials are obtained anew. */
  readonly early: number;
  readonly obtain: (signal: AbortSignal) => Promise<CacheEntry>;
  /** Whether the ones before, which are good for a moment yet, do once more: told why there are no new ones. */
  readonly mayWait: (error: unknown) => boolean;
}

export class CredentialCache {
  private readonly kept = new Map<string, CacheEntry>();
  private readonly flights = new Map<string, InFlight>();

  /** What is remembered for `key`, expired or not. */
  peek(key: string): ResolvedCredentials | undefined {
    return this.kept.get(key)?.credentials;
  }

  async get(
    { key, stamp, early, obtain, mayWait }: CredentialRequest,
    signal: AbortSignal,
  ): Promise<ResolvedCredentials> {
    const kept = this.kept.get(key);
    const good = kept?.stamp === stamp ? kept.credentials : undefined;
    if (good && lasts(good, early)) return good;
    const flight = this.join(key, stamp, obtain);
    try {
      return (await abortable(flight.landed, signal)).credentials;
    } catch (error) {
      if (signal.aborted || !good || this.kept.get(key)?.credentials !== good || !lasts(good, 0)) throw error;
      if (!mayWait(error)) throw error;
      return good;
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.stopping.abort();
    }
  }

  forget({ accessKeyId, sessionToken }: AwsCredentials): void {
    for (const [key, { credentials }] of this.kept)
      if (credentials.accessKeyId === accessKeyId && credentials.sessionToken === sessionToken)
        this.kept.delete(key);
  }

  private join(key: string, stamp: string, obtain: CredentialRequest['obtain']): InFlight {
    const running = this.flights.get(key);
    if (running?.stamp === stamp && !running.stopping.signal.aborted) {
      running.waiting += 1;
      return running;
    }
    const stopping = new AbortController();
    const landed = obtain(stopping.signal).then((kept) => {
      if (!stopping.signal.aborted) this.kept.set(key, kept);
      return kept;
    });
    const flight: InFlight = { stamp, landed, stopping, waiting: 1 };
    this.flights.set(key, flight);
    const over = () => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    // Nobody may be left to hear of it.
    landed.then(over, over);
    return flight;
  }
}

function lasts({ expiration }: ResolvedCredentials, ms: number): boolean {
  return expiration === undefined || expiration - Date.now() > ms;
}
