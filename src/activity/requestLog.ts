// The record in memory, while somebody looks at it: what is in the files, and this window's requests that still run.
import type { ActivityRecord } from '../core/activity/record';
import type { Tally } from '../core/activity/tally';
import { Cursor, type RecordFiles } from './files';

/** A request as the view has it: its record, or how far it has come. */
export type Row = ActivityRecord | Tally;

export function isRunning(row: Row): row is Tally {
  return 'spent' in row;
}

export class RequestLog {
  readonly #cursor: Cursor;
  #records: readonly ActivityRecord[] = [];
  #models = new Set<string>();
  #damaged = 0;
  /** What the read that is under way has met: it is shown when that has ended. */
  #met: ActivityRecord[] = [];
  /** This window's, which are to come in the files too. */
  readonly #own = new Set<string>();
  #reading: Promise<boolean> = Promise.resolve(false);

  constructor(files: RecordFiles) {
    this.#cursor = new Cursor(files);
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
    return this.#damaged;
  }

  /** One that has just ended: it is known before its file is read. */
  add(record: ActivityRecord): void {
    const key = keyOf(record);
    // A read may have met it already.
    const isKnown = (each: ActivityRecord) => keyOf(each) === key;
    if (this.#records.slice(-100).some(isKnown) || this.#met.slice(-100).some(isKnown)) return;
    this.#own.add(key);
    this.#put([record]);
  }

  /** Reads what is new in the files. Resolves to whether anything was that is not known yet. */
  refresh(): Promise<boolean> {
    const read = () => this.#read();
    return (this.#reading = this.#reading.then(read, read));
  }

  async #read(): Promise<boolean> {
    let isNew = false;
    try {
      for await (const { records, damaged, anew } of this.#cursor.more()) {
        isNew ||= anew || damaged > 0;
        if (anew) {
          this.#records = [];
          this.#models = new Set();
          this.#damaged = 0;
          this.#met = [];
          this.#own.clear();
        }
        for (const record of records) {
          if (this.#own.size > 0 && this.#own.delete(keyOf(record))) continue;
          this.#met.push(record);
        }
        this.#damaged += damaged;
      }
    } finally {
      // The cursor does not meet them again.
      isNew ||= this.#met.length > 0;
      this.#put(this.#met);
      this.#met = [];
    }
    return isNew;
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
