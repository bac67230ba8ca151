// Keeps the summary of a conversation up to date by what is appended to its file.
import { AppendedText } from '../platform/node/appendedText';
import { parseEntries } from './entries';
import { type Summary, SummaryBuilder } from './summary';

interface ReadSummary {
  /** undefined while there is no prompt that can be read. */
  readonly summary: Summary | undefined;
  /** The SHA-256 of each picture and document. */
  readonly used: readonly string[];
  /** Bytes of the file. */
  readonly size: number;
}

export class SummaryReader {
  private readonly file: AppendedText;
  private builder: SummaryBuilder;

  /** `path`: the file of the conversation with this ID. */
  constructor(
    private readonly id: string,
    path: string,
  ) {
    this.file = new AppendedText(path);
    this.builder = new SummaryBuilder(id);
  }

  /** undefined if there is no file. */
  async read(): Promise<ReadSummary | undefined> {
    const read = await this.file.read();
    if (!read) return undefined;
    const { text, rest, isOfNewFile, size } = read;
    if (isOfNewFile) this.builder = new SummaryBuilder(this.id);
    const entries = await parseEntries(text + rest, (line) => this.builder.addUnread(line));
    for (const entry of entries) this.builder.add(entry);
    return { summary: this.builder.summary(size), used: this.builder.used, size };
  }
}
