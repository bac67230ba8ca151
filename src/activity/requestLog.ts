// The record in memory, while somebody looks at it: what is in the files, and what has just ended in this window.
import type { ActivityRecord } from '../core/activity/record';
import type { Tally } from '../core/activity/tally';
import { inTurn } from '../inTurn';
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

  /** Files that cannot be read. */
  get unreadable(): number {
    return this.#cursor.unreadable;
  }

  /** One that has just ended: it is known before its file is read. */
  add(record: ActivityRecord): void {
    const key = keyOf(record);
    // A read may have met it already; one that is under way has those that ended last at its end.
    const isKnown = (each: ActivityRecord) => keyOf(each) === key;
    if (this.#sentSince(record.at).some(isKnown) || this.#met.slice(-100).some(isKnown)) return;
    this.#own.add(key);
    this.#put([record]);
  }

  /** Reads what is new in the files. Resolves to whether anything was that is not known yet. */
  readonly refresh = inTurn(() => this.#read());

  async #read(): Promise<boolean> {
    let isAnew = false;
    let damaged = 0;
    const { unreadable } = this;
    let isNew = false;
    try {
      for await (const portion of this.#cursor.more()) {
        if (portion.anew) {
          isAnew = true;
          damaged = 0;
          this.#met = [];
        }
        for (const record of portion.records) {
          if (this.#own.size > 0 && this.#own.delete(keyOf(record)) && !isAnew) continue;
          this.#met.push(record);
          isNew = true;
        }
        damaged += portion.damaged;
      }
    } finally {
      // The cursor does not meet them again.
      this.#take(isAnew, damaged);
    }
    return isAnew || isNew || damaged > 0 || unreadable !== this.unreadable;
  }

  /** What a read has met, all at once: parts of it would look like the whole. */
  #take(isAnew: boolean, damaged: number): void {
    const met = this.#met;
    this.#met = [];
    if (isAnew) {
      const own = this.#records.filter((record) => this.#own.has(keyOf(record)));
      this.#records = [];
      this.#models = new Set();
      this.#damaged = 0;
      this.#put(own);
    }
    this.#damaged += damaged;
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
