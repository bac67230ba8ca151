// Where a history is on disk. Each name is made of IDs of ours, which hold no text of a prompt.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { unlessMissing } from '../platform/node/files';

const conversationFile = /^([\w-]{1,64})\.jsonl$/;
const runningFile = /^([\w-]{1,64})\.([\w-]{1,64})\.jsonl$/;
const draftFile = /^([\w-]{1,64})\.([\w-]{1,64})\.json$/;

export class HistoryDirectory {
  constructor(readonly path: string) {}

  /** Its lines are the conversation's entries. */
  conversation(id: string): string {
    return path.join(this.path, 'conversations', `${id}.jsonl`);
  }

  /** The text of a reply that is running. */
  running(conversation: string, turn: string): string {
    return path.join(this.path, 'running', `${conversation}.${turn}.jsonl`);
  }

  /** What is typed in one window and not sent. */
  draft(conversation: string, window: string): string {
    return path.join(this.path, 'drafts', `${conversation}.${window}.json`);
  }

  /** A summary of each conversation, so that a list of them need not read them all. */
  get index(): string {
    return path.join(this.path, 'index.jsonl');
  }

  /** The IDs of the conversations with a file. */
  async conversations(): Promise<readonly string[]> {
    return (await this.namesIn('conversations')).flatMap((name) => conversationFile.exec(name)?.[1] ?? []);
  }

  async runningReplies(): Promise<readonly { readonly conversation: string; readonly turn: string }[]> {
    const names = await this.namesIn('running');
    return names.flatMap((name) => {
      const [, conversation, turn] = runningFile.exec(name) ?? [];
      return conversation !== undefined && turn !== undefined ? [{ conversation, turn }] : [];
    });
  }

  async drafts(): Promise<readonly { readonly conversation: string; readonly window: string }[]> {
    const names = await this.namesIn('drafts');
    return names.flatMap((name) => {
      const [, conversation, window] = draftFile.exec(name) ?? [];
      return conversation !== undefined && window !== undefined ? [{ conversation, window }] : [];
    });
  }

  /** Deletes everything in it. */
  async removeAll(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  private async namesIn(folder: string): Promise<readonly string[]> {
    return (await unlessMissing(readdir(path.join(this.path, folder)))) ?? [];
  }
}
