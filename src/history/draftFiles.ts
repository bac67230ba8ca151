// The drafts on disk: one file for each conversation and window, since two windows may show the same conversation, and
// what is typed in one must not replace what is typed in the other.
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { replaceFile, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import { type Draft, hasText, parseDraft } from './draft';
import { type DraftSummary, summarizeDraft } from './draftSummary';
import type { WindowPresence } from './presence';

interface FoundDraft {
  readonly file: string;
  readonly draft: Draft;
  readonly writtenAt: number;
}

export class DraftFiles {
  private readonly exclusive = serialize((action: () => Promise<Draft | undefined>) => action());

  constructor(
    private readonly directory: HistoryDirectory,
    private readonly presence: WindowPresence,
  ) {}

  /** Resolves when the draft is on disk. One that says nothing is deleted. */
  async write(conversation: string, draft: Draft): Promise<void> {
    await this.exclusive(async () => {
      const file = this.ownFile(conversation);
      if (hasText(draft) || draft.model !== undefined || draft.position) {
        await this.presence.announce();
        await replaceFile(file, JSON.stringify(draft));
      } else await rm(file, { force: true });
      return undefined;
    });
  }

  /**
   * The draft that a window has left in a conversation; it becomes this window's. The latest with a text, if there are
   * several; the others stay for later sessions. undefined if there is none, or this window has one with a text already.
   * What is typed in a window that is open stays that window's.
   */
  adopt(conversation: string): Promise<Draft | undefined> {
    return this.exclusive(async () => {
      const all = (await this.directory.drafts()).filter((name) => name.conversation === conversation);
      const own = await readDraft(this.ownFile(conversation));
      if (own && hasText(own.draft)) return undefined;
      const found = (await Promise.all(all.map(({ window }) => this.read(conversation, window)))).flatMap(
        (draft) => draft ?? [],
      );
      found.sort((a, b) => Number(hasText(b.draft)) - Number(hasText(a.draft)) || b.writtenAt - a.writtenAt);
      for (const { file, draft } of found) if (await this.take(file, conversation)) return draft;
      return undefined;
    });
  }

  /** The conversations in which something is typed, in any window. */
  async withText(): Promise<ReadonlySet<string>> {
    const all = await this.directory.drafts();
    const found = await Promise.all(
      all.map(async ({ conversation, window }) => {
        const read = await readDraft(this.directory.draft(conversation, window));
        return read && hasText(read.draft) ? [conversation] : [];
      }),
    );
    return new Set(found.flat());
  }

  /** The SHA-256 of each picture and document that is attached in any window. */
  async blobs(): Promise<ReadonlySet<string>> {
    for (;;) {
      const files = (await this.directory.drafts()).map((each) =>
        this.directory.draft(each.conversation, each.window),
      );
      const texts = await Promise.all(files.map((file) => unlessMissing(readFile(file, 'utf8'))));
      // One that is gone may have been taken over by another window, under another name.
      if (texts.includes(undefined)) continue;
      // Of a damaged one, what is still there counts.
      return new Set(texts.flatMap((text = '') => text.match(/[0-9a-f]{64}/g) ?? []));
    }
  }

  /**
   * What is typed and belongs to no conversation, in this window or in windows that are closed. `isConversation` says
   * whether an ID is that of a conversation.
   */
  async withoutConversation(isConversation: (id: string) => boolean): Promise<readonly DraftSummary[]> {
    const all = (await this.directory.drafts()).filter((name) => !isConversation(name.conversation));
    const found = await Promise.all(
      all.map(async ({ conversation: id, window }) => {
        const file = this.directory.draft(id, window);
        const isOwn = window === this.presence.id;
        const read = isOwn ? await readDraft(file) : await this.read(id, window);
        return read && hasText(read.draft) ? [summarizeDraft(id, read.draft, read.writtenAt)] : [];
      }),
    );
    // Several windows may have left one in the same conversation, before that was deleted. The latest is opened first.
    const oldestFirst = found.flat().sort((a, b) => a.at - b.at);
    return [...new Map(oldestFirst.map((draft) => [draft.id, draft])).values()];
  }

  /** Whether another window has a draft in a conversation: one that is open, or just being closed. */
  async hasOthers(conversation: string): Promise<boolean> {
    const all = await this.directory.drafts();
    return all.some((name) => name.conversation === conversation && name.window !== this.presence.id);
  }

  /** Deletes all drafts of these conversations. */
  async remove(conversations: readonly string[]): Promise<void> {
    const removed = new Set(conversations);
    for (const { conversation, window } of await this.directory.drafts())
      if (removed.has(conversation)) await rm(this.directory.draft(conversation, window), { force: true });
  }

  private ownFile(conversation: string): string {
    return this.directory.draft(conversation, this.presence.id);
  }

  /** Makes a draft this window's own. Resolves to false if another window was faster. */
  private async take(file: string, conversation: string): Promise<boolean> {
    await this.presence.announce();
    return (await unlessMissing(rename(file, this.ownFile(conversation)).then(() => true))) ?? false;
  }

  private async read(conversation: string, window: string): Promise<FoundDraft | undefined> {
    return (await this.presence.isOpen(window))
      ? undefined
      : readDraft(this.directory.draft(conversation, window));
  }
}

/** undefined if there is none, or it is damaged. */
async function readDraft(file: string): Promise<FoundDraft | undefined> {
  const [json, stats] = await Promise.all([unlessMissing(readFile(file, 'utf8')), unlessMissing(stat(file))]);
  const draft = json === undefined ? undefined : parseDraft(json);
  return draft && stats && { file, draft, writtenAt: stats.mtimeMs };
}
