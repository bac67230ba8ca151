// Selected text as it stands in a prompt: a fenced block under the place that it came from. Knows no editor.
import { promptName } from '../util/plainText';

/** One selected piece of a document. */
export interface Excerpt {
  /** The document's name as others may see it: relative, never a path of this machine. */
  readonly name: string;
  /** Counted from 1. */
  readonly lines: { readonly first: number; readonly last: number };
  /** VS Code's ID of the language. */
  readonly language: string;
  readonly text: string;
}

/** "src/main.ts:12-40" */
export function excerptPlace({ name, lines: { first, last } }: Excerpt): string {
  return `${promptName(name)}:${first === last ? first : `${first}-${last}`}`;
}

/** The excerpts' blocks, one below the other. */
export function blocksOf(excerpts: readonly Excerpt[]): string {
  return excerpts.map(blockOf).join('\n\n');
}

function blockOf(excerpt: Excerpt): string {
  const { text, language } = excerpt;
  const fence = fenceAround(text);
  // The text ends where its last line ends, with or without a line end of its own.
  const end = /[\r\n]$/.test(text) ? '' : '\n';
  return `${excerptPlace(excerpt)}\n${fence}${infoString(language)}\n${text}${end}${fence}`;
}

/** Longer than every run of backticks in `text`, so that nothing in it can end the block. */
function fenceAround(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 0);
  return '`'.repeat(Math.max(3, longest + 1));
}

/** Without what could end the line or the fence. https://spec.commonmark.org/0.31.2/#info-string */
function infoString(language: string): string {
  return language.replace(/[^\w.+#-]/g, '');
}
