// Judges where a new file would be in a workspace folder that is not on this machine's disk (remote, virtual), and
// writes it there. Nothing resolves a path there, so every symbolic link is refused.
import { FileType, Uri, WorkspaceEdit, workspace } from 'vscode';
import { type Place, otherCaseOf } from './placeOnDisk';
import { judgePath } from './pathRules';

/** Judges the place of a file as it is now. @throws FileSystemError */
export async function placeInWorkspace(folder: Uri, segments: readonly string[]): Promise<Place> {
  let directory = folder;
  for (const [at, segment] of segments.entries()) {
    const isFile = at === segments.length - 1;
    const entries = new Map(await workspace.fs.readDirectory(directory));
    const type = entries.get(segment);
    if (type === undefined) {
      const other = otherCaseOf(segment, [...entries.keys()]);
      return other === undefined ? judged('new', segments) : { problem: 'otherCase', name: other };
    }
    if (type & FileType.SymbolicLink) return { problem: 'link', name: segment };
    if (isFile && type & FileType.Directory) return { problem: 'directory', name: segment };
    if (!isFile && !(type & FileType.Directory)) return { problem: 'notDirectory', name: segment };
    directory = Uri.joinPath(directory, segment);
  }
  return judged('existing', segments);
}

function judged(state: 'new' | 'existing', segments: readonly string[]): Place {
  const judgement = judgePath(segments.join('/'));
  return 'problem' in judgement
    ? { problem: judgement.problem, name: segments.join('/') }
    : { state, isSensitive: judgement.isSensitive };
}

/**
 * Writes a new file at a place that is judged once more. VS Code overwrites nothing here, but whether that is certain is
 * up to the provider of the file system.
 * @returns the file's address, or the place as it is now if it is not written
 */
export async function createInWorkspace(
  folder: Uri,
  segments: readonly string[],
  text: string,
  isAgreed: boolean,
): Promise<Place | { readonly written: Uri }> {
  const place = await placeInWorkspace(folder, segments);
  if ('problem' in place || place.state === 'existing' || (place.isSensitive && !isAgreed)) return place;
  const uri = Uri.joinPath(folder, ...segments);
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
  return (await workspace.applyEdit(edit)) ? { written: uri } : placeInWorkspace(folder, segments);
}
