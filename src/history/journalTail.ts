// Reads what another window adds to the journal of a reply that runs there.
import { AppendedText } from '../platform/node/appendedText';
import { type JournalLine, journalLines } from './journal';

export class JournalTail {
  private readonly file: AppendedText;

  constructor(path: string) {
    this.file = new AppendedText(path);
  }

  /** The lines since the last call. undefined if the journal is gone, as when its reply has ended. */
  async read(): Promise<readonly JournalLine[] | undefined> {
    const read = await this.file.read();
    return read && [...journalLines(read.text)];
  }
}
