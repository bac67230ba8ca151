// Reads what another window adds to the journal of a reply that runs there.
import { open } from 'node:fs/promises';
import { unlessMissing } from '../platform/node/files';
import { type JournalLine, journalLines } from './journal';

export class JournalTail {
  /** Bytes that were read. */
  private offset = 0;

  constructor(private readonly file: string) {}

  /** The lines since the last call. undefined if the journal is gone, as when its reply has ended. */
  async read(): Promise<readonly JournalLine[] | undefined> {
    const handle = await unlessMissing(open(this.file, 'r'));
    if (!handle) return undefined;
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.max(0, size - this.offset));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.offset);
      // The last line may be half written.
      const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      this.offset += end;
      return [...journalLines(buffer.toString('utf8', 0, end))];
    } finally {
      await handle.close();
    }
  }
}
