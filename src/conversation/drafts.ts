// The drafts of this window: what is typed and not sent, for each conversation. The host owns them, since what a page
// keeps for itself goes to a file of VS Code's.
import type { Disposable } from 'vscode';
import { EventEmitter } from 'vscode';
import { type Draft, emptyDraft } from '../history/draft';
import type { DraftFiles } from '../history/draftFiles';
import { DraftWriter } from '../history/draftWriter';

export interface DraftsDeps {
  /** undefined while nothing is kept on disk. */
  readonly files: () => Pick<DraftFiles, 'write' | 'adopt'> | undefined;
  /** Called with the file system's error if a draft can't be written. */
  readonly onError: (error: unknown) => void;
}

export class Drafts implements Disposable {
  private readonly drafts = new Map<string, Draft>();
  /** Conversations whose file was looked for. */
  private readonly opened = new Map<string, Promise<void>>();
  private readonly writer: DraftWriter;
  private readonly changed = new EventEmitter<string>();
  /** Fires with the ID of the conversation whose draft has changed. */
  readonly onDidChange = this.changed.event;

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
    this.writer.set(conversation, draft);
    this.changed.fire(conversation);
  }

  /** Writes what has changed. Resolves when it is on disk. Never rejects. */
  flush(): Promise<void> {
    return this.writer.flush();
  }

  /** Forgets the draft of a conversation; its file is its owner's to delete. */
  forget(conversation: string): void {
    this.drafts.delete(conversation);
    this.writer.forget(conversation);
  }

  dispose(): void {
    void this.flush();
    this.changed.dispose();
  }

  private async adopt(conversation: string): Promise<void> {
    try {
      const found = await this.deps.files()?.adopt(conversation);
      // What was typed meanwhile counts.
      if (found && !this.drafts.has(conversation)) {
        this.drafts.set(conversation, found);
        this.changed.fire(conversation);
      }
    } catch (error) {
      this.deps.onError(error);
    }
  }
}
