// Keeps the summary of a conversation up to date by what is appended to its file.
import { AppendedText } from '../platform/node/appendedText';
import { parseEntries } from './entries';
import { type Summary, SummaryBuilder } from './summary';

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

  /** undefined if there is no file. It has no summary while it has no prompt. `size`: its bytes. */
  async read(): Promise<{ readonly summary: Summary | undefined; readonly size: number } | undefined> {
    const read = await this.file.read();
    if (!read) return undefined;
    const { text, rest, isOfNewFile, size } = read;
    if (isOfNewFile) this.builder = new SummaryBuilder(this.id);
    for (const entry of await parseEntries(text + rest)) this.builder.add(entry);
    return { summary: this.builder.summary(size), size };
  }
}
