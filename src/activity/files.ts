// The files that hold the record: one for each day (UTC) on which requests ended, to which all windows append. A line is appended by one
// write, which the system does not mix with another's (https://pubs.opengroup.org/onlinepubs/9799919799/functions/write.html,
// O_APPEND).
import { type FileHandle, appendFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { monthOf } from '../core/activity/month';
import { type ActivityRecord, type Lines, recordLine, readLines } from '../core/activity/record';

const dayMs = 24 * 60 * 60 * 1000;
const extension = '.jsonl';
const named = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;

/** Bytes that are read at a time: the extension host has others to serve in between. */
const portion = 1 << 20;

/** The day of a time (ms since the epoch), as files are named. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export class RecordFiles {
  #appended: Promise<unknown> = Promise.resolve();

  constructor(readonly directory: string) {}

  /**
   * Resolves when `record` is on disk, after those before it. Rejects as the file system does. It goes into the file of
   * `now`: files of days that are over stay as they are, though a request may have waited for days.
   */
  append(record: ActivityRecord, now = Date.now()): Promise<void> {
    const file = path.join(this.directory, dayOf(now) + extension);
    const write = async () => {
      try {
        await appendFile(file, recordLine(record));
      } catch (error) {
        if (!isMissing(error)) throw error;
        await mkdir(this.directory, { recursive: true });
        await appendFile(file, recordLine(record));
      }
    };
    const appended = this.#appended.then(write, write);
    this.#appended = appended;
    return appended;
  }

  /**
   * Removes what is older than `days`, reckoned from `now`; but nothing of this month, which the budget adds up, and
   * nothing that only a clock makes old: see latestUse.
   */
  async retain(days: number, now: number): Promise<void> {
    const files = await this.list();
    const latest = latestUse(
      files.map(({ day }) => day).filter((day) => day <= dayOf(now)),
      Math.max(days, longPause),
    );
    const oldest = dayOf(Math.min(latest - days * dayMs, now - days * dayMs, monthOf(now).from));
    for (const { day, file } of files) if (day < oldest) await rm(file, { force: true });
  }

  /** Oldest first. */
  async list(): Promise<readonly { readonly day: string; readonly file: string }[]> {
    const names = (await unlessMissing(readdir(this.directory))) ?? [];
    return names.sort().flatMap((name) => {
      const day = named.exec(name)?.[1];
      return day === undefined ? [] : [{ day, file: path.join(this.directory, name) }];
    });
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

/** Some lines that were read. */
export interface Portion extends Lines {
  /** The day whose file they are of. */
  readonly day: string;
  /** What was read of this day before holds no longer, since its file is gone or was cut; what is there yet follows. */
  readonly reset: boolean;
}

/** Reads on from where it stopped, through all files: what is there, and later what was appended since. */
export class Cursor {
  /** Bytes that were read, by file. */
  readonly #read = new Map<string, number>();
  /** Files that were read whole when nobody appended to them any more. */
  readonly #over = new Set<string>();
  /** Files that could not be read. */
  readonly #unreadable = new Set<string>();

  /** What was appended on days before that of `since` (ms since the epoch) is left out. */
  constructor(
    private readonly files: RecordFiles,
    private readonly since = 0,
  ) {}

  /** How many files could not be read, as far as they have grown, the last time that they were tried. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  /** What was not read yet, some lines at a time. A line that is not whole yet is left for the next time. */
  async *more(): AsyncGenerator<Portion, void> {
    const sizes = await this.#sizes();
    for (const [file, read] of [...this.#read])
      if (read > (sizes.get(file) ?? 0)) {
        this.#read.delete(file);
        this.#over.delete(file);
        yield { day: path.basename(file, extension), records: [], damaged: 0, reset: true };
      }
    for (const file of this.#unreadable) if (!sizes.has(file)) this.#unreadable.delete(file);
    const over = this.#fileOfYesterday();
    for (const [file, size] of sizes) {
      try {
        if (size > (this.#read.get(file) ?? 0)) yield* this.#moreOf(file);
        this.#unreadable.delete(file);
        if (file < over) this.#over.add(file);
      } catch {
        // It hides no other, and is tried again.
        this.#unreadable.add(file);
      }
    }
  }

  /** Files before it are of days that are over. */
  #fileOfYesterday(): string {
    return path.join(this.files.directory, dayOf(Date.now() - dayMs) + extension);
  }

  /** Bytes, by file, oldest first. */
  async #sizes(): Promise<ReadonlyMap<string, number>> {
    const oldest = dayOf(this.since);
    const sizes = new Map<string, number>();
    const over = this.#fileOfYesterday();
    for (const { day, file } of await this.files.list()) {
      if (day < oldest) continue;
      // By a clock that was put right meanwhile, a day may not be over yet.
      const read = this.#over.has(file) && file < over ? (this.#read.get(file) ?? 0) : undefined;
      // Another window may have removed it just now.
      const size = read ?? (await unlessMissing(stat(file)))?.size;
      if (size !== undefined) sizes.set(file, size);
    }
    return sizes;
  }

  async *#moreOf(file: string): AsyncGenerator<Portion, void> {
    const handle = await unlessMissing(open(file, 'r'));
    if (!handle) return;
    let from = this.#read.get(file) ?? 0;
    let reading = wholeLines(handle, from);
    try {
      for (let lines = await reading; lines.length > 0; lines = await reading) {
        from += lines.length;
        this.#read.set(file, from);
        // The disk is read while these are parsed.
        reading = wholeLines(handle, from);
        reading.catch(() => undefined);
        const day = path.basename(file, extension);
        yield { day, ...readLines(lines.toString('utf8')), reset: false };
      }
    } finally {
      await reading.catch(() => undefined);
      await handle.close();
    }
  }
}

/** The whole lines at `from`: about a portion of them, or one that is longer; none at the end of what is there. */
async function wholeLines(handle: FileHandle, from: number): Promise<Buffer> {
  for (let length = portion; ; length *= 2) {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(buffer, 0, length, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    // One line longer than a portion is none of ours, but it has an end.
    if (end > 0 || bytesRead < length) return buffer.subarray(0, end);
  }
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
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
