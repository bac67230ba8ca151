// The drafts of this window: what is typed and not sent, for each conversation. The host owns them, since what a page
// keeps for itself goes to a file of VS Code's.
import type { Disposable } from 'vscode';
import { EventEmitter } from 'vscode';
import { blobBlocks } from '../history/attachment';
import { type Draft, allAttachments, emptyDraft, hasText, withPromptBack } from '../history/draft';
import type { DraftFiles } from '../history/draftFiles';
import { type DraftSummary, summarizeDraft } from '../history/draftSummary';
import { DraftWriter } from '../history/draftWriter';

/** VS Code gives an extension host some seconds to end. */
const lookAgainForMs = 30_000;
const lookAgainMs = 500;

export interface DraftsDeps {
  /** undefined while nothing is kept on disk. */
  readonly files: () => Pick<DraftFiles, 'write' | 'adopt' | 'hasOthers' | 'withoutConversation'> | undefined;
  /** Called with the file system's error if a draft can't be written. */
  readonly onError: (error: unknown) => void;
}

export class Drafts implements Disposable {
  private readonly drafts = new Map<string, Draft>();
  /** When drafts were last changed in this window, ms since the epoch. */
  private readonly changedAt = new Map<string, number>();
  /** Conversations whose file was looked for. */
  private readonly opened = new Map<string, Promise<void>>();
  private readonly writer: DraftWriter;
  private readonly changed = new EventEmitter<string>();
  /** Fires with the ID of the conversation whose draft has changed. */
  readonly onDidChange = this.changed.event;

  private readonly cameBack = new EventEmitter<{ readonly conversation: string; readonly text: string }>();
  /** Fires when a draft is found late, with its text: a window that is reloaded may still be ending. */
  readonly onDidComeBack = this.cameBack.event;
  private isDisposed = false;

  constructor(private readonly deps: DraftsDeps) {
    this.writer = new DraftWriter(deps);
  }

  /** The draft in memory; see open(). */
  get(conversation: string): Draft {
    return this.drafts.get(conversation) ?? emptyDraft;
  }

  /** Resolves when get() has the draft that an earlier session left, if one did. Never rejects. */
  open(conversation: string): Promise<void> {
    let opening = this.opened.get(conversation);
    if (!opening) this.opened.set(conversation, (opening = this.adopt(conversation)));
    return opening;
  }

  update(conversation: string, change: Partial<Draft>): void {
    this.set(conversation, { ...this.get(conversation), ...change });
  }

  set(conversation: string, draft: Draft): void {
    this.drafts.set(conversation, draft);
    this.changedAt.set(conversation, Date.now());
    this.writer.set(conversation, draft);
    this.changed.fire(conversation);
  }

  /**
   * What is typed and belongs to no conversation, in no order: in this window, and what closed windows have left.
   * `isConversation` says whether an ID is that of a conversation. Rejects with the file system's error.
   */
  async withoutConversation(isConversation: (id: string) => boolean): Promise<readonly DraftSummary[]> {
    const onDisk = (await this.deps.files()?.withoutConversation(isConversation)) ?? [];
    const found = new Map(onDisk.map((draft) => [draft.id, draft]));
    for (const [id, draft] of this.drafts) {
      const at = this.changedAt.get(id) ?? found.get(id)?.at ?? Date.now();
      if (hasText(draft) && !isConversation(id)) found.set(id, summarizeDraft(id, draft, at));
      else found.delete(id);
    }
    return [...found.values()];
  }

  /** The SHA-256 of each picture and document that is attached in this window. */
  *blobs(): Generator<string, void> {
    for (const draft of this.drafts.values())
      for (const { data } of blobBlocks(allAttachments(draft))) yield data.sha256;
  }

  /** Writes what has changed. Resolves when it is on disk. Never rejects. */
  flush(): Promise<void> {
    return this.writer.flush();
  }

  /**
   * Forgets the drafts of these conversations; all drafts of this window, if none are named. Resolves when none of them is
   * being written: then their files can be deleted. Never rejects.
   */
  async forget(conversations: readonly string[] = this.all()): Promise<void> {
    const written = this.writer.forget(conversations);
    for (const conversation of conversations) {
      this.opened.delete(conversation);
      if (this.drafts.delete(conversation)) this.changed.fire(conversation);
    }
    await written;
  }

  dispose(): void {
    this.isDisposed = true;
    void this.flush();
    this.changed.dispose();
    this.cameBack.dispose();
  }

  /** The conversations whose drafts were changed or looked for in this window. */
  private all(): readonly string[] {
    return [...new Set([...this.drafts.keys(), ...this.opened.keys()])];
  }

  private async adopt(conversation: string): Promise<void> {
    try {
      const files = this.deps.files();
      const found = await files?.adopt(conversation);
      const isForgotten = !this.opened.has(conversation);
      // What was typed meanwhile counts.
      if (found && !isForgotten && !this.drafts.has(conversation)) {
        this.drafts.set(conversation, found);
        this.changed.fire(conversation);
      } else if (!found && (await files?.hasOthers(conversation))) this.lookAgain(conversation, Date.now());
    } catch (error) {
      this.deps.onError(error);
    }
  }

  /** Looks now and then for a draft that a window leaves which is just being closed. */
  private lookAgain(conversation: string, since: number): void {
    const timer = setTimeout(() => {
      this.adoptLate(conversation).then((isDone) => {
        if (!isDone && Date.now() - since < lookAgainForMs) this.lookAgain(conversation, since);
      }, this.deps.onError);
    }, lookAgainMs);
    timer.unref();
  }

  /** Resolves to whether the search is over. */
  private async adoptLate(conversation: string): Promise<boolean> {
    const typed = this.get(conversation);
    if (this.isDisposed || hasText(typed)) return true;
    const found = await this.deps.files()?.adopt(conversation);
    if (!found) return false;
    const now = this.get(conversation);
    const { queue, model = found.model } = now;
    this.set(conversation, {
      ...withPromptBack(now, found),
      queue: [...found.queue, ...queue],
      ...(model !== undefined && { model }),
    });
    this.cameBack.fire({ conversation, text: found.text });
    return true;
  }
}
