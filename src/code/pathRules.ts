// Judges the name under which a block of code is to be saved, without looking at any disk: the names of a reply come
// from a model, which may have read them in somebody else's text. The same rules hold on every platform, since a
// workspace is often shared with another. What they cannot see, symbolic links and other cases of existing names, is
// judged on the disk (placeOnDisk.ts), and what a link leads to is judged by these rules again.

/** Why a name is refused. */
export type PathProblem =
  | 'empty'
  | 'absolute'
  | 'parent'
  | 'folder'
  | 'characters'
  | 'colon'
  | 'device'
  | 'ends'
  | 'shortName'
  | 'git'
  | 'tooLong';

export type PathJudgement =
  | { readonly problem: PathProblem }
  /** `segments`: at least one, the last is the file. `isSensitive`: whether tools may run or obey such a file. */
  | { readonly segments: readonly string[]; readonly isSensitive: boolean };

/** Limits of the usual file systems: bytes of one name, and characters of a path, some of which the folder takes. */
const maxSegmentBytes = 255;
const maxPathLength = 1000;
const maxDepth = 60;

/** Characters that Windows allows in no name, controls, and separators of other scripts that look like ours. */
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}<>"|?*]/u;
/** Characters that nobody sees: HFS+ ignores some of them in a name, and others reverse what a reader sees. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}\p{Co}\p{Cn}]/u;
/** An encoded separator, dot or NUL, which something on the way to the disk might decode. */
const encoded = /%(?:2e|2f|5c|00|25)/i;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)$/;
/** The 8.3 name of another file, such as GIT~1. */
const shortName = /^[^.]{1,7}~\d{1,6}(?:\.[^.]{0,3})?$/;

/** Judges a name relative to a workspace folder. A backslash separates, on every platform. */
export function judgePath(name: string): PathJudgement {
  if (!name.trim()) return { problem: 'empty' };
  if (name.length > maxPathLength) return { problem: 'tooLong' };
  if (/^[\\/]/.test(name) || name.startsWith('~') || /^[a-z]:/i.test(name)) return { problem: 'absolute' };
  if (/[\\/]$/.test(name)) return { problem: 'folder' };
  const segments = name.split(/[\\/]+/).filter((segment) => segment !== '.');
  if (segments.length === 0) return { problem: 'folder' };
  if (segments.length > maxDepth) return { problem: 'tooLong' };
  const problem = segments.map(problemOf).find((found) => found !== undefined);
  return problem === undefined ? { segments, isSensitive: isSensitivePath(segments) } : { problem };
}

function problemOf(segment: string): PathProblem | undefined {
  if (/^\.{2,}$/.test(segment)) return 'parent';
  if (Buffer.byteLength(segment) > maxSegmentBytes) return 'tooLong';
  if (segment.includes(':')) return 'colon';
  if (forbidden.test(segment) || invisible.test(segment) || encoded.test(segment)) return 'characters';
  // Windows drops dots and blanks at the end of a name, and people overlook blanks at both.
  if (/[.\s]$|^\s/.test(segment)) return 'ends';
  const folded = foldedName(segment);
  if (/[\\/:]|^\.+$/.test(folded)) return 'characters';
  if (device.test(folded.split('.')[0]?.trimEnd() ?? '')) return 'device';
  if (folded === '.git') return 'git';
  return shortName.test(folded) ? 'shortName' : undefined;
}

/**
 * A name without what some file system does not tell apart: case, the composition of characters, their width, and
 * characters that it ignores. Two names with the same result may be one file there.
 */
export function foldedName(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/(?<=[^. ])[. ]+$/, '');
}

/**
 * Whether tools may run such a file or obey it without being asked: tasks in `.vscode`, workflows, Git hooks, shell
 * profiles, `.npmrc`. All of them are hidden or describe a workspace, and new ones appear each year, so every name
 * with a leading dot counts.
 */
function isSensitivePath(segments: readonly string[]): boolean {
  const folded = segments.map(foldedName);
  return folded.some((segment) => segment.startsWith('.') || segment.endsWith('.code-workspace'));
}
