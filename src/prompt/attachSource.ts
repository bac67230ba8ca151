// Reads a file that is to be attached, on this machine or in a virtual workspace, unless it is too large for what it is.
import { FileSystemError, FileType, type Uri, workspace } from 'vscode';
import { readBeginning } from '../platform/node/files';
import { documentLimits } from '../core/content/limits';
import { type FileKind, headLength, recognizeHead } from './attachKind';
import type { AttachProblem } from './attachProblem';

export interface ReadFile {
  /** Without a path. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly uri: Uri;
}

/** Bytes. A larger picture would take more memory to scale down than it is worth. */
export const maxPictureRead = 64 * 1024 * 1024;
/** Bytes of a text file: as many tokens as the largest context windows have. */
export const maxTextSize = 4 * 1024 * 1024;

/** Never rejects. */
export async function readAttachedFile(uri: Uri): Promise<ReadFile | AttachProblem> {
  const name = uri.path.split('/').at(-1) ?? '';
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if (type & FileType.Directory) return { why: 'folder', name };
    if (!(type & FileType.File))
      return { why: type & FileType.SymbolicLink ? 'brokenLink' : 'notAFile', name };
    const problem = await problemOfLarge(uri, name, size);
    return problem ?? { name, uri, bytes: await workspace.fs.readFile(uri) };
  } catch (error) {
    return problemOf(error, name);
  }
}

/** What is too large for its kind is not read; undefined if the file can be read. */
async function problemOfLarge(uri: Uri, name: string, size: number): Promise<AttachProblem | undefined> {
  if (size <= documentLimits.size) return undefined;
  // Elsewhere, a part of a file cannot be read alone.
  if (uri.scheme !== 'file')
    return size > maxPictureRead ? { why: 'fileTooLarge', name, size, limit: maxPictureRead } : undefined;
  return tooLarge(recognizeHead(await readBeginning(uri.fsPath, headLength), name), name, size);
}

/** The problem of a file of this size that is larger than any document; undefined if it is a picture that can be scaled. */
function tooLarge(kind: FileKind | undefined, name: string, size: number): AttachProblem | undefined {
  switch (kind?.kind) {
    case 'image':
    case 'foreignPicture':
      return size > maxPictureRead
        ? { why: 'pictureTooLarge', name, size, limit: maxPictureRead }
        : undefined;
    case 'document':
      return { why: 'documentTooLarge', name, size, limit: documentLimits.size };
    case 'unsupported':
      return { why: 'unsupported', name, what: kind.what };
    case 'empty':
    case 'encodedText':
    case 'text':
    case undefined:
      return { why: 'textTooLarge', name, size, limit: maxTextSize };
  }
}

function problemOf(error: unknown, name: string): AttachProblem {
  const code = error instanceof FileSystemError ? error.code : '';
  if (code === 'FileNotFound') return { why: 'missing', name };
  if (code === 'NoPermissions') return { why: 'forbidden', name };
  if (code === 'FileIsADirectory') return { why: 'folder', name };
  return { why: 'unreadable', name, reason: error instanceof Error ? error.message : String(error) };
}
