// Formats the problems of a piece of code as a list for a prompt. Does not use VS Code.
import { escapeRegExp, oneLine, promptName, shortened } from '../util/plainText';

export interface DiagnosticLine {
  /** The document's name for the prompt: never a path of this machine. */
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** "error", "warning"… */
  readonly severity: string;
  /** The tool that reports it, such as "ts"; '' if unknown. */
  readonly source: string;
  /** '' if there is none. */
  readonly code: string;
  readonly message: string;
}

/** Maximum length of a message, in characters; compilers write far longer ones. */
const maxMessageLength = 2000;

/**
 * One line for each problem, in the style of compilers: "- main.ts:12: error ts(2304): Cannot find name 'x'."; or
 * "none". Names and messages come from the workspace and its tools, so line breaks are removed from them.
 */
export function diagnosticList(problems: readonly DiagnosticLine[]): string {
  if (problems.length === 0) return 'none';
  const lines = problems.map(({ name, line, severity, source, code, message }) => {
    const reporter = promptName(code ? `${source}(${code})` : source, 100);
    const kind = reporter ? `${severity} ${reporter}` : severity;
    const text = oneLine(shortened(message, maxMessageLength)).replace(/\s+/g, ' ').trim();
    return `- ${promptName(name)}:${line}: ${kind}: ${text}`;
  });
  return [...new Set(lines)].join('\n');
}

/** Shortens the paths in a compiler's message: those in one of `folders` become relative, others only the file name. */
export function withoutPaths(message: string, folders: readonly string[], home: string): string {
  // Longest first, since a folder may be inside another.
  const inside = [...folders]
    .sort((one, other) => other.length - one.length)
    .reduce((text, folder) => text.replace(folderPattern(folder), ''), message);
  const outside = home ? inside.replace(folderPattern(home), '~/') : inside;
  return outside.replace(absolutePath, '$1');
}

/** Matches `folder` and the separator after it at the beginning of a path. */
function folderPattern(folder: string): RegExp {
  const path = escapeRegExp(folder.replace(/[\\/]+$/, ''));
  return new RegExp(
    String.raw`(?<![\w.~\\/-])(?:file://)?${path}[\\/]`,
    process.platform === 'linux' ? 'g' : 'gi',
  );
}

/** Matches a path that begins with a typical root directory; a route such as /api/users is not one. */
const absolutePath =
  /(?<![\w.~\\/-])(?:file:\/\/)?(?:~|\/(?:home|Users|root|usr|opt|var|tmp|private|mnt|srv|nix|Volumes)(?=\/)|\/?[A-Za-z]:(?=[\\/]))(?:[\\/][^\\/\s:*?"'<>|`,;()]+)*[\\/]([^\\/\s:*?"'<>|`,;()]*)/g;
