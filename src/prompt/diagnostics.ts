// The problems of a piece of code as a list in a prompt. Knows no editor.
import { oneLine, promptName, shortened } from '../util/plainText';

export interface DiagnosticLine {
  /** The document's name as others may see it. */
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** "error", "warning"… */
  readonly severity: string;
  /** Who reports it, such as "ts"; '' when it does not say. */
  readonly source: string;
  /** '' when there is none. */
  readonly code: string;
  readonly message: string;
}

/** Characters of a message; compilers write some that are far longer. */
const longestMessage = 2000;

/**
 * A line for each problem as compilers write it: "- main.ts:12: error ts(2304): Cannot find name 'x'." Names and
 * messages come from the workspace and from whatever looks at it: none makes a line of its own.
 */
export function diagnosticList(problems: readonly DiagnosticLine[]): string {
  if (problems.length === 0) return 'none';
  const lines = problems.map(({ name, line, severity, source, code, message }) => {
    const reporter = promptName(code ? `${source}(${code})` : source, 100);
    const kind = reporter ? `${severity} ${reporter}` : severity;
    const text = oneLine(shortened(message, longestMessage)).replace(/\s+/g, ' ').trim();
    return `- ${promptName(name)}:${line}: ${kind}: ${text}`;
  });
  return [...new Set(lines)].join('\n');
}

/**
 * A compiler's message without the places of this machine: a path in one of `folders` is told from there on,
 * any other by the file's name alone.
 */
export function withoutPaths(message: string, folders: readonly string[], home: string): string {
  // The longest first: a folder may lie in another.
  const inside = [...folders]
    .sort((one, other) => other.length - one.length)
    .reduce((text, folder) => text.replace(pathIn(folder), ''), message);
  const outside = home ? inside.replace(pathIn(home), '~/') : inside;
  return outside.replace(absolutePath, '$1');
}

/** `folder` and the separator after it, where a path begins. */
function pathIn(folder: string): RegExp {
  const path = folder.replace(/[\\/]+$/, '').replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(
    String.raw`(?<![\w.~\\/-])(?:file://)?${path}[\\/]`,
    process.platform === 'linux' ? 'g' : 'gi',
  );
}

/** What begins where only a machine's own directories do; a route such as /api/users is no path. */
const absolutePath =
  /(?<![\w.~\\/-])(?:file:\/\/)?(?:~|\/(?:home|Users|root|usr|opt|var|tmp|private|mnt|srv|nix|Volumes)(?=\/)|\/?[A-Za-z]:(?=[\\/]))(?:[\\/][^\\/\s:*?"'<>|`,;()]+)*[\\/]([^\\/\s:*?"'<>|`,;()]*)/g;
