// The files of the record: one for each day (UTC) on which requests ended. All windows append to them.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { monthOf } from '../core/activity/month';
import { type ActivityRecord, recordLine } from '../core/activity/record';
import { appendText, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';

export const dayMs = 24 * 60 * 60 * 1000;
const fileNamePattern = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;

/** The UTC day of a time (ms since the epoch), as in the file names: YYYY-MM-DD. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export class RecordFiles {
  readonly #append = serialize(appendText);

  constructor(readonly directory: string) {}

  /**
   * Resolves when `record` is on disk, after the records before it. Rejects with the file system's error. The record goes
   * into the file of `now`, even if the request began days ago: files of past days do not change.
   */
  append(record: ActivityRecord, now = Date.now()): Promise<void> {
    return this.#append(this.fileOf(dayOf(now)), recordLine(record));
  }

  /**
   * Removes files that are older than `days`, counted from `now` (ms since the epoch). Keeps this month, which the budget
   * needs, and files that are only old because the clock is wrong: see latestUse.
   */
  async retain(days: number, now: number): Promise<void> {
    const all = await this.days();
    const latest = latestUse(
      all.filter((day) => day <= dayOf(now)),
      Math.max(days, minPauseDays),
    );
    const oldest = dayOf(Math.min(latest - days * dayMs, now - days * dayMs, monthOf(now).from));
    for (const day of all) if (day < oldest) await rm(this.fileOf(day), { force: true });
  }

  /** The days with a file, YYYY-MM-DD, oldest first. */
  async days(): Promise<readonly string[]> {
    const names = (await unlessMissing(readdir(this.directory))) ?? [];
    return names.flatMap((name) => fileNamePattern.exec(name)?.[1] ?? []).sort();
  }

  /** The path of a day's file. */
  fileOf(day: string): string {
    return path.join(this.directory, `${day}.jsonl`);
  }
}

/** After this many days without a request, the clock may have jumped. */
const minPauseDays = 31;
/** This many days of use after such a pause show that the clock is right. */
const minUseDays = 7;

/**
 * The last day of use (ms since the epoch) that the record proves. If the clock is set to 2035 by mistake, the whole
 * record would seem old, so age is counted from the last use, not from the clock alone. But prompts sent with such a
 * clock also create files. So after a pause of more than `pause` days, a week of use must follow before it counts:
 * either the user was away, or the clock jumped.
 * @param days days of use, oldest first, none of them later than now
 */
function latestUse(days: readonly string[], pause: number): number {
  const times = days.map((day) => Date.parse(day)).filter(Number.isFinite);
  let later = Infinity;
  let latest = 0;
  for (const [at, time] of [...times.entries()].reverse()) {
    // The days after a long pause count only if there are enough of them.
    if (later - time > pause * dayMs && times.length - 1 - at < minUseDays) latest = time;
    later = time;
  }
  return latest;
}
