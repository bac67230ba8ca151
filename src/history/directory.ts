// Where a history is on disk. Each name is made of IDs of ours, which hold no text of a prompt.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { unlessMissing } from '../platform/node/files';

const conversationFile = /^([\w-]{1,64})\.jsonl$/;
/** An ID that can be part of a file's name. */
const idPattern = /^[\w-]{1,64}$/;
const runningFile = /^([\w-]{1,64})\.([\w-]{1,64})\.jsonl$/;
const shownFile = /^([\w-]{1,64})\.shown$/;
const blobFile = /^[0-9a-f]{64}$/;
const draftFile = /^([\w-]{1,64})\.([\w-]{1,64})\.json$/;

/** Whether a value is an ID: what was read from a file must not lead to another file. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

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

  /** The bytes of a picture or a document with this SHA-256. */
  blob(sha256: string): string {
    return path.join(this.path, 'blobs', sha256);
  }

  /** Kept young while a window is open. */
  window(id: string): string {
    return path.join(this.path, 'windows', id);
  }

  /** The ID of the conversation that a window shows. */
  shown(window: string): string {
    return path.join(this.path, 'windows', `${window}.shown`);
  }

  /** The IDs of windows that show, or showed, a conversation. */
  async windowsWithShown(): Promise<readonly string[]> {
    return (await this.namesIn('windows')).flatMap((name) => shownFile.exec(name)?.[1] ?? []);
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

  /** The SHA-256 of each picture and document. */
  async blobs(): Promise<readonly string[]> {
    return (await this.namesIn('blobs')).filter((name) => blobFile.test(name));
  }

  /** The IDs of the windows that have not withdrawn. */
  async windows(): Promise<readonly string[]> {
    return (await this.namesIn('windows')).filter(isId);
  }

  /** Files that crashed processes have left: those of windows, and halves of files that were being replaced. */
  async leftovers(): Promise<readonly string[]> {
    const folders = ['', 'blobs', 'drafts', 'windows'];
    const names = await Promise.all(folders.map((folder) => this.namesIn(folder)));
    return folders.flatMap((folder, index) =>
      (names[index] ?? [])
        .filter((name) => folder === 'windows' || name.endsWith('.tmp'))
        .map((name) => path.join(this.path, folder, name)),
    );
  }

  /** Deletes everything in it. */
  async removeAll(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  private async namesIn(folder: string): Promise<readonly string[]> {
    return (await unlessMissing(readdir(path.join(this.path, folder)))) ?? [];
  }
}
