// The files that hold the record: one for each day (UTC) on which requests ended, to which all windows append. A line is appended by one
// write, which the system does not mix with another's (https://pubs.opengroup.org/onlinepubs/9799919799/functions/write.html,
// O_APPEND).
import { type FileHandle, appendFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { monthOf } from '../core/activity/month';
import { type ActivityRecord, type Lines, lineOf, readLines } from '../core/activity/record';

const dayMs = 24 * 60 * 60 * 1000;
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
    const file = path.join(this.directory, `${dayOf(now)}.jsonl`);
    const write = async () => {
      try {
        await appendFile(file, lineOf(record));
      } catch (error) {
        if (!isMissing(error)) throw error;
        await mkdir(this.directory, { recursive: true });
        await appendFile(file, lineOf(record));
      }
    };
    const appended = this.#appended.then(write, write);
    this.#appended = appended;
    return appended;
  }

  /** Removes what is older than `days`, reckoned from `now`; but nothing of this month, which the budget adds up. */
  async retain(days: number, now: number): Promise<void> {
    const oldest = dayOf(Math.min(now - days * dayMs, monthOf(now).from));
    for (const { day, file } of await this.list()) if (day < oldest) await rm(file, { force: true });
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

/** Some lines that were read. */
export interface Portion extends Lines {
  /** What was read before holds no longer, since files are gone or cut: all is read again, from here on. */
  readonly anew: boolean;
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
    if ([...this.#read].some(([file, read]) => read > (sizes.get(file) ?? 0))) {
      this.#read.clear();
      this.#over.clear();
      this.#unreadable.clear();
      yield { records: [], damaged: 0, anew: true };
    }
    for (const file of this.#unreadable) if (!sizes.has(file)) this.#unreadable.delete(file);
    const over = path.join(this.files.directory, dayOf(Date.now() - dayMs));
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

  /** Bytes, by file, oldest first. */
  async #sizes(): Promise<ReadonlyMap<string, number>> {
    const oldest = dayOf(this.since);
    const sizes = new Map<string, number>();
    for (const { day, file } of await this.files.list()) {
      if (day < oldest) continue;
      const read = this.#over.has(file) ? (this.#read.get(file) ?? 0) : undefined;
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
        yield { ...readLines(lines.toString('utf8')), anew: false };
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
