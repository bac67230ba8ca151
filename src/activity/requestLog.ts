// The record in memory while the view is open: the requests from the files, and those that just ended in this window.
import type { ActivityRecord } from '../core/activity/record';
import type { RequestProgress } from '../core/activity/requestProgress';
import { serialize } from '../util/serialize';
import type { Portion, RecordFollower, RecordReader } from './recordReader';

/** A request in the view: the record of an ended one, or the progress of a running one. */
export type LoggedRequest = ActivityRecord | RequestProgress;

export function isRunning(row: LoggedRequest): row is RequestProgress {
  return 'reply' in row;
}

/** What has been read from a file. */
interface FileContents {
  readonly records: ActivityRecord[];
  damaged: number;
}

export class RequestLog {
  readonly #follower: RecordFollower;
  #records: readonly ActivityRecord[] = [];
  #models = new Set<string>();
  /** Day of the file → its contents. The records of a removed file are dropped. */
  readonly #files = new Map<string, FileContents>();
  /** Records that were read but are not visible yet: they become visible together when everything is read. */
  #pending: ActivityRecord[] = [];
  readonly #removed = new Set<ActivityRecord>();
  /** Whether the files contained anything new since the last refresh. */
  #hasChanges = false;
  #unreadable = 0;
  /** Key → a record of this window that has not been read from its file yet. */
  readonly #own = new Map<string, ActivityRecord>();

  constructor(reader: RecordReader) {
    this.#follower = reader.follow((portion) => this.#take(portion));
  }

  /** Sorted by the time when they were sent, oldest first. A new array after each change. */
  get records(): readonly ActivityRecord[] {
    return this.#records;
  }

  /** The IDs of all models that were ever used. */
  get models(): ReadonlySet<string> {
    return this.#models;
  }

  /** The number of lines that are not records. */
  get damaged(): number {
    let sum = 0;
    for (const { damaged } of this.#files.values()) sum += damaged;
    return sum;
  }

  /** The number of files that can't be read. */
  get unreadable(): number {
    return this.#follower.unreadable();
  }

  /** Adds a request that just ended, before its file is read. */
  add(record: ActivityRecord): void {
    const key = keyOf(record);
    const isKnown = (each: ActivityRecord) => keyOf(each) === key;
    if (this.#sentSince(record.at).some(isKnown)) return;
    // A read may have found it already, also one that another part asked for, after which nothing is shown here. In a
    // read that is under way, the latest records are at the end.
    const found = this.#pending.slice(-100).find(isKnown);
    if (found) this.#pending.splice(this.#pending.lastIndexOf(found), 1);
    else this.#own.set(key, record);
    this.#insert([found ?? record]);
  }

  /** Reads what is new in the files. Resolves to whether there was anything new. */
  readonly refresh = serialize(() => this.#read());

  dispose(): void {
    this.#follower.dispose();
  }

  async #read(): Promise<boolean> {
    try {
      await this.#follower.refresh();
    } finally {
      // The follower will not deliver these records again.
      this.#showPending();
    }
    const isNew = this.#hasChanges || this.#unreadable !== this.unreadable;
    this.#hasChanges = false;
    this.#unreadable = this.unreadable;
    return isNew;
  }

  #take({ day, records, damaged, reset }: Portion): void {
    if (reset) {
      for (const record of this.#files.get(day)?.records ?? []) this.#removed.add(record);
      this.#files.delete(day);
    }
    let file = this.#files.get(day);
    if (!file) this.#files.set(day, (file = { records: [], damaged: 0 }));
    for (const record of records) {
      const own = this.#takeOwn(record);
      if (!own) this.#pending.push(record);
      file.records.push(own ?? record);
      this.#hasChanges ||= !own;
    }
    file.damaged += damaged;
    this.#hasChanges ||= reset || damaged > 0;
  }

  /** The record of this window for one that was read from a file; undefined if it is not this window's. */
  #takeOwn(record: ActivityRecord): ActivityRecord | undefined {
    if (this.#own.size === 0) return undefined;
    const key = keyOf(record);
    const own = this.#own.get(key);
    this.#own.delete(key);
    return own;
  }

  /** Makes the pending records visible, all together: a part would look like the whole. */
  #showPending(): void {
    const removed = new Set(this.#removed);
    const added = this.#pending.filter((record) => !removed.has(record));
    this.#removed.clear();
    this.#pending = [];
    if (removed.size > 0) {
      this.#records = this.#records.filter((record) => !removed.has(record));
      this.#models = new Set(this.#records.map(({ model }) => model));
    }
    this.#insert(added);
  }

  #sentSince(at: number): readonly ActivityRecord[] {
    return this.#records.slice(this.#records.findLastIndex((each) => each.at < at) + 1);
  }

  /** Keeps the order: a long reply is written after others that were sent later. */
  #insert(records: readonly ActivityRecord[]): void {
    if (records.length === 0) return;
    const all = [...this.#records, ...records];
    let before = this.#records.at(-1)?.at ?? 0;
    let inOrder = true;
    for (const { at, model } of records) {
      inOrder &&= at >= before;
      before = at;
      this.#models.add(model);
    }
    this.#records = inOrder ? all : all.sort((a, b) => a.at - b.at);
  }
}

function keyOf({ id, at }: ActivityRecord): string {
  return `${id} ${at}`;
}
