// Files that take as long to read as a test says.
import * as vscode from 'vscode';
import { until } from '../limits';

/** A file system whose files are read when the test says so. */
export class SlowFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #reading = new Map<string, () => void>();
  readonly onDidChangeFile = this.#changed.event;

  watch = () => new vscode.Disposable(() => undefined);
  stat = () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: 5 });
  readFile = ({ path }: vscode.Uri) =>
    new Promise<Uint8Array>((resolve) =>
      this.#reading.set(path, () => resolve(new TextEncoder().encode('Text.'))),
    );
  readDirectory = () => [];
  createDirectory = () => undefined;
  writeFile = () => undefined;
  delete = () => undefined;
  rename = () => undefined;

  /** Resolves when the file is being read. */
  isRead = (path: string) => until(() => this.#reading.has(path), `${path} is read`);

  async finish(path: string): Promise<void> {
    await this.isRead(path);
    this.#reading.get(path)?.();
    this.#reading.delete(path);
  }
}
