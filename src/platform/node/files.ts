// What several windows do with the same files.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Appends `text` by one write, which the system does not mix with those of other processes
 * (https://pubs.opengroup.org/onlinepubs/9799919799/functions/write.html, O_APPEND). Creates the file and its directory.
 */
export async function appendText(file: string, text: string): Promise<void> {
  await withDirectory(file, () => append(file, text, 'a'));
}

/** The same for a file that is there already. Resolves to whether it is. */
export async function appendIfThere(file: string, text: string): Promise<boolean> {
  const appended = append(file, text, constants.O_WRONLY | constants.O_APPEND).then(() => true);
  return (await unlessMissing(appended)) ?? false;
}

async function append(file: string, text: string, flags: string | number): Promise<void> {
  const handle = await open(file, flags);
  try {
    // Node's own appendFile() would write half a megabyte at a time.
    let rest = Buffer.from(text);
    do rest = rest.subarray((await handle.write(rest)).bytesWritten);
    while (rest.length > 0);
  } finally {
    await handle.close();
  }
}

/** Replaces a file by one with `content`. Whoever reads it, even after a crash, finds the old content or the new one. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    await withDirectory(unfinished, () => writeFile(unfinished, content));
    await renameOver(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The first bytes of a file, at most `length`. */
export async function readBeginning(file: string, length: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Resolves to undefined if the file or directory does not exist. Rejects with any other error of `found`. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function withDirectory(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    await mkdir(path.dirname(file), { recursive: true });
    await write();
  }
}

const maxRenames = 10;

/**
 * Renames a file, and replaces one of that name. Tries again for a moment: Windows refuses it while somebody reads one of
 * them, such as a virus scanner or a search.
 */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const isBusy = hasCode(error, 'EPERM') || hasCode(error, 'EACCES') || hasCode(error, 'EBUSY');
      if (!isBusy || attempt === maxRenames) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 5));
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}
