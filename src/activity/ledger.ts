// Keeps the record of every request of this window, and tells what goes on.
import { type Disposable, EventEmitter } from 'vscode';
import { fingerprint } from '../core/activity/fingerprint';
import type { ActivityRecord } from '../core/activity/record';
import { PromptHistory } from '../core/activity/promptHistory';
import { RequestProgress, type ProgressContext, recordOf } from '../core/activity/requestProgress';
import { formatAddress } from '../core/gateway/address';
import type { Log, LedgerEntry, Ledger } from '../core/model/ports';
import type { Request } from '../core/model/request';
import { abortable } from '../core/model/abortable';
import { lazy } from '../util/lazy';
import { nodeHash } from '../platform/node/hash';
import { ownPrice } from '../settings/ownPrice';
import type { RecordFiles } from './files';
import type { RecordFollower, RecordReader } from './recordReader';

export interface LedgerParts {
  readonly files: RecordFiles;
  readonly reader: RecordReader;
  /** The key of fingerprints; the same in all windows. */
  readonly key: () => Promise<string>;
  readonly log: Log;
}

/** What has happened to a request of this window; `record` when its reply has ended. */
export interface RequestChange {
  readonly progress: RequestProgress;
  readonly record?: ActivityRecord;
}

/** ms */
const patience = 2000;

export class WindowLedger implements Ledger, Disposable {
  readonly #parts: LedgerParts;
  readonly #running = new Set<RequestProgress>();
  readonly #kept = new Set<Promise<void>>();
  readonly #happened = new EventEmitter<RequestChange>();
  /** Fires as a request starts, whenever more than text has come, and when it has ended and is on disk. */
  readonly onDidChangeRequest = this.#happened.event;
  readonly #prices = lazy(() => import('../prices/prices.chunk'));
  readonly #read: () => Promise<PromptHistory>;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    const history = new PromptHistory();
    let following: RecordFollower | undefined;
    this.#read = async () => {
      following ??= parts.reader.follow(({ day, records, reset }) => {
        if (reset) history.forget(day);
        for (const record of records) history.add(day, record);
      });
      await following.refresh();
      return history;
    };
  }

  /** Requests whose replies have not ended, oldest first. */
  get running(): readonly RequestProgress[] {
    return [...this.#running];
  }

  begin(request: Request): LedgerEntry {
    const progress = new RequestProgress(request, Date.now());
    this.#running.add(progress);
    this.#happened.fire({ progress });
    // Both while the gateway is waited for.
    this.#prices().catch(() => undefined);
    this.#parts.key().catch(() => undefined);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const kept = ended.then(() => this.#keep(progress)).finally(() => this.#kept.delete(kept));
    this.#kept.add(kept);
    return {
      apply: (event) => {
        if (progress.apply(event, Date.now())) this.#happened.fire({ progress });
        if (event.type === 'ended') end();
      },
      abandon: () => {
        progress.abandon(Date.now());
        end();
      },
    };
  }

  async firstSeenAt(request: Request): Promise<number | undefined> {
    const [repeats, key] = await Promise.all([this.#read(), this.#parts.key()]);
    return repeats.firstSeenAt(fingerprint(request, key, nodeHash));
  }

  async streamsNotCached(request: Request): Promise<boolean> {
    const [repeats, key] = await Promise.all([this.#read(), this.#parts.key()]);
    const { address, cacheTtl } = request.gateway;
    const prompt = fingerprint(request, key, nodeHash);
    return repeats.streamsNotCached(prompt, formatAddress(address), cacheTtl ?? 0, Date.now());
  }

  /** Reads what earlier prompts tell, so that no prompt waits for it. */
  readAhead(): void {
    this.#read().catch((error: unknown) => this.#parts.log.warn(`activity: ${String(error)}`));
  }

  /** Resolves when everything that was begun has ended, and is on disk. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#kept);
  }

  dispose(): void {
    this.#happened.dispose();
  }

  async #keep(progress: RequestProgress): Promise<void> {
    const record = recordOf(progress, await this.#contextOf(progress));
    try {
      await this.#parts.files.append(record);
    } catch (error) {
      // A failed write must not fail the reply.
      this.#parts.log.warn(`${record.id}: not recorded: ${String(error)}`);
    }
    this.#running.delete(progress);
    this.#happened.fire({ progress, record });
  }

  async #contextOf({ request, reply }: RequestProgress): Promise<ProgressContext> {
    const { target } = request;
    const prompt = await this.#promptOf(request);
    try {
      const { costOfReply } = await this.#prices();
      return { cost: costOfReply(reply, target, ownPrice(target)), prompt };
    } catch (error) {
      this.#parts.log.warn(`price list: ${String(error)}`);
      return { cost: { kind: 'unknown', because: 'noPrice' }, prompt };
    }
  }

  /** undefined where the secret storage does not give the key: the record is kept without. */
  async #promptOf(request: Request): Promise<string | undefined> {
    try {
      return fingerprint(
        request,
        await abortable(this.#parts.key(), AbortSignal.timeout(patience)),
        nodeHash,
      );
    } catch {
      return undefined;
    }
  }
}
