// Judges where a new file would be on this machine's disk, and writes it there. pathRules.ts has judged its name; here
// symbolic links and other cases of existing names are found, and what the path resolves to is judged again.
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type PathProblem, foldedName, judgePath } from './pathRules';

export type PlaceProblem =
  PathProblem | 'link' | 'outside' | 'otherCase' | 'directory' | 'notDirectory' | 'special' | 'hardLinks';

/** `name`: the existing name, or the part of the path, that is in the way. */
export interface RefusedPlace {
  readonly problem: PlaceProblem;
  readonly name: string;
}

export type Place =
  | RefusedPlace
  /** `isSensitive`: whether tools may run or obey such a file. */
  | { readonly state: 'new' | 'existing'; readonly isSensitive: boolean };

/** `directory`: the resolved path of the deepest directory that exists; `missing`: the rest of the path. */
type DiskPlace =
  | RefusedPlace
  | (Exclude<Place, RefusedPlace> & { readonly directory: string; readonly missing: readonly string[] });

/**
 * Judges the place of a file in a workspace folder as it is now.
 * @param folder an absolute path
 * @param segments as judgePath gives them
 * @throws an error of node:fs, such as EACCES
 */
export async function placeOnDisk(folder: string, segments: readonly string[]): Promise<Place> {
  return withoutPaths(await resolvedPlace(await realpath(folder), segments));
}

function withoutPaths(place: DiskPlace): Place {
  return 'problem' in place ? place : { state: place.state, isSensitive: place.isSensitive };
}

async function resolvedPlace(root: string, segments: readonly string[]): Promise<DiskPlace> {
  let directory = root;
  for (const [at, segment] of segments.entries()) {
    const isFile = at === segments.length - 1;
    const names = await readdir(directory);
    const missing = segments.slice(at);
    if (!names.includes(segment)) {
      const other = otherCaseOf(segment, names);
      if (other !== undefined) return { problem: 'otherCase', name: other };
      return judged(root, { state: 'new', directory, missing });
    }
    const found = path.join(directory, segment);
    const problem = isFile ? await fileProblem(found) : await directoryProblem(found);
    if (problem) return { problem, name: segment };
    if (isFile) return judged(root, { state: 'existing', directory, missing });
    directory = await realpath(found);
    if (!isInside(root, directory)) return { problem: 'outside', name: segment };
  }
  return { problem: 'empty', name: '' };
}

/** What a path resolves to may be called otherwise: a link may lead to `.git`. */
function judged(
  root: string,
  place: { state: 'new' | 'existing'; directory: string; missing: readonly string[] },
): DiskPlace {
  const relative = path.relative(root, path.join(place.directory, ...place.missing));
  const judgement = judgePath(relative);
  if ('problem' in judgement) return { problem: judgement.problem, name: relative };
  return { ...place, isSensitive: judgement.isSensitive };
}

/** An existing name that some file system does not tell from this one. */
export function otherCaseOf(name: string, existing: readonly string[]): string | undefined {
  const folded = foldedName(name);
  return existing.find((each) => each !== name && foldedName(each) === folded);
}

async function fileProblem(file: string): Promise<PlaceProblem | undefined> {
  const stat = await lstat(file);
  if (stat.isSymbolicLink()) return 'link';
  if (stat.isDirectory()) return 'directory';
  if (!stat.isFile()) return 'special';
  // Writing it would also change a file elsewhere, which may be outside.
  return stat.nlink > 1 ? 'hardLinks' : undefined;
}

async function directoryProblem(directory: string): Promise<PlaceProblem | undefined> {
  const stat = await lstat(directory);
  // A link to a directory is followed, and what it leads to is judged.
  return stat.isDirectory() || stat.isSymbolicLink() ? undefined : 'notDirectory';
}

function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative === '' || (!/^\.\.(?:[\\/]|$)/.test(relative) && !path.isAbsolute(relative));
}

/**
 * Writes a new file at a place that is judged once more. Nothing that exists is overwritten, and no link is followed:
 * the file is created exclusively, and its content is written only after the created file itself was found to be where
 * it should be: whoever exchanges a directory for a link in that very moment gets an empty file at most. VS Code's own ways (WorkspaceEdit.createFile, fs.writeFile) could be undone by Ctrl+Z, but they resolve
 * the path again when they write, so that somebody who puts a link there in between would choose the place.
 * @param isAgreed whether the user has agreed to a file that tools may run or obey
 * @param atLastMoment called between the last look and the creation, so that tests can do there what nobody should
 * @returns the written file's resolved path, or the place as it is now if it is not written
 */
export async function writeNewFile(
  folder: string,
  segments: readonly string[],
  text: string,
  isAgreed: boolean,
  atLastMoment: () => Promise<void> = () => Promise.resolve(),
): Promise<Place | { readonly written: string }> {
  const root = await realpath(folder);
  const place = await resolvedPlace(root, segments);
  if ('problem' in place || place.state === 'existing' || (place.isSensitive && !isAgreed))
    return withoutPaths(place);
  const { missing } = place;
  let { directory } = place;
  for (const segment of missing.slice(0, -1)) {
    directory = path.join(directory, segment);
    // Not recursively: each one is looked at before anything is created in it.
    await mkdir(directory).catch(unlessExisting);
    const stat = await lstat(directory);
    if (stat.isSymbolicLink() || (await realpath(directory)) !== directory)
      return { problem: 'link', name: segment };
    if (!stat.isDirectory()) return { problem: 'notDirectory', name: segment };
  }
  const name = missing.at(-1) ?? '';
  const file = path.join(directory, name);
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  // Windows has none.
  const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  await atLastMoment();
  const handle = await open(file, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW).catch(unlessExisting);
  // It has come into being since it was judged.
  if (!handle) return placeOnDisk(folder, segments);
  try {
    const [created, there] = [await handle.stat({ bigint: true }), await lstat(file, { bigint: true })];
    const isOurs = created.ino === there.ino && created.dev === there.dev;
    if (!isOurs || (await realpath(file)) !== file) {
      if (isOurs) await unlink(file);
      return { problem: 'outside', name };
    }
    await handle.writeFile(text);
    return { written: file };
  } finally {
    await handle.close();
  }
}

function unlessExisting(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
