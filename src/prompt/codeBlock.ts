// Formats selected text for a prompt: a fenced code block below its file name and lines. Does not use VS Code.
import { promptName } from '../util/plainText';

/** One selected piece of a document. */
export interface Excerpt {
  /** The document's name for the prompt: relative, never a path of this machine. */
  readonly name: string;
  /** Counted from 1; absent for a whole file. */
  readonly lines?: { readonly first: number; readonly last: number };
  /** VS Code's language ID. */
  readonly language: string;
  readonly text: string;
}

/** "src/main.ts:12-40" */
export function excerptPlace({ name, lines }: Excerpt): string {
  if (!lines) return promptName(name);
  const { first, last } = lines;
  return `${promptName(name)}:${first === last ? first : `${first}-${last}`}`;
}

/** One block for each excerpt, separated by blank lines. */
export function formatExcerpts(excerpts: readonly Excerpt[]): string {
  return excerpts.map(formatExcerpt).join('\n\n');
}

function formatExcerpt(excerpt: Excerpt): string {
  const { text, language } = excerpt;
  const fence = fenceAround(text);
  // The last line of the text may or may not end in a line break.
  const end = /[\r\n]$/.test(text) ? '' : '\n';
  return `${excerptPlace(excerpt)}\n${fence}${infoString(language)}\n${text}${end}${fence}`;
}

/** A fence that is longer than every run of backticks in `text`, so that the text cannot end the block. */
function fenceAround(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const longest = runs.reduce((max, { length }) => Math.max(max, length), 0);
  return '`'.repeat(Math.max(3, longest + 1));
}

/** `language` without characters that could end the line or the fence. https://spec.commonmark.org/0.31.2/#info-string */
function infoString(language: string): string {
  return language.replace(/[^\w.+#-]/g, '');
}
