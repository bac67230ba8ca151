// Records every request of this window, and reports their progress.
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
import { ownPrice } from '../settings';
import type { RecordFiles } from './files';
import type { RecordFollower, RecordReader } from './recordReader';

export interface LedgerParts {
  readonly files: RecordFiles;
  readonly reader: RecordReader;
  /** The key of the prompts' fingerprints; the same in all windows. */
  readonly key: () => Promise<string>;
  readonly log: Log;
}

/** A change of a request of this window; `record` is present when its reply has ended. */
export interface RequestChange {
  readonly progress: RequestProgress;
  readonly record?: ActivityRecord;
}

const keyTimeoutMs = 2000;

export class WindowLedger implements Ledger, Disposable {
  readonly #parts: LedgerParts;
  readonly #running = new Set<RequestProgress>();
  readonly #writes = new Set<Promise<void>>();
  readonly #changed = new EventEmitter<RequestChange>();
  /** Fires when a request starts, when anything but text arrives, and when the request has ended and is on disk. */
  readonly onDidChangeRequest = this.#changed.event;
  readonly #prices = lazy(() => import('../prices/prices.chunk'));
  readonly #readHistory: () => Promise<PromptHistory>;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    const history = new PromptHistory();
    let follower: RecordFollower | undefined;
    this.#readHistory = async () => {
      follower ??= parts.reader.follow(({ day, records, reset }) => {
        if (reset) history.forget(day);
        for (const record of records) history.add(day, record);
      });
      await follower.refresh();
      return history;
    };
  }

  /** The running requests, oldest first. */
  get running(): readonly RequestProgress[] {
    return [...this.#running];
  }

  begin(request: Request): LedgerEntry {
    const progress = new RequestProgress(request, Date.now());
    this.#running.add(progress);
    this.#changed.fire({ progress });
    // Loads both while the gateway works on the request.
    this.#prices().catch(() => undefined);
    this.#parts.key().catch(() => undefined);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const written = ended.then(() => this.#write(progress)).finally(() => this.#writes.delete(written));
    this.#writes.add(written);
    return {
      apply: (event) => {
        if (progress.apply(event, Date.now())) this.#changed.fire({ progress });
        if (event.type === 'ended') end();
      },
      abandon: () => {
        progress.abandon(Date.now());
        end();
      },
    };
  }

  async firstSeenAt(request: Request): Promise<number | undefined> {
    const [repeats, key] = await Promise.all([this.#readHistory(), this.#parts.key()]);
    return repeats.firstSeenAt(fingerprint(request, key, nodeHash));
  }

  async streamsNotCached(request: Request): Promise<boolean> {
    const [repeats, key] = await Promise.all([this.#readHistory(), this.#parts.key()]);
    const { address, cacheTtl } = request.gateway;
    const prompt = fingerprint(request, key, nodeHash);
    return repeats.streamsNotCached(prompt, formatAddress(address), cacheTtl ?? 0, Date.now());
  }

  /** Reads the history of earlier prompts, so that no prompt has to wait for it. */
  readAhead(): void {
    this.#readHistory().catch((error: unknown) => this.#parts.log.warn(`activity: ${String(error)}`));
  }

  /** Resolves when all requests have ended and are on disk. */
  async whenWritten(): Promise<void> {
    await Promise.allSettled(this.#writes);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #write(progress: RequestProgress): Promise<void> {
    const record = recordOf(progress, await this.#progressContext(progress));
    try {
      await this.#parts.files.append(record);
    } catch (error) {
      // A failed write must not fail the reply.
      this.#parts.log.warn(`${record.id}: not recorded: ${String(error)}`);
    }
    this.#running.delete(progress);
    this.#changed.fire({ progress, record });
  }

  async #progressContext({ request, reply }: RequestProgress): Promise<ProgressContext> {
    const { target } = request;
    const prompt = await this.#promptFingerprint(request);
    try {
      const { costOfReply } = await this.#prices();
      return { cost: costOfReply(reply, target, ownPrice(target)), prompt };
    } catch (error) {
      this.#parts.log.warn(`price list: ${String(error)}`);
      return { cost: { kind: 'unknown', because: 'noPrice' }, prompt };
    }
  }

  /** undefined if the secret storage does not provide the key; the record is then written without a fingerprint. */
  async #promptFingerprint(request: Request): Promise<string | undefined> {
    try {
      return fingerprint(
        request,
        await abortable(this.#parts.key(), AbortSignal.timeout(keyTimeoutMs)),
        nodeHash,
      );
    } catch {
      return undefined;
    }
  }
}
