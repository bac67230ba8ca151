// The summaries of all conversations, in one file, so that a list need not read them all. The conversations' files are
// the truth: a summary that does not fit its file is made anew.
import { type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { appendText, replaceFile, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import type { HistoryStore } from './store';
import { type Summary, isSummary, summarize } from './summary';

/** The file is written anew if it has more than twice as many lines as conversations, and this many besides. */
const spareLines = 200;
/** How many files are looked at together. */
const batchSize = 64;

export class HistoryIndex {
  private readonly summaries = new Map<string, Summary>();
  /** What has been read of the file: bytes, lines, and which file it was. */
  private position = { offset: 0, lines: 0, file: 0 };
  private readonly exclusive = serialize((action: () => Promise<void>) => action());

  constructor(
    private readonly directory: HistoryDirectory,
    private readonly store: HistoryStore,
  ) {}

  /** Reads what windows have added. Resolves to the summaries of the conversations that are there, in no order. */
  async read(): Promise<readonly Summary[]> {
    const ids = this.directory.conversations();
    await this.exclusive(async () => {
      await this.readMore();
      const there = new Set(await ids);
      for (const id of this.summaries.keys()) if (!there.has(id)) this.summaries.delete(id);
      if (this.position.lines > 2 * this.summaries.size + spareLines) await this.compact();
    });
    return [...this.summaries.values()];
  }

  /** Makes the summary of a conversation anew, and writes it. undefined if the conversation is gone. */
  async update(id: string): Promise<Summary | undefined> {
    const summary = await this.summaryOf(id);
    if (!summary) {
      this.summaries.delete(id);
      return undefined;
    }
    this.summaries.set(id, summary);
    await this.write(summary);
    return summary;
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
   * Resolves to whether there were any.
   */
  async verify(): Promise<boolean> {
    const ids = await this.directory.conversations();
    let found = false;
    for (let from = 0; from < ids.length; from += batchSize) {
      const batch = ids.slice(from, from + batchSize);
      const stale = await Promise.all(
        batch.map(async (id) => {
          const size = (await unlessMissing(stat(this.directory.conversation(id))))?.size;
          return size !== undefined && size !== this.summaries.get(id)?.size ? id : undefined;
        }),
      );
      for (const id of stale) if (id !== undefined && (await this.update(id))) found = true;
    }
    return found;
  }

  private async summaryOf(id: string): Promise<Summary | undefined> {
    const size = (await unlessMissing(stat(this.directory.conversation(id))))?.size;
    const conversation = size === undefined ? undefined : await this.store.readStored(id);
    return conversation && size !== undefined ? summarize(conversation, size) : undefined;
  }

  private async write(summary: Summary): Promise<void> {
    // A line that a crashed process has left unfinished ends before it.
    await appendText(this.directory.index, `\n${JSON.stringify(summary)}\n`);
  }

  private async readMore(): Promise<void> {
    const handle = await unlessMissing(open(this.directory.index, 'r'));
    if (!handle) return;
    try {
      const { ino, size } = (await handle.stat()) as Pick<Stats, 'ino' | 'size'>;
      const isOther = ino !== this.position.file || size < this.position.offset;
      if (isOther) {
        this.summaries.clear();
        this.position = { offset: 0, lines: 0, file: ino };
      }
      const { offset } = this.position;
      if (size === offset) return;
      const buffer = Buffer.alloc(size - offset);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      // A character that is not complete is at the end of a line that is not.
      const end = buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
      this.take(parseLines(buffer.toString('utf8', 0, end)));
      this.position = { ...this.position, offset: offset + end };
    } finally {
      await handle.close();
    }
  }

  private take(lines: readonly Summary[]): void {
    this.position = { ...this.position, lines: this.position.lines + lines.length };
    for (const summary of lines) this.summaries.set(summary.id, summary);
  }

  private async compact(): Promise<void> {
    const lines = [...this.summaries.values()].map((summary) => JSON.stringify(summary));
    await replaceFile(this.directory.index, lines.map((line) => `${line}\n`).join(''));
    // Read again as another file: what a window has appended meanwhile is found by verify().
    this.position = { offset: 0, lines: 0, file: 0 };
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
