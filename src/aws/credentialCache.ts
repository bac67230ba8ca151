// Caches resolved credentials until they are about to expire. Independent of SDK clients: a client is used for one
// reply, and the user would be asked for an MFA code each time.
import type { AwsCredentials } from '../core/model/ports';
import { abortable } from '../core/model/abortable';
import type { ResolvedCredentials } from './resolveContext';

/** Cached credentials. */
interface CacheEntry {
  readonly credentials: ResolvedCredentials;
  /** The revision of the profile files. */
  readonly revision: string;
}

/** A resolution in progress, which all concurrent requests for the same key share. */
interface InFlight {
  readonly revision: string;
  readonly result: Promise<CacheEntry>;
  readonly abort: AbortController;
  waiters: number;
}

export interface CredentialRequest {
  /** The cache key: a profile. */
  readonly key: string;
  /** The current revision of the profile files. */
  readonly revision: string;
  /** How long before they expire credentials are refreshed, ms. */
  readonly refreshAheadMs: number;
  readonly resolve: (signal: AbortSignal) => Promise<CacheEntry>;
  /**
   * Whether to use the previous credentials, which are still valid for a moment, after a refresh failed with `error`.
   */
  readonly useStaleOn: (error: unknown) => boolean;
}

export class CredentialCache {
  private readonly entries = new Map<string, CacheEntry>();
  private readonly inFlight = new Map<string, InFlight>();

  /** The cached credentials for `key`, expired or not. */
  peek(key: string): ResolvedCredentials | undefined {
    return this.entries.get(key)?.credentials;
  }

  async get(
    { key, revision, refreshAheadMs, resolve, useStaleOn }: CredentialRequest,
    signal: AbortSignal,
  ): Promise<ResolvedCredentials> {
    const entry = this.entries.get(key);
    const current = entry?.revision === revision ? entry.credentials : undefined;
    if (current && isValidFor(current, refreshAheadMs)) return current;
    const flight = this.join(key, revision, resolve);
    try {
      return (await abortable(flight.result, signal)).credentials;
    } catch (error) {
      if (
        signal.aborted ||
        !current ||
        this.entries.get(key)?.credentials !== current ||
        !isValidFor(current, 0)
      )
        throw error;
      if (!useStaleOn(error)) throw error;
      return current;
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0) flight.abort.abort();
    }
  }

  forget({ accessKeyId, sessionToken }: AwsCredentials): void {
    for (const [key, { credentials }] of this.entries)
      if (credentials.accessKeyId === accessKeyId && credentials.sessionToken === sessionToken)
        this.entries.delete(key);
  }

  private join(key: string, revision: string, resolve: CredentialRequest['resolve']): InFlight {
    const running = this.inFlight.get(key);
    if (running?.revision === revision && !running.abort.signal.aborted) {
      running.waiters += 1;
      return running;
    }
    const abort = new AbortController();
    const result = resolve(abort.signal).then((entry) => {
      if (!abort.signal.aborted) this.entries.set(key, entry);
      return entry;
    });
    const flight: InFlight = { revision, result, abort, waiters: 1 };
    this.inFlight.set(key, flight);
    const remove = () => {
      if (this.inFlight.get(key) === flight) this.inFlight.delete(key);
    };
    // A rejection is not unhandled if nobody waits any more.
    result.then(remove, remove);
    return flight;
  }
}

function isValidFor({ expiration }: ResolvedCredentials, ms: number): boolean {
  return expiration === undefined || expiration - Date.now() > ms;
}
