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
  /** By the time when they were sent. */
  #records: ActivityRecord[] = [];
  #sorted = true;
  #damaged = 0;
  /** This window's, which are to come in the files too. */
  readonly #own = new Set<string>();
  #reading: Promise<boolean> = Promise.resolve(false);

  constructor(files: RecordFiles) {
    this.#cursor = new Cursor(files);
  }

  /** Oldest first. */
  get records(): readonly ActivityRecord[] {
    return this.#records;
  }

  /** Lines of the files that are no records. */
  get damaged(): number {
    return this.#damaged;
  }

  /** One that has just ended: it is known before its file is read. */
  add(record: ActivityRecord): void {
    const key = keyOf(record);
    // A read that was under way may have met it already.
    if (this.#records.slice(-100).some((each) => keyOf(each) === key)) return;
    this.#own.add(key);
    this.#put(record);
    this.#sort();
  }

  /** Reads what is new in the files. Resolves to whether anything was that is not known yet. */
  refresh(): Promise<boolean> {
    const read = () => this.#read();
    return (this.#reading = this.#reading.then(read, read));
  }

  async #read(): Promise<boolean> {
    let isNew = false;
    for await (const { records, damaged, anew } of this.#cursor.more()) {
      isNew ||= anew || damaged > 0;
      if (anew) {
        this.#records = [];
        this.#damaged = 0;
        this.#own.clear();
      }
      for (const record of records) {
        if (this.#own.size > 0 && this.#own.delete(keyOf(record))) continue;
        this.#put(record);
        isNew = true;
      }
      this.#damaged += damaged;
    }
    this.#sort();
    return isNew;
  }

  #put(record: ActivityRecord): void {
    if (record.at < (this.#records.at(-1)?.at ?? 0)) this.#sorted = false;
    this.#records.push(record);
  }

  /** Windows write as replies end; a long one comes after others that were sent later. */
  #sort(): void {
    if (!this.#sorted) this.#records.sort((a, b) => a.at - b.at);
    this.#sorted = true;
  }
}

function keyOf({ id, at }: ActivityRecord): string {
  return `${id} ${at}`;
}
