// The files that hold the record: one for each day (UTC) on which requests ended, to which all windows append. A line is
// appended by one write, which the system does not mix with another's
// (https://pubs.opengroup.org/onlinepubs/9799919799/functions/write.html, O_APPEND).
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { monthOf } from '../core/activity/month';
import { type ActivityRecord, recordLine } from '../core/activity/record';
import { serialize } from '../util/serialize';

export const dayMs = 24 * 60 * 60 * 1000;
const named = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;

/** The day of a time (ms since the epoch), as files are named. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export class RecordFiles {
  readonly #append = serialize(appendLine);

  constructor(readonly directory: string) {}

  /**
   * Resolves when `record` is on disk, after those before it. Rejects as the file system does. It goes into the file of
   * `now`: files of days that are over stay as they are, though a request may have waited for days.
   */
  append(record: ActivityRecord, now = Date.now()): Promise<void> {
    return this.#append(this.fileOf(dayOf(now)), recordLine(record));
  }

  /**
   * Removes what is older than `days`, reckoned from `now`; but nothing of this month, which the budget adds up, and
   * nothing that only a clock makes old: see latestUse.
   */
  async retain(days: number, now: number): Promise<void> {
    const all = await this.days();
    const latest = latestUse(
      all.filter((day) => day <= dayOf(now)),
      Math.max(days, longPause),
    );
    const oldest = dayOf(Math.min(latest - days * dayMs, now - days * dayMs, monthOf(now).from));
    for (const day of all) if (day < oldest) await rm(this.fileOf(day), { force: true });
  }

  /** The days that have a file, oldest first. */
  async days(): Promise<readonly string[]> {
    const names = (await unlessMissing(readdir(this.directory))) ?? [];
    return names.flatMap((name) => named.exec(name)?.[1] ?? []).sort();
  }

  /** The path of the file of `day`. */
  fileOf(day: string): string {
    return path.join(this.directory, `${day}.jsonl`);
  }
}

async function appendLine(file: string, line: string): Promise<void> {
  try {
    await appendFile(file, line);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(path.dirname(file), { recursive: true });
    await appendFile(file, line);
  }
}

/** Days without a request from which on it may be the clock that has leapt. */
const longPause = 31;
/** Days of use after such a pause that show that it was none. */
const enoughUse = 7;

/**
 * The last day of use (ms since the epoch) that the record itself vouches for. A clock that is set to 2035 by mistake
 * makes all that was recorded old at once, so age is reckoned from the last use, not from the clock alone. And since
 * what is sent by such a clock makes a file of that day: after a pause that is longer than `pause` days, whether
 * somebody was away or the clock has leapt, a week of use has to follow until it counts.
 * @param days of use, oldest first, none of them later than now
 */
function latestUse(days: readonly string[], pause: number): number {
  const times = days.map((day) => Date.parse(day)).filter(Number.isFinite);
  let later = Infinity;
  let latest = 0;
  for (const [at, time] of [...times.entries()].reverse()) {
    // Of the days since a long pause, the last counts where there are enough of them.
    if (later - time > pause * dayMs && times.length - 1 - at < enoughUse) latest = time;
    later = time;
  }
  return latest;
}

/** `found`; undefined where there is no such file or directory. Rejects as the file system does otherwise. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
