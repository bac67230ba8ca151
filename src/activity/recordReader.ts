// Reads the record for its followers. Each line is read and parsed once for all followers that are at the same position.
// A follower continues where it stopped, so it first gets what is there, and later what any window has appended.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { type Lines, readLines } from '../core/activity/record';
import { serialize } from '../util/serialize';
import { unlessMissing } from '../platform/node/files';
import { type RecordFiles, dayMs, dayOf } from './files';

/** Bytes per read, so that the extension host can do other work in between. */
const chunkBytes = 1 << 20;

/** The records of some lines. */
export interface Portion extends Lines {
  /** The day of the file. */
  readonly day: string;
  /** The file was removed or truncated: drop all earlier records of this day. What is still there follows. */
  readonly reset: boolean;
}

interface Follower {
  readonly take: (portion: Portion) => void;
  readonly isWanted: (day: string) => boolean;
  /** Day → the number of bytes that the follower has received. */
  readonly offsets: Map<string, number>;
}

export class RecordReader {
  readonly #followers = new Set<Follower>();
  /** Past days whose files were read to the end. */
  readonly #finished = new Set<string>();
  readonly #unreadable = new Set<string>();
  /** Reads one file at a time, so that a follower of a part of the record waits for one file at most. */
  readonly #runStep = serialize((step: () => Promise<void>) => step());

  constructor(private readonly files: RecordFiles) {}

  /** Passes the record to `take`, except files of days before that of `since` (ms since the epoch). */
  follow(take: (portion: Portion) => void, since = 0): RecordFollower {
    const oldest = dayOf(since);
    const follower: Follower = { take, isWanted: (day) => day >= oldest, offsets: new Map() };
    this.#followers.add(follower);
    return {
      refresh: () => this.#refresh(follower),
      unreadable: () => [...this.#unreadable].filter(follower.isWanted).length,
      dispose: () => void this.#followers.delete(follower),
    };
  }

  async #refresh({ isWanted }: Follower): Promise<void> {
    let days: readonly string[] = [];
    await this.#runStep(async () => {
      const all = await this.files.days();
      this.#dropRemovedDays(new Set(all));
      days = all.filter(isWanted);
    });
    for (const day of days) await this.#runStep(() => this.#readDay(day));
  }

  #dropRemovedDays(days: ReadonlySet<string>): void {
    for (const day of this.#unreadable) if (!days.has(day)) this.#unreadable.delete(day);
    for (const follower of this.#followers)
      for (const day of follower.offsets.keys()) if (!days.has(day)) this.#reset(follower, day);
  }

  #reset({ take, offsets }: Follower, day: string): void {
    offsets.delete(day);
    this.#finished.delete(day);
    take({ day, records: [], damaged: 0, reset: true });
  }

  /** Reads what is new in a day's file. An incomplete last line is left for the next time. */
  async #readDay(day: string): Promise<void> {
    const followers = [...this.#followers].filter(({ isWanted }) => isWanted(day));
    // They may have been disposed while this step was queued.
    if (followers.length === 0) return;
    // One day of tolerance, in case the clock was corrected meanwhile.
    const isOver = day < dayOf(Date.now() - dayMs);
    if (isOver && this.#finished.has(day) && followers.every(({ offsets }) => offsets.has(day))) {
      this.#unreadable.delete(day);
      return;
    }
    const file = this.files.fileOf(day);
    const offsetOf = offsetOn(day);
    try {
      const size = (await unlessMissing(stat(file)))?.size;
      // Another window may have just removed it.
      if (size === undefined) return;
      for (const follower of followers) if (offsetOf(follower) > size) this.#reset(follower, day);
      if (followers.some((follower) => offsetOf(follower) < size)) {
        const handle = await unlessMissing(open(file, 'r'));
        if (!handle) return;
        try {
          await this.#readNewLines(day, handle, followers);
        } finally {
          await handle.close();
        }
      }
      this.#unreadable.delete(day);
      if (isOver) this.#finished.add(day);
    } catch {
      // The other files are still read, and this one is tried again the next time.
      this.#unreadable.add(day);
    }
  }

  async #readNewLines(day: string, handle: FileHandle, followers: readonly Follower[]): Promise<void> {
    const offsetOf = offsetOn(day);
    let from = Math.min(...followers.map(offsetOf));
    /** Reads at most up to the position of the next follower. */
    const readAt = (at: number) =>
      wholeLines(handle, at, Math.min(...followers.map(offsetOf).filter((taken) => taken > at)) - at);
    let reading = readAt(from);
    try {
      for (let lines = await reading; lines.length > 0; lines = await reading) {
        const next = from + lines.length;
        // Read the next part while this one is parsed.
        reading = readAt(next);
        reading.catch(() => undefined);
        const portion = { day, ...readLines(lines.toString('utf8')), reset: false };
        for (const follower of followers.filter((each) => offsetOf(each) === from)) {
          follower.offsets.set(day, next);
          if (this.#followers.has(follower)) follower.take(portion);
        }
        from = next;
      }
    } finally {
      await reading.catch(() => undefined);
    }
  }
}

/** The position of a follower in a day's file, in bytes. */
const offsetOn =
  (day: string) =>
  ({ offsets }: Follower): number =>
    offsets.get(day) ?? 0;

/** Complete lines from byte `from` on: about a chunk, at most `maxBytes`; or one line that is longer than both. */
async function wholeLines(handle: FileHandle, from: number, maxBytes: number): Promise<Buffer> {
  for (let length = Math.min(chunkBytes, maxBytes); ; length *= 2) {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(buffer, 0, length, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    // We write no line longer than a chunk, but if there is one, find its end.
    if (end > 0 || bytesRead < length) return buffer.subarray(0, end);
  }
}

export interface RecordFollower {
  /** Resolves when the follower has received everything in the files. Rejects if they can't be listed. */
  refresh(): Promise<void>;
  /** How many files could not be read the last time. */
  unreadable(): number;
  dispose(): void;
}
