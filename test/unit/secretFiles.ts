// A secret storage that two processes share, as the windows of a VS Code do: a file for each entry.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';

export class SecretFiles implements SecretStorage {
  #count = 0;
  readonly onDidChange = () => ({ dispose: () => undefined });

  constructor(private readonly directory: string) {}

  async get(key: string): Promise<string | undefined> {
    return readFile(this.#file(key), 'utf8').catch(() => undefined);
  }

  async store(key: string, value: string): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const fresh = `${this.#file(key)}.${process.pid}.${(this.#count += 1)}`;
    await writeFile(fresh, value);
    await rename(fresh, this.#file(key));
  }

  async delete(key: string): Promise<void> {
    await rm(this.#file(key), { force: true });
  }

  keys(): Promise<string[]> {
    return Promise.resolve([]);
  }

  #file(key: string): string {
    return path.join(this.directory, createHash('sha256').update(key).digest('hex'));
  }
}
