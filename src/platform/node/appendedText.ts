// Reads what processes append to a file, each time only what is new.
import { open } from 'node:fs/promises';
import { unlessMissing } from './files';

export interface NewText {
  /** Whole lines. */
  readonly text: string;
  /** What is there of a last line that is not complete; the next time, it is there again. */
  readonly rest: string;
  /** It is the first text of a file: of the one that was there at the first time, or one that has taken its place. */
  readonly isOfNewFile: boolean;
  /** Bytes of the file. */
  readonly size: number;
}

export class AppendedText {
  private offset = 0;
  private file = '';

  constructor(private readonly path: string) {}

  /** The lines since the last call; undefined if the file is missing. */
  async read(): Promise<NewText | undefined> {
    const handle = await unlessMissing(open(this.path, 'r'));
    if (!handle) return undefined;
    try {
      const { ino, birthtimeMs, size } = await handle.stat();
      // The system may give the number of a file that was replaced to a later one.
      const file = `${ino} ${birthtimeMs}`;
      const isOfNewFile = file !== this.file || size < this.offset;
      if (isOfNewFile) this.offset = 0;
      this.file = file;
      if (size === this.offset) return { text: '', rest: '', isOfNewFile, size };
      const buffer = Buffer.alloc(size - this.offset);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.offset);
      // A character that is not complete is at the end of a line that is not.
      const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      this.offset += end;
      const rest = buffer.toString('utf8', end, bytesRead);
      return { text: buffer.toString('utf8', 0, end), rest, isOfNewFile, size };
    } finally {
      await handle.close();
    }
  }
}
