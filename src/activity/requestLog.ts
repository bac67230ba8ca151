// The record in memory, while somebody looks at it: what is in the files, and what has just ended in this window.
import type { ActivityRecord } from '../core/activity/record';
import type { RequestProgress } from '../core/activity/requestProgress';
import { serialize } from '../util/serialize';
import type { Portion, RecordFollower, RecordReader } from './recordReader';

/** A request as the view has it: its record, or how far it has come. */
export type LoggedRequest = ActivityRecord | RequestProgress;

export function isRunning(row: LoggedRequest): row is RequestProgress {
  return 'reply' in row;
}

/** What was read of a file. */
interface Read {
  readonly records: ActivityRecord[];
  damaged: number;
}

export class RequestLog {
  readonly #follower: RecordFollower;
  #records: readonly ActivityRecord[] = [];
  #models = new Set<string>();
  /** By the day of the file: what is in one that is gone is forgotten. */
  readonly #files = new Map<string, Read>();
  /** What was read and is not shown yet: it is once all is read. */
  #met: ActivityRecord[] = [];
  readonly #gone = new Set<ActivityRecord>();
  /** Something was read since the last refresh that is not known yet. */
  #isNew = false;
  #unreadable = 0;
  /** This window's, which are to come in the files too, by their keys. */
  readonly #own = new Map<string, ActivityRecord>();

  constructor(reader: RecordReader) {
    this.#follower = reader.follow((portion) => this.#take(portion));
  }

  /** By the time when they were sent, oldest first: another array whenever there are others. */
  get records(): readonly ActivityRecord[] {
    return this.#records;
  }

  /** The models that were ever asked. */
  get models(): ReadonlySet<string> {
    return this.#models;
  }

  /** Lines of the files that are no records. */
  get damaged(): number {
    let sum = 0;
    for (const { damaged } of this.#files.values()) sum += damaged;
    return sum;
  }

  /** Files that cannot be read. */
  get unreadable(): number {
    return this.#follower.unreadable();
  }

  /** One that has just ended: it is known before its file is read. */
  add(record: ActivityRecord): void {
    const key = keyOf(record);
    // A read may have met it already; one that is under way has those that ended last at its end.
    const isKnown = (each: ActivityRecord) => keyOf(each) === key;
    if (this.#sentSince(record.at).some(isKnown) || this.#met.slice(-100).some(isKnown)) return;
    this.#own.set(key, record);
    this.#put([record]);
  }

  /** Reads what is new in the files. Resolves to whether anything was that is not known yet. */
  readonly refresh = serialize(() => this.#read());

  /** Lets the record go. */
  dispose(): void {
    this.#follower.dispose();
  }

  async #read(): Promise<boolean> {
    try {
      await this.#follower.refresh();
    } finally {
      // The follower does not meet them again.
      this.#show();
    }
    const isNew = this.#isNew || this.#unreadable !== this.unreadable;
    this.#isNew = false;
    this.#unreadable = this.unreadable;
    return isNew;
  }

  #take({ day, records, damaged, reset }: Portion): void {
    if (reset) {
      for (const record of this.#files.get(day)?.records ?? []) this.#gone.add(record);
      this.#files.delete(day);
    }
    let read = this.#files.get(day);
    if (!read) this.#files.set(day, (read = { records: [], damaged: 0 }));
    for (const record of records) {
      const own = this.#ownOf(record);
      if (!own) this.#met.push(record);
      read.records.push(own ?? record);
      this.#isNew ||= !own;
    }
    read.damaged += damaged;
    this.#isNew ||= reset || damaged > 0;
  }

  /** What this window has told already of what is met in a file. */
  #ownOf(record: ActivityRecord): ActivityRecord | undefined {
    if (this.#own.size === 0) return undefined;
    const key = keyOf(record);
    const own = this.#own.get(key);
    this.#own.delete(key);
    return own;
  }

  /** Shows what was met, all at once: parts of it would look like the whole. */
  #show(): void {
    const gone = new Set(this.#gone);
    const met = this.#met.filter((record) => !gone.has(record));
    this.#gone.clear();
    this.#met = [];
    if (gone.size > 0) {
      this.#records = this.#records.filter((record) => !gone.has(record));
      this.#models = new Set(this.#records.map(({ model }) => model));
    }
    this.#put(met);
  }

  #sentSince(at: number): readonly ActivityRecord[] {
    return this.#records.slice(this.#records.findLastIndex((each) => each.at < at) + 1);
  }

  /** Windows write as replies end: a long one comes after others that were sent later. */
  #put(records: readonly ActivityRecord[]): void {
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
