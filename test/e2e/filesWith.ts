// What a session has left on disk.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files under `directory` that hold one of `texts`, in UTF-8 or UTF-16. */
export function filesWith(directory: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = contentOf(file);
      return needles.some((needle) => content.includes(needle));
    })
    .map((file) => path.relative(directory, file));
}

/** VS Code is at work meanwhile: what it removed after it was listed holds nothing. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
