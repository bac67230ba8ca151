// Reads the prompt files in folders. They are read anew each time that prompts are offered: watching folders would cost
// something even if nobody asks.
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import { type ParsedPromptFile, parsePromptFile } from './promptFile';
import type { PromptFolder } from './promptFolders';

export const promptFileEnding = '.prompt.md';

export interface PromptOfFile extends ParsedPromptFile {
  readonly name: string;
  readonly from: PromptFolder['from'];
  readonly file: Uri;
}

/** Why a file has no prompt that can be sent. */
export type FileProblem = 'empty' | 'encoding' | 'tooLarge' | 'tooMany' | 'unreadable';

export interface UnusableFile {
  readonly file: Uri;
  readonly problem: FileProblem;
}

/** Longer files are no prompts that anybody wrote. */
const maxBytes = 256 * 1024;
/** Files that are read in one folder. */
const maxFiles = 200;
/** A file system behind a network that does not answer must not keep the user from asking. */
const timeoutMs = 3000;

/** The files of `folders`, in the order of their names. Never rejects. */
export async function readPromptFiles(
  folders: readonly PromptFolder[],
): Promise<readonly (PromptOfFile | UnusableFile)[]> {
  const found = folders.map((folder) => {
    const unreadable: readonly UnusableFile[] = [{ file: folder.uri, problem: 'unreadable' }];
    return withinTimeout(readFolder(folder), unreadable);
  });
  return (await Promise.all(found)).flat();
}

async function withinTimeout<T>(work: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(late), timeoutMs)));
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

async function readFolder({ uri, from }: PromptFolder): Promise<readonly (PromptOfFile | UnusableFile)[]> {
  let entries: readonly [string, FileType][];
  try {
    entries = await workspace.fs.readDirectory(uri);
  } catch (error) {
    // Most folders are not there, and not every file system says so by the same error.
    const isRefused = error instanceof FileSystemError && error.code === 'NoPermissions';
    return isRefused ? [{ file: uri, problem: 'unreadable' }] : [];
  }
  const files = entries
    // A symbolic link to a file has both bits.
    .filter(([name, type]) => name.endsWith(promptFileEnding) && (type & FileType.File) !== 0)
    .map(([name]) => name)
    .sort((one, other) => (one < other ? -1 : 1))
    .map((name) => Uri.joinPath(uri, name));
  const tooMany = files.slice(maxFiles, maxFiles + 1).map((file) => ({ file, problem: 'tooMany' as const }));
  return [...(await Promise.all(files.slice(0, maxFiles).map((file) => readFile(file, from)))), ...tooMany];
}

async function readFile(file: Uri, from: PromptFolder['from']): Promise<PromptOfFile | UnusableFile> {
  try {
    const text = await textOfFile(file);
    if (typeof text !== 'object') return { file, problem: text };
    const parsed = parsePromptFile(text.value);
    if (!parsed.body) return { file, problem: 'empty' };
    const fileName = file.path.split('/').at(-1) ?? '';
    return { ...parsed, name: parsed.name ?? fileName.slice(0, -promptFileEnding.length), from, file };
  } catch {
    return { file, problem: 'unreadable' };
  }
}

/** What is in the editor counts, even if it is not saved. */
async function textOfFile(file: Uri): Promise<{ readonly value: string } | FileProblem> {
  const open = workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.toString() === file.toString(),
  );
  if (open) return { value: open.getText() };
  if ((await workspace.fs.stat(file)).size > maxBytes) return 'tooLarge';
  const bytes = await workspace.fs.readFile(file);
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return 'encoding';
  }
}
