// The drafts on disk: one file for each conversation and window, since two windows may show the same conversation, and
// what is typed in one must not replace what is typed in the other.
import { readFile, rm, stat } from 'node:fs/promises';
import { replaceFile, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import { type Draft, hasText, parseDraft } from './draft';

interface FoundDraft {
  readonly file: string;
  readonly draft: Draft;
  readonly writtenAt: number;
}

export class DraftFiles {
  /** @param window an ID of this window and session */
  constructor(
    private readonly directory: HistoryDirectory,
    private readonly window: string,
  ) {}

  /** Resolves when the draft is on disk. One that says nothing is deleted. */
  readonly write = serialize(async (conversation: string, draft: Draft): Promise<void> => {
    const file = this.directory.draft(conversation, this.window);
    if (hasText(draft) || draft.model !== undefined || draft.position)
      await replaceFile(file, JSON.stringify(draft));
    else await rm(file, { force: true });
  });

  /**
   * The draft that an earlier session or another window left in a conversation; it becomes this window's. The latest
   * with a text, if there are several; the others stay. undefined if there is none.
   */
  async adopt(conversation: string): Promise<Draft | undefined> {
    const names = (await this.directory.drafts()).filter(
      (name) => name.conversation === conversation && name.window !== this.window,
    );
    const found = (await Promise.all(names.map(({ window }) => this.read(conversation, window)))).flatMap(
      (draft) => draft ?? [],
    );
    const [latest] = found.sort(
      (a, b) => Number(hasText(b.draft)) - Number(hasText(a.draft)) || b.writtenAt - a.writtenAt,
    );
    if (!latest) return undefined;
    // First written, then deleted: a crash in between leaves it twice, never not at all.
    await this.write(conversation, latest.draft);
    await rm(latest.file, { force: true });
    return latest.draft;
  }

  /** Deletes all drafts of these conversations. */
  async remove(conversations: readonly string[]): Promise<void> {
    const removed = new Set(conversations);
    for (const { conversation, window } of await this.directory.drafts())
      if (removed.has(conversation)) await rm(this.directory.draft(conversation, window), { force: true });
  }

  private async read(conversation: string, window: string): Promise<FoundDraft | undefined> {
    const file = this.directory.draft(conversation, window);
    const [json, stats] = await Promise.all([
      unlessMissing(readFile(file, 'utf8')),
      unlessMissing(stat(file)),
    ]);
    const draft = json === undefined ? undefined : parseDraft(json);
    return draft && stats && { file, draft, writtenAt: stats.mtimeMs };
  }
}
