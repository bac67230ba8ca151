// The bytes of pictures and documents, by their content: each is on disk once, however often it is attached, and never
// under a name of the user's. What may not or cannot be written is in memory.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import type { BlobRef } from '../core/model/content';
import type { Blobs } from '../core/model/ports';
import { renameOver, replaceFile, unlessMissing } from '../platform/node/files';
import { nodeHash } from '../platform/node/hash';
import { RetryTimer } from '../util/retryTimer';
import { serialize } from '../util/serialize';
import type { HistoryDirectory } from './directory';
import type { WindowPresence } from './presence';
import { RecentBytes } from './recentBytes';

export interface BlobFilesDeps {
  readonly directory: Pick<HistoryDirectory, 'blob' | 'blobs'>;
  readonly presence: Pick<WindowPresence, 'announce'>;
  /** Whether anything may be written. */
  readonly isEnabled: () => boolean;
  /** The SHA-256 of everything that this window's conversations and drafts use. */
  readonly usedHere: () => ReadonlySet<string>;
  /** The same without what was sent while nothing was to be written. */
  readonly keptHere: () => ReadonlySet<string>;
  /** Called with the file system's error. */
  readonly onError: (error: unknown) => void;
}

/** What is in use on disk. */
export interface BlobUse {
  /** The SHA-256 of everything that conversations and drafts use, in any window. */
  readonly used: ReadonlySet<string>;
  /**
   * What was put or sent in the last so many ms is left: another window may not have written yet that it uses it.
   */
  readonly minAge: number;
}

/** Bytes that are kept to be sent soon: those of a whole request. */
const maxRecent = 20 * 1024 * 1024;
/** From so many bytes in memory alone on, those that are not in use are dropped. */
const maxUnwritten = 64 * 1024 * 1024;

export class BlobFiles implements Blobs {
  /** What is in memory alone, by SHA-256. */
  private readonly unwritten = new Map<string, Uint8Array>();
  private readonly recent = new RecentBytes(maxRecent);
  private readonly retry = new RetryTimer(() => void this.writeUnwritten());

  constructor(private readonly deps: BlobFilesDeps) {}

  /** Resolves when the bytes are kept. Never rejects. */
  async put(bytes: Uint8Array): Promise<BlobRef> {
    const sha256 = nodeHash.sha256(bytes);
    this.dropUnused();
    this.unwritten.set(sha256, bytes);
    if (this.deps.isEnabled()) await this.writeAll([sha256]);
    return { sha256, size: bytes.length };
  }

  /** undefined if they are gone, or are not what was put. Never rejects. */
  async read({ sha256, size }: BlobRef): Promise<Uint8Array | undefined> {
    const there = this.unwritten.get(sha256) ?? this.recent.get(sha256);
    if (there) return there;
    try {
      const bytes = await this.readFile(sha256, size);
      if (bytes) this.recent.add(sha256, bytes);
      return bytes;
    } catch (error) {
      this.deps.onError(error);
      return undefined;
    }
  }

  /**
   * A prompt with these is about to be stored. Resolves when they are on disk, and young: until the prompt is there too,
   * nobody else knows that they are used. Rejects with the file system's error.
   */
  async keep(blobs: readonly BlobRef[]): Promise<void> {
    await Promise.all(
      blobs.map(async ({ sha256 }) => {
        if (await this.touch(sha256)) return;
        const bytes = this.unwritten.get(sha256) ?? this.recent.get(sha256);
        if (bytes) await this.write(sha256, bytes);
      }),
    );
  }

  /**
   * Writes what could not be written before, and what was not to be written and is still attached. Resolves when that is
   * over. Never rejects.
   */
  async writeUnwritten(): Promise<void> {
    this.retry.stop();
    if (!this.deps.isEnabled()) return;
    const kept = this.deps.keptHere();
    await this.writeAll([...this.unwritten.keys()].filter((sha256) => kept.has(sha256)));
  }

  /**
   * Deletes what nobody uses. `look` is called if anything is there. Resolves to whether something is left because it is
   * young.
   */
  async removeUnused(look: () => Promise<BlobUse>): Promise<boolean> {
    const { directory, usedHere } = this.deps;
    const names = await directory.blobs();
    if (names.length === 0) return false;
    const { used, minAge } = await look();
    const isUsed = (sha256: string) =>
      used.has(sha256) || this.unwritten.has(sha256) || usedHere().has(sha256);
    let areYoung = false;
    for (const sha256 of names)
      if (!isUsed(sha256) && !(await this.exclusive(() => this.remove(sha256, minAge, isUsed))))
        areYoung = true;
    return areYoung;
  }

  /** Everything on disk was deleted. */
  forget(): void {
    this.unwritten.clear();
    this.recent.clear();
  }

  dispose(): void {
    this.retry.stop();
  }

  private async writeAll(names: readonly string[]): Promise<void> {
    for (const sha256 of names) {
      const bytes = this.unwritten.get(sha256);
      try {
        if (bytes) await this.write(sha256, bytes);
      } catch (error) {
        this.retry.failed();
        this.deps.onError(error);
        return;
      }
    }
    this.retry.succeeded();
  }

  /** Rejects with the file system's error, and leaves the bytes in memory then. */
  private async write(sha256: string, bytes: Uint8Array): Promise<void> {
    await this.exclusive(async () => {
      await this.deps.presence.announce();
      // Touched first: then no window removes it while it is looked at.
      const isThere = (await this.touch(sha256)) && (await this.readFile(sha256, bytes.length));
      if (!isThere) await replaceFile(this.deps.directory.blob(sha256), bytes);
      this.unwritten.delete(sha256);
      this.recent.add(sha256, bytes);
      return true;
    });
  }

  /** Nothing is removed while something is written. */
  private readonly exclusive = serialize((action: () => Promise<boolean>) => action());

  /** Resolves to whether it is there. */
  private async touch(sha256: string): Promise<boolean> {
    const now = new Date();
    const touched = utimes(this.deps.directory.blob(sha256), now, now).then(() => true);
    return (await unlessMissing(touched)) ?? false;
  }

  /** undefined if it is missing or damaged. */
  private async readFile(sha256: string, size: number): Promise<Uint8Array | undefined> {
    const file = this.deps.directory.blob(sha256);
    if ((await unlessMissing(stat(file)))?.size !== size) return undefined;
    const bytes = await unlessMissing(readFile(file));
    return bytes && nodeHash.sha256(bytes) === sha256 ? bytes : undefined;
  }

  /** Resolves to false if it is left because it is young. */
  private async remove(
    sha256: string,
    minAge: number,
    isUsed: (sha256: string) => boolean,
  ): Promise<boolean> {
    const file = this.deps.directory.blob(sha256);
    const isOld = async (path: string) => {
      const stats = await unlessMissing(stat(path));
      return !stats || Date.now() - stats.mtimeMs >= minAge;
    };
    if (!(await isOld(file))) return false;
    // Under another name it is looked at again: a window that puts it at this moment finds none, or has made it young.
    const aside = `${file}.${randomUUID()}.tmp`;
    // Windows refuses it while somebody reads the file.
    const isMoved = await rename(file, aside).then(
      () => true,
      () => false,
    );
    if (!isMoved) return false;
    const isLeft = isUsed(sha256) || !(await isOld(aside));
    // Nothing else has these bytes: under the other name they would be deleted.
    if (isLeft) await renameOver(aside, file);
    else {
      await rm(aside, { force: true });
      this.recent.delete(sha256);
    }
    return !isLeft;
  }

  /** Without a history, conversations and drafts that are gone leave their pictures in memory. */
  private dropUnused(): void {
    let size = 0;
    for (const bytes of this.unwritten.values()) size += bytes.length;
    if (size < maxUnwritten) return;
    const used = this.deps.usedHere();
    for (const sha256 of this.unwritten.keys()) if (!used.has(sha256)) this.unwritten.delete(sha256);
  }
}
