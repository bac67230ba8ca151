// The summaries of all conversations, in one file, so that a list need not read them all. The conversations' files are
// the truth: a summary that does not fit its file is made anew.
import { stat } from 'node:fs/promises';
import { AppendedText } from '../platform/node/appendedText';
import { appendText, replaceFile, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import { type Summary, isSummary } from './summary';
import { SummaryReader } from './summaryReader';
import { storedSize } from './trim';

/** The file is written anew if it has more than twice as many lines as conversations, and this many besides. */
const spareLines = 200;
/** How many files are looked at together. */
const batchSize = 64;
/** How many conversations are not read from the beginning when something is added to them. */
const maxReaders = 8;

export class HistoryIndex {
  private readonly summaries = new Map<string, Summary>();
  /** Conversations without a prompt that can be read: the sizes of their files, and which pictures and documents they use. */
  private readonly empty = new Map<string, { readonly size: number; readonly used: readonly string[] }>();
  private readonly file: AppendedText;
  private hasRead = false;
  /** How many lines of the file have been read. */
  private lines = 0;
  /** By conversation: those that were written to last. */
  private readonly readers = new Map<string, SummaryReader>();
  private readonly exclusive = serialize((action: () => Promise<void>) => action());
  private isUncertain = true;

  constructor(private readonly directory: HistoryDirectory) {
    this.file = new AppendedText(directory.index);
  }

  /** Whether summaries may be missing or old: call verify(). */
  get needsVerifying(): boolean {
    return this.isUncertain;
  }

  /** Reads what windows have added. Resolves to the summaries of the conversations that are there, in no order. */
  async read(): Promise<readonly Summary[]> {
    await this.exclusive(async () => {
      await this.readMore();
      const there = new Set(await this.directory.conversations());
      for (const known of [this.summaries, this.empty])
        for (const id of known.keys()) if (!there.has(id)) known.delete(id);
      // Each window has written its summaries when it wrote to a conversation, unless it has crashed, or another window
      // replaced the file at that moment.
      for (const id of there) if (!this.summaries.has(id) && !this.empty.has(id)) this.isUncertain = true;
      if (this.lines > 2 * this.summaries.size + spareLines) await this.compact();
    });
    return [...this.summaries.values()];
  }

  /** The SHA-256 of each picture and document that a conversation uses. */
  async blobs(): Promise<ReadonlySet<string>> {
    await this.read();
    await this.verify();
    const inSummaries = (await this.read()).flatMap(({ blobs = [] }) => blobs.map(({ sha256 }) => sha256));
    return new Set([...inSummaries, ...[...this.empty.values()].flatMap(({ used }) => used)]);
  }

  /** Bytes of all conversations with what is attached, as far as windows have told: without a look at each. */
  async size(): Promise<number> {
    await this.exclusive(() => this.readMore());
    return storedSize(this.summaries.values());
  }

  /** Brings the summary of a conversation up to date, and writes it. */
  update(id: string): Promise<void> {
    return this.exclusive(async () => {
      const reader = this.readers.get(id) ?? this.readerOf(id);
      this.readers.delete(id);
      this.readers.set(id, reader);
      const [oldest = id] = this.readers.keys();
      if (this.readers.size > maxReaders) this.readers.delete(oldest);
      await this.renew([id]);
    });
  }

  /** Removes the summaries of deleted conversations from the file: a title is text of a prompt. */
  async remove(...ids: readonly string[]): Promise<void> {
    await this.exclusive(async () => {
      await this.readMore();
      for (const id of ids) this.summaries.delete(id);
      await this.compact();
    });
  }

  /**
   * Makes the summaries anew that do not fit their files, as after a crash, or if two windows wrote at the same time.
   * Resolves to whether there were any. Takes a while, in slices.
   */
  async verify(): Promise<boolean> {
    this.isUncertain = false;
    const ids = await this.directory.conversations();
    let found = false;
    for (let from = 0; from < ids.length; from += batchSize) {
      const batch = ids.slice(from, from + batchSize);
      const sizes = await Promise.all(batch.map((id) => this.sizeOf(id)));
      const stale = batch.filter(
        (id, index) =>
          sizes[index] !== this.summaries.get(id)?.size && sizes[index] !== this.empty.get(id)?.size,
      );
      if (stale.length === 0) continue;
      await this.exclusive(async () => {
        if (await this.renew(stale)) found = true;
      });
    }
    return found;
  }

  /** Makes summaries anew, and writes them together. Resolves to whether there are any. */
  private async renew(ids: readonly string[]): Promise<boolean> {
    const made: Summary[] = [];
    for (const id of ids) {
      const { size, summary, used = [] } = (await (this.readers.get(id) ?? this.readerOf(id)).read()) ?? {};
      if (!summary) {
        this.summaries.delete(id);
        if (size !== undefined) this.empty.set(id, { size, used });
        continue;
      }
      this.summaries.set(id, summary);
      this.empty.delete(id);
      made.push(summary);
    }
    if (made.length === 0) return false;
    // A line that a crashed process has left unfinished ends before them.
    await appendText(
      this.directory.index,
      `\n${made.map((summary) => `${JSON.stringify(summary)}\n`).join('')}`,
    );
    await this.forgetDeleted(made);
    return true;
  }

  /** Another window may have deleted a conversation, and its title here, just before the title was written again. */
  private async forgetDeleted(made: readonly Summary[]): Promise<void> {
    const sizes = await Promise.all(made.map(({ id }) => this.sizeOf(id)));
    const gone = made.filter((_, index) => sizes[index] === undefined);
    if (gone.length === 0) return;
    await this.readMore();
    for (const { id } of gone) this.summaries.delete(id);
    await this.compact();
  }

  /** Bytes of a conversation's file; undefined if it is gone. */
  private async sizeOf(id: string): Promise<number | undefined> {
    return (await unlessMissing(stat(this.directory.conversation(id))))?.size;
  }

  private readerOf(id: string): SummaryReader {
    return new SummaryReader(id, this.directory.conversation(id));
  }

  private async readMore(): Promise<void> {
    const read = await this.file.read();
    if (!read) return;
    if (read.isOfNewFile) {
      // What another window has replaced may lack a summary of ours.
      if (this.hasRead) this.isUncertain = true;
      this.summaries.clear();
      this.lines = 0;
    }
    this.hasRead = true;
    const found = parseLines(read.text);
    this.lines += found.length;
    for (const summary of found) this.summaries.set(summary.id, summary);
  }

  private async compact(): Promise<void> {
    const lines = [...this.summaries.values()].map((summary) => JSON.stringify(summary));
    await replaceFile(this.directory.index, lines.map((line) => `${line}\n`).join(''));
    // Read again as another file: what a window has appended meanwhile is found by verify().
    await this.readMore();
  }
}

/** Parses all lines at once, which is faster by half; one by one if one of them is damaged. */
function parseLines(text: string): readonly Summary[] {
  try {
    return (JSON.parse(`[${text.trim().replace(/\n+/g, ',')}]`) as unknown[]).filter(isSummary);
  } catch {
    return text.split('\n').flatMap((line) => {
      try {
        const value: unknown = JSON.parse(line);
        return isSummary(value) ? [value] : [];
      } catch {
        return [];
      }
    });
  }
}
