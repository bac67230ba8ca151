// The files that hold the record: one for each day (UTC), to which all windows append. A line is appended by one
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

  /** Resolves when `record` is on disk, after those before it. Rejects as the file system does. */
  append(record: ActivityRecord): Promise<void> {
    const file = path.join(this.directory, `${dayOf(record.at)}.jsonl`);
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

  /** Days before `since` (ms since the epoch) are left out; whole days only. */
  constructor(
    private readonly files: RecordFiles,
    private readonly since = 0,
  ) {}

  /** What was not read yet, some lines at a time. A line that is not whole yet is left for the next time. */
  async *more(): AsyncGenerator<Portion, void> {
    const sizes = await this.#sizes();
    if ([...this.#read].some(([file, read]) => read > (sizes.get(file) ?? 0))) {
      this.#read.clear();
      yield { records: [], damaged: 0, anew: true };
    }
    for (const [file, size] of sizes) {
      if (size <= (this.#read.get(file) ?? 0)) continue;
      try {
        yield* this.#moreOf(file);
      } catch {
        // It hides no other, and is tried again when it has grown.
        this.#read.set(file, size);
        yield { records: [], damaged: 1, anew: false };
      }
    }
  }

  /** Bytes, by file, oldest first. */
  async #sizes(): Promise<ReadonlyMap<string, number>> {
    const oldest = dayOf(this.since);
    // No request runs for longer: what is older has been read whole, once it was read.
    const closed = dayOf(Date.now() - 2 * dayMs);
    const sizes = new Map<string, number>();
    for (const { day, file } of await this.files.list()) {
      if (day < oldest) continue;
      const read = day < closed ? this.#read.get(file) : undefined;
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
