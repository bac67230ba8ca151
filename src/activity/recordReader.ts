// Reads the record for all who follow it. A line is read and parsed once for all followers that have come as far, and
// each reads on from where it stopped: what is there, and later what any window appended since.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { type Lines, readLines } from '../core/activity/record';
import { serialize } from '../util/serialize';
import { type RecordFiles, dayMs, dayOf, unlessMissing } from './files';

/** Bytes that are read at a time: the extension host has others to serve in between. */
const portionSize = 1 << 20;

/** Some lines that were read. */
export interface Portion extends Lines {
  /** The day whose file they are of. */
  readonly day: string;
  /** What was read of this day before holds no longer, since its file is gone or was cut; what is there yet follows. */
  readonly reset: boolean;
}

/** Somebody who is given the record. */
interface Reading {
  readonly take: (portion: Portion) => void;
  readonly isWanted: (day: string) => boolean;
  /** Bytes that were taken, by day. */
  readonly taken: Map<string, number>;
}

export class RecordReader {
  readonly #followers = new Set<Reading>();
  /** Days whose files were read to their end when nobody appended to them any more. */
  readonly #over = new Set<string>();
  readonly #unreadable = new Set<string>();
  /** One file at a time, so that whoever follows a part of the record waits for no more than a file of the whole. */
  readonly #step = serialize((step: () => Promise<void>) => step());

  constructor(private readonly files: RecordFiles) {}

  /** Hands the record to `take`, but nothing that was appended on days before that of `since` (ms since the epoch). */
  follow(take: (portion: Portion) => void, since = 0): RecordFollower {
    const oldest = dayOf(since);
    const reading: Reading = { take, isWanted: (day) => day >= oldest, taken: new Map() };
    this.#followers.add(reading);
    return {
      refresh: () => this.#refresh(reading),
      unreadable: () => [...this.#unreadable].filter(reading.isWanted).length,
      dispose: () => void this.#followers.delete(reading),
    };
  }

  async #refresh({ isWanted }: Reading): Promise<void> {
    let days: readonly string[] = [];
    await this.#step(async () => {
      const all = await this.files.days();
      this.#forgetOthers(new Set(all));
      days = all.filter(isWanted);
    });
    for (const day of days) await this.#step(() => this.#readDay(day));
  }

  #forgetOthers(days: ReadonlySet<string>): void {
    for (const day of this.#unreadable) if (!days.has(day)) this.#unreadable.delete(day);
    for (const follower of this.#followers)
      for (const day of follower.taken.keys()) if (!days.has(day)) this.#reset(follower, day);
  }

  #reset({ take, taken }: Reading, day: string): void {
    taken.delete(day);
    this.#over.delete(day);
    take({ day, records: [], damaged: 0, reset: true });
  }

  /** A line that is not whole yet is left for the next time. */
  async #readDay(day: string): Promise<void> {
    const followers = [...this.#followers].filter(({ isWanted }) => isWanted(day));
    // They may have let go while this waited for its turn.
    if (followers.length === 0) return;
    // By a clock that was put right meanwhile, a day may not be over yet.
    const isOver = day < dayOf(Date.now() - dayMs);
    if (isOver && this.#over.has(day) && followers.every(({ taken }) => taken.has(day))) {
      this.#unreadable.delete(day);
      return;
    }
    const file = this.files.fileOf(day);
    const takenBy = bytesTaken(day);
    try {
      const size = (await unlessMissing(stat(file)))?.size;
      // Another window may have removed it just now.
      if (size === undefined) return;
      for (const follower of followers) if (takenBy(follower) > size) this.#reset(follower, day);
      if (followers.some((follower) => takenBy(follower) < size)) {
        const handle = await unlessMissing(open(file, 'r'));
        if (!handle) return;
        try {
          await this.#readOn(day, handle, followers);
        } finally {
          await handle.close();
        }
      }
      this.#unreadable.delete(day);
      if (isOver) this.#over.add(day);
    } catch {
      // It hides no other, and is tried again.
      this.#unreadable.add(day);
    }
  }

  async #readOn(day: string, handle: FileHandle, followers: readonly Reading[]): Promise<void> {
    const takenBy = bytesTaken(day);
    let from = Math.min(...followers.map(takenBy));
    /** No further than where somebody stands who has had what is before. */
    const readAt = (at: number) =>
      wholeLines(handle, at, Math.min(...followers.map(takenBy).filter((taken) => taken > at)) - at);
    let reading = readAt(from);
    try {
      for (let lines = await reading; lines.length > 0; lines = await reading) {
        const next = from + lines.length;
        // The disk is read while these are parsed.
        reading = readAt(next);
        reading.catch(() => undefined);
        const portion = { day, ...readLines(lines.toString('utf8')), reset: false };
        for (const follower of followers.filter((each) => takenBy(each) === from)) {
          follower.taken.set(day, next);
          if (this.#followers.has(follower)) follower.take(portion);
        }
        from = next;
      }
    } finally {
      await reading.catch(() => undefined);
    }
  }
}

/** How many bytes of a day's file somebody has taken. */
const bytesTaken =
  (day: string) =>
  ({ taken }: Reading): number =>
    taken.get(day) ?? 0;

/** The whole lines at `from`: about a portion of them, but no more than `most` bytes; or one that is longer than both. */
async function wholeLines(handle: FileHandle, from: number, most: number): Promise<Buffer> {
  for (let length = Math.min(portionSize, most); ; length *= 2) {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(buffer, 0, length, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    // One line longer than a portion is none of ours, but it has an end.
    if (end > 0 || bytesRead < length) return buffer.subarray(0, end);
  }
}

export interface RecordFollower {
  /** Resolves when all that is in the files has been handed over. Rejects where they cannot be listed. */
  refresh(): Promise<void>;
  /** How many files could not be read the last time that they were tried. */
  unreadable(): number;
  dispose(): void;
}
